"""A mail message (.eml) as one article: subject, date, sender, text."""

from __future__ import annotations

import email
import email.policy
from datetime import datetime
from email.message import EmailMessage, Message
from email.utils import parseaddr

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.dates.several import first_date
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.encoding import decode
from bot.sources.text.html import html_text
from bot.sources.text.limits import LONGEST_TITLE

_MOST_PARTS = 100


def parse_mail(data: bytes, now: datetime) -> ParsedArticle:
    """Read the text part of a message, else its HTML; raises RefusedInput where there is none."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        text = clean_text(_body(message))
        title = clean_line(str(message["subject"] or ""), LONGEST_TITLE)
        name, address = parseaddr(str(message["from"] or ""))
        dates = [str(message["date"] or "")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedInput("is not a mail message that can be read") from error
    if not text:
        raise RefusedInput("is a mail message without text")
    sender = clean_line(name or address.partition("@")[2], 100)
    return ParsedArticle(
        title=title or clean_line(text.partition("\n")[0], 120),
        text=text,
        key=clean_line(str(message["message-id"] or ""), 400) or None,
        source=sender or None,
        **first_date(dates, now).fields,
    )


def _body(message: Message) -> str:
    assert isinstance(message, EmailMessage)
    parts = [each for _, each in zip(range(_MOST_PARTS), message.walk(), strict=False)]
    for kind, read in (("text/plain", str), ("text/html", html_text)):
        for part in parts:
            if part.get_content_type() == kind and not part.get_filename():
                data = part.get_payload(decode=True)
                text = decode(data, part.get_content_charset()) if isinstance(data, bytes) else ""
                if text.strip():
                    return str(read(text))
    return ""
