"""Whether a sentence takes back the day that it names: called off, moved, denied or in doubt.

Errs on the side of silence: which of two dates still holds is not worked out.
"""

from __future__ import annotations

import re

from summarizer.language.calendar import A_DAY, A_MONTH
from summarizer.lazy_pattern import lazy_pattern

_TAKEN_BACK = lazy_pattern(
    r"\b(?:cancel\w*|call(?:s|ed|ing)? (?:it |them )?off|scrap(?:s|ped|ping)?|ax(?:e|es|ed|ing)|"
    r"avert(?:s|ed|ing)?|suspend\w*|suspension|abandon\w*|abort(?:s|ed|ing)?|shelv(?:es?|ed|ing)|"
    r"postpon\w*|delay(?:s|ed|ing)?|moved|moving|extend(?:s|ed|ing)|extension|reschedul\w*|"
    r"defer(?:s|red|ring)?|adjourn\w*|put(?:s|ting)? (?:off|back|on hold)|on hold|"
    r"h(?:old|eld)(?:s|ing)? off|"
    r"push(?:es|ed|ing)? (?:\w+ ){0,3}back|(?:brought|bring|moved?) (?:\w+ ){0,3}forward|"
    r"reject(?:s|ed|ing|ion)?|struck down|strik(?:es?|ing) down|withdr[ae]w\w*|block(?:s|ed|ing)|"
    r"veto(?:es|ed|ing)?|overturn\w*|annul\w*|quash\w*|revok\w*|repeal\w*|vot(?:es?|ed) down|"
    r"halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|drop(?:s|ped|ping)?|pull(?:s|ed|ing)?|ground(?:ed|ing)|"
    r"defeat(?:s|ed|ing)?|thr[eo]wn? out|back(?:s|ed|ing)? out|push(?:es|ed|ing)? to|scupper\w*|"
    r"forc(?:es?|ed|ing) (?:\w+ ){0,4}off|fell through|slip(?:s|ped|ping)?|shift(?:s|ed|ing)?|"
    r"previously|formerly|there (?:will|would) be no|crash(?:es|ed|ing)?|but died|died before)\b",
    re.IGNORECASE,
)
_DOUBTED = lazy_pattern(
    r"\b(?:den(?:y|ies|ied|ying|ial)|no (?:\w+ )?(?:plans?|intentions?)|doubt(?:s|ed|ful)?|"
    r"nobody|no one|neither|hop(?:e[sd]?|ing)|dismiss(?:es|ed|ing)?|ruled (?:\w+ )?out|"
    r"wrong(?:ly)?|untrue|incorrect(?:ly)?|mistaken(?:ly)?|questioned|speculation|"
    r"(?:not|yet)(?: yet)?(?: to)? confirm(?:ed)?|unlikely|fear(?:s|ed|ing)?|"
    r"rul(?:es|ing) out|rumou?r\w*|hoax|false|unconfirmed)\b",
    re.IGNORECASE,
)
_WAS_DUE = lazy_pattern(
    r"\b(?:was|were|been) (?:also )?"
    r"(?:due|scheduled|expected|planned|set|supposed|meant|slated|going|to)\b",
    re.IGNORECASE,
)
_REPORTED = lazy_pattern(
    r"\b(?:said|says|told|announced|added|confirmed|reported|according)\b", re.IGNORECASE
)
"""Where somebody is quoted, "was due on Friday" may still hold."""

_BUT = lazy_pattern(r"\b(?:but|however|instead)\b", re.IGNORECASE)
"""Behind "was due on Friday" it tells that nothing came of it."""

_NOT_HELD = lazy_pattern(
    r"\b(?:not(?! later than)|never|no longer|[Ii]f|[Uu]nless|might|could|may|had been|would have|"
    r"(?:other|rather) than|[Oo]riginally|[Ii]nitially|earlier scheduled)\b|n['’]t\b"
)
"""In the clause of a day; the month has a capital."""

_NOW = lazy_pattern(
    r"\b(?:will|shall|must|(?:is|are) (?:to|due|set|scheduled|slated|expected|planned|going))\b"
)
_HAPPENED = lazy_pattern(r"[^,;:]{0,30},? (?:has|have|had|was|were|did) ")
"""Behind the day of a thing that was only planned: "the concert set for December 6 was …"."""

_SECOND = lazy_pattern(
    rf"(?:\d(?:st|nd|rd|th)?|{A_DAY}|{A_MONTH}),?(?: (?:or|and|to|through) | ?[-–—/] ?)(?:the )?$"
    r"|\bfrom\b[^,;]{1,30} (?:to|and) (?:the )?$"
)
"""Before the second of two days: "on 10 or 11 December", "from December 5 to December 15"."""

_BETWEEN = lazy_pattern(r"\bbetween (?:the )?$", re.IGNORECASE)
_SEEN = 50
"""Characters before a day in which another one may stand."""


def is_taken_back(sentence: str) -> bool:
    """Whether a sentence tells that something is called off, moved, denied or doubted."""
    if _TAKEN_BACK.search(sentence) or _DOUBTED.search(sentence):
        return True
    due = _WAS_DUE.search(sentence)
    if due is None:
        return False
    return not _REPORTED.search(sentence) or _BUT.search(sentence, due.end()) is not None


def is_unsure(clause: str) -> bool:
    """Whether the clause of a day sets a condition, or tells of what is not to be."""
    return _NOT_HELD.search(clause) is not None


def has_happened(sentence: str, clause: str, end: int) -> bool:
    """Whether a past verb stands behind a day of which its clause tells no present plan."""
    return _NOW.search(clause) is None and _HAPPENED.match(sentence, end) is not None


def is_one_of_two(sentence: str, at: int) -> bool:
    """Whether a day is the second of two, or one of those between which the day will be."""
    before = sentence[max(0, at - _SEEN) : at]
    return _SECOND.search(before) is not None or _BETWEEN.search(before) is not None
