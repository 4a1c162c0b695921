"""A mail server's refusals → DeliveryError: who is meant, and whether it is for good."""

from __future__ import annotations

import re

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.errors import DeliveryError
from bot.render.sanitize import clean
from config.mail_settings import SmtpServer

LONGEST = 200
"""Characters shown of what a server says."""

_FORMS = "see the forms of BRIEFBOT_SMTP_URL in .env.example"
_ENHANCED = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")
_RECIPIENT_UNKNOWN = frozenset({550, 551, 553})
"""Refusals of a recipient that mean the mailbox, unless the server says more exactly otherwise."""


def before_message(error: Exception, server: SmtpServer) -> DeliveryError:
    """An error before the message was sent: the server has nothing."""
    said = f"{server.name}: {told(error)}"
    match error:
        case SMTPRecipientRefused():
            return DeliveryError(said, permanent=_no_such_mailbox(error))
        case SMTPResponseException(code=530):
            return DeliveryError(f"{said}; {_FORMS}", installation=True)
        case SMTPAuthenticationError() if error.code >= 500:
            return DeliveryError(
                f"{said}; correct the user and password in BRIEFBOT_SMTP_URL", installation=True
            )
        case SMTPSenderRefused() if error.code >= 500:
            return DeliveryError(
                f"{said}; the server does not let BRIEFBOT_MAIL_FROM send", installation=True
            )
        case SMTPException() if "not supported" in str(error):
            return DeliveryError(f"{said}; {_FORMS}", installation=True)
        case _:
            return DeliveryError(said)


def told(error: Exception) -> str:
    """What a server or the network said, on one short line."""
    if isinstance(error, TimeoutError) and not str(error):
        return "no answer in time"
    text = str(error)
    if isinstance(error, SMTPResponseException):
        text = f"{error.code} {error.message}"
    return clean(text).strip().rstrip(".")[:LONGEST] or type(error).__name__


def _no_such_mailbox(error: SMTPRecipientRefused) -> bool:
    """Whether a refusal is of this recipient and for good.

    A full mailbox is not, and a policy of the server, such as "relaying denied", means all.
    https://www.iana.org/assignments/smtp-enhanced-status-codes
    """
    if not 500 <= error.code < 600:
        return False
    enhanced = _ENHANCED.search(error.message)
    if enhanced is None:
        return error.code in _RECIPIENT_UNKNOWN and "relay" not in error.message.lower()
    subject, detail = enhanced.groups()
    return (subject == "1" and detail != "8") or (subject == "2" and detail == "1")
