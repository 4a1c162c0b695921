"""Sentences that can be read alone but leave open who or what is meant."""

from __future__ import annotations

import re

_BARE_SUBJECT = re.compile(
    r"(?:[A-Z][^A-Z,]{0,100}, t|T)he (?!dollar|euro|pound|pope)(?:[a-z\d]\S* (?!.*\b[A-Z])"
    r"|[a-z]+,? (?:which|who|whose|comes?|came|follows?|began|took|\w+ed|is|are|was|"
    r"were|has|had|have|will|would|could|may|also)\b"
    r"|(?:move|decision|announcement|incident|change|effort|comment|remark|news|finding)s?"
    r" (?!(?:by|of|in|from) (?:the )?[A-Z]))"
)
_POINTS_BACK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s [a-z]+ "
    r"(?!(?:in|at|on|of|near) (?:the )?[A-Z])"
    r"|.*\b[Dd]uring the (?:trip|visit|meeting|talks|call|operation|raid|interview|incident)\b"
    r"(?! (?:to|of|with|between|in|by|on|at)\b)"
    r"|.*\b(?:these|those) (?:[a-z]+ )?[a-z]+(?<!es)s[.,]"
)
"""Speaks of a day's or a visit's event, or of "those fronts", as if it had been told of."""

_ADDS = re.compile(r"(?:\S+ ){1,4}also\b|.*\b(?:as well|too)\.$")
_THE_COUNTRY = re.compile(
    r"\b[Tt]he (?:country|city|town|region|province|village|company|firm|agency|airline)\b"
    r"(?! of\b| [A-Z])"
)
_PLACE = re.compile(
    r"\b(?:in|of|to|from|with|for|against|across|near) (?:the )?[A-Z]|[A-Z]\w+['’]s?\b"
    r"|^(?:The )?[A-Z]\w+ (?!said|says|told|noted|added|warned|stated)[a-z]"
    r"|\b[A-Z]\w+(?:i|an|ese|ish)\b"
)
_THE_YEAR_OLD = re.compile(r"\bthe (?:\w+ )?\d+-year-old\b")
_NAME = re.compile(r"\b[A-Z]")
_SOME_BODY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) (?:[a-z’'-]+ ){0,2}?"
    r"(?:company|group|firm|ministry|minister|agency|airline|bank|operator|department|organi[sz]ation|committee|commission|party|court|"
    r"army|military|government|regulator|authority|union|utility|producer|developer|team|council|"
    r"president|chairman|spokes\w+|official|country|city|town|province|region|village)\b"
)
_NAME_WITHIN = re.compile(
    r"(?<=[\w,;:%)’”\"“] )[“\"‘]?[A-Z]|^[\W]*(?:[A-Z]\w*[A-Z]|[A-Z]\w+[’']s\b)|^\W*[A-Z]\w+ [A-Z]"
)
_MARKET = re.compile(
    r"\b(?:oil|gas|crude|petrol|diesel|coal|power|gold|wheat|prices?|shares?|stocks?|dollar|euro|pound|"
    r"bitcoin|barrel)\b",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b"
)


def is_vague(text: str) -> bool:
    """Whether it speaks of "the station" or "the country" and names none, or adds to the last."""
    return (
        _BARE_SUBJECT.match(text) is not None
        or _ADDS.match(text) is not None
        or _POINTS_BACK.match(text) is not None
        or _unnamed(_THE_COUNTRY, _PLACE, text)
        or _unnamed(_THE_YEAR_OLD, _NAME, text, after=1)
    )


def is_nameless(text: str) -> bool:
    """Whether it names nobody and no place at all, and is not about a market."""
    if _MARKET.search(text) and not _SOME_BODY.search(text):
        return False
    return _NAME_WITHIN.search(_CALENDAR.sub("", text)) is None


def _unnamed(what: re.Pattern[str], name: re.Pattern[str], text: str, after: int = 0) -> bool:
    """Whether `what` is spoken of and nothing before it may be its name."""
    found = what.search(text)
    return found is not None and name.search(text, after, found.start()) is None
