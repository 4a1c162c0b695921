"""A stored mail → the bytes that are sent: headers, text and HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from bot.models import Delivery
from bot.platforms.delivery_key import delivery_key
from bot.render.mail import ended_mail
from config.mail_settings import Sender

ONE_CLICK = "List-Unsubscribe=One-Click"
"""What a mail program posts to end a subscription at one click (RFC 8058)."""

_POLICY = SMTP.clone(cte_type="7bit", refold_source="none")
"""A header that is set raw stays as it is: folding would encode a long address beyond recognition.

Mail programs decode no encoded words in List-Id and List-Unsubscribe, and would find no address.
"""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Whom a mail is from and to, and where its reader unsubscribes, if the pages are public."""

    sender: Sender
    recipient: str
    unsubscribe: str = ""


def message_id(delivery: Delivery, sender: Sender) -> str:
    """The mail's own id: the same each time it is sent, so that a second copy can be known."""
    return f"<delivery-{delivery_key(delivery)}@{sender.domain}>"


def message_bytes(delivery: Delivery, envelope: Envelope, now: datetime) -> bytes:
    """The whole mail, in ASCII."""
    sender, recipient = envelope.sender, envelope.recipient
    said = f"You get this because the operator of this bot subscribed {recipient}."
    if not envelope.unsubscribe:
        said += f" To end it, write to {sender.address}."
    body = ended_mail(delivery.payload, said, envelope.unsubscribe)
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = formataddr((sender.name, sender.address))
    mail["To"] = recipient
    mail["Subject"] = body.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(delivery, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_raw("List-Id", f"<briefbot.{sender.domain}>")
    _unsubscribing(mail, envelope)
    mail.set_content(body.text, cte="quoted-printable")
    mail.add_alternative(body.html, subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def _unsubscribing(mail: EmailMessage, envelope: Envelope) -> None:
    """Where mail programs unsubscribe; at one click where the pages are encrypted (RFC 8058)."""
    subject = quote(f"unsubscribe {envelope.recipient}")
    by_mail = f"<mailto:{envelope.sender.address}?subject={subject}>"
    url = envelope.unsubscribe
    mail.set_raw("List-Unsubscribe", f"<{url}>,\r\n {by_mail}" if url else by_mail)
    if url.startswith("https://"):
        mail["List-Unsubscribe-Post"] = ONE_CLICK
