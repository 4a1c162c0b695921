"""Sentences that can be read alone but leave open who or what is meant."""

from __future__ import annotations

import re

_BARE_SUBJECT = re.compile(
    r"The (?!dollar|euro|pound|pope)(?:[a-z\d]\S* (?!.*\b[A-Z])"
    r"|[a-z]+ (?:comes?|came|follows?|began|took|\w+ed|is|are|was|"
    r"were|has|had|have|will|would|could|may|also)\b"
    r"|(?:move|decision|announcement|incident|change|effort|comment|remark|news|finding)s?"
    r" (?!(?:by|of|in|from) (?:the )?[A-Z]))"
)
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


def is_vague(text: str) -> bool:
    """Whether it speaks of "the station" or "the country" and names none, or adds to the last."""
    return (
        _BARE_SUBJECT.match(text) is not None
        or _ADDS.match(text) is not None
        or _unnamed(_THE_COUNTRY, _PLACE, text)
        or _unnamed(_THE_YEAR_OLD, _NAME, text, after=1)
    )


def _unnamed(what: re.Pattern[str], name: re.Pattern[str], text: str, after: int = 0) -> bool:
    """Whether `what` is spoken of and nothing before it may be its name."""
    found = what.search(text)
    return found is not None and name.search(text, after, found.start()) is None
