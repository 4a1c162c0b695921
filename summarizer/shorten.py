"""Sentences made short enough for a bullet, only where grammar and meaning survive."""

from __future__ import annotations

import re

LIMIT = 40
"""The most words that a bullet may have."""

_SPACE = re.compile(r"\s+")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.’'-]+(?:[ ,/-]+[A-Z][\w.’'-]+){0,4}[ ,]*)?(?:\([^()]{2,40}\)\s*)?(?:—|–|--|-)\s+(?=[\"“A-Z])"
)
_OPENER = re.compile(
    r"^(?:Meanwhile|Also|In addition|Additionally|Moreover|Furthermore|Separately|Earlier|Later),?\s+(?=\w)"
)
_ASIDE = re.compile(
    r", (?:including|such as|which|who|whose|among them)\b[^,.;:\"“”()]{3,120},(?= )"
)
_PARENS = re.compile(r" \([^()]{1,80}\)")


def plain(text: str) -> str:
    """White space made single, a dateline and a leading connective dropped."""
    said = _SPACE.sub(" ", text).strip()
    said = _DATELINE.sub("", said, count=1)
    said = _OPENER.sub("", said, count=1)
    return said[:1].upper() + said[1:]


def shorten(text: str, limit: int = LIMIT) -> str | None:
    """The sentence in at most `limit` words, or None where it cannot be had safely."""
    said = plain(text)
    for cut in (None, _PARENS, _ASIDE):
        said = cut.sub("", said) if cut else said
        if len(said.split()) <= limit:
            return said
    return None
