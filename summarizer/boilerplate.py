"""Text that pages carry beside the news, and text that gives orders to its reader."""

from __future__ import annotations

import re

_PATTERNS = (
    r"^(?:by|from)\s+[A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]+|and|for|of)){1,6}\W*$",
    r"^\W*(?:also read|read also|read more|read next|related|see also|watch|listen|more on|follow us)\b",
    r"\b(?:click|tap) (?:here|on|to|the)\b|\bread (?:the )?(?:full|more|original)\b",
    r"\b(?:photo|image|picture|video|graphic|illustration)s?(?: credit)?s?\s*(?:by|:|/|credit|copyright)",
    r"\b(?:getty images|shutterstock|file photo|all rights reserved|copyright|©)",
    r"\bcookies?\b.{0,60}\b(?:use|accept|consent|polic|browser|site)|\b(?:use|accept) cookies\b",
    r"\b(?:subscribe|sign up|newsletter|subscription|log in|sign in|unsubscribe|paywall)\b",
    r"\b(?:follow|like|find|join) us\b|\bshare (?:this|on)\b|\bon (?:facebook|twitter|whatsapp)\b.{0,20}$",
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|previous|above|prior|rules)",
    r"^(?:please|kindly|note to)\b|\bas an? (?:ai|language model|assistant)\b",
    r"\b(?:system prompt|chatgpt|language model|you are (?:now )?an?)\b",
    r"\b(?:summari[sz]e|translate|rewrite|repeat|print|output)\b.{0,30}\b(?:this|the following|above|article)\b",
    r"\bhttps?://|\bwww\.|\b[\w.]+@[\w.]+\.\w+|[<>{}|]{1}|@\w{3,}",
    r"\b(?:javascript|your browser|advertisement|sponsored content|terms of (?:use|service))\b",
)
_BOILERPLATE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence belongs to the page, or gives orders, and not to the news."""
    return _BOILERPLATE.search(sentence) is not None
