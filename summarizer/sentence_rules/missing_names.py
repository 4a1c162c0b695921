"""Sentences that name nobody and no place: nobody can tell where in the world it happened."""

from __future__ import annotations

import re

from summarizer.language.calendar import DAYS, MONTHS
from summarizer.language.letters import by_case, is_cased
from summarizer.language.names import opens_with_name
from summarizer.lazy_pattern import lazy_pattern

_SOME_BODY = lazy_pattern(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) (?:[a-z’'-]+ ){0,2}?"
    r"(?:company|group|firm|ministry|minister|agency|airline|bank|operator|department|"
    r"organi[sz]ation|committee|commission|party|court|"
    r"army|military|government|regulator|authority|union|utility|producer|developer|team|council|"
    r"president|chairman|spokes\w+|official|country|city|town|province|region|village)\b"
)
_NAME_WITHIN = lazy_pattern(
    by_case(
        r"(?<=[\w,;:%)’”\"“] )[“\"‘]?[A-Z]"
        r"|^[\W]*(?:[A-Z]\w*[A-Z]|[A-Z]\w+[’']s\b)|^\W*[A-Z]\w+ [A-Z]"
    )
)
_MARKET = lazy_pattern(
    r"\b(?:oil|gas|crude|petrol|diesel|coal|power|gold|wheat|prices?|shares?|stocks?|dollar|euro|pound|"
    r"bitcoin|barrel|world(?:wide)?|global(?:ly)?)\b",
    re.IGNORECASE,
)
_CALENDAR = lazy_pattern(rf"\b(?:{'|'.join((*DAYS, *MONTHS))})\b")


def is_nameless(text: str) -> bool:
    """Whether it names nobody and no place at all, and is not about a market."""
    if _MARKET.search(text) and not _SOME_BODY.search(text):
        return False
    if not is_cased(text):
        return False
    if opens_with_name(text):
        return False
    return _NAME_WITHIN.search(_CALENDAR.sub("", text)) is None
