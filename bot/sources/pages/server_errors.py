"""What a server says of its own failure, where an article was asked for."""

from __future__ import annotations

import re

_SEARCHED = 1_500
_SAID = re.compile(
    r"\b(?:fatal error|parse error|warning|notice|deprecated|uncaught \w{1,40})\b[^\n]{0,400}"
    r"\bon line (?:<b>)?\d"
    r"|\bexception in \S{1,80} line \d"
    r"|traceback \(most recent call last\)|\bstack trace:|\bsqlstate\[|\bora-\d{5}\b"
    r"|\bserver error in '/|\bexception in thread \"|\bat [\w.$]{3,120}\(\w{1,60}\.java:\d"
    r"|\bunhandled exception\b|<code>accessdenied</code>|<code>nosuchkey</code>",
    re.IGNORECASE,
)


def is_server_error(text: str) -> bool:
    """Whether a text begins with the message of a program that failed."""
    return _SAID.search(text[:_SEARCHED]) is not None
