"""Sentences that name nobody and no place: nobody can tell where in the world it happened."""

from __future__ import annotations

import re

from summarizer.language.calendar import DAYS, MONTHS
from summarizer.language.letters import is_cased, with_plain_capitals
from summarizer.language.names import place_of
from summarizer.language.tokens import NUMERALS
from summarizer.language.vocabulary import ordinary

_SOME_BODY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) (?:[a-z’'-]+ ){0,2}?"
    r"(?:company|group|firm|ministry|minister|agency|airline|bank|operator|department|"
    r"organi[sz]ation|committee|commission|party|court|"
    r"army|military|government|regulator|authority|union|utility|producer|developer|team|council|"
    r"president|chairman|spokes\w+|official|country|city|town|province|region|village)\b"
)
_NAME_WITHIN = re.compile(
    r"(?<=[\w,;:%)’”\"“] )[“\"‘]?[A-Z]|^[\W]*(?:[A-Z]\w*[A-Z]|[A-Z]\w+[’']s\b)|^\W*[A-Z]\w+ [A-Z]"
)
_MARKET = re.compile(
    r"\b(?:oil|gas|crude|petrol|diesel|coal|power|gold|wheat|prices?|shares?|stocks?|dollar|euro|pound|"
    r"bitcoin|barrel|world(?:wide)?|global(?:ly)?)\b",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\W*([A-Z][a-z]+)\b")
_PLURAL = ("s", "men")
_CALENDAR = re.compile(rf"\b(?:{'|'.join((*DAYS, *MONTHS))})\b")


def is_nameless(text: str) -> bool:
    """Whether it names nobody and no place at all, and is not about a market."""
    if _MARKET.search(text) and not _SOME_BODY.search(text):
        return False
    if not is_cased(text):
        return False
    if (first := _FIRST_WORD.match(with_plain_capitals(text))) and _is_name(first[1].lower()):
        return False
    return _NAME_WITHIN.search(_CALENDAR.sub("", with_plain_capitals(text))) is None


def _is_name(low: str) -> bool:
    """Whether the word that opens a sentence is likely a name."""
    if place_of(low) is not None:
        return True
    return not (ordinary(low) or low in NUMERALS or low.endswith(_PLURAL) or low == "whether")
