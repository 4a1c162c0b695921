"""Numbers beside "killed" that count something else or that the text denies."""

from __future__ import annotations

import re

from summarizer.language.calendar import A_DAY, A_MONTH, DAYS
from summarizer.language.content_words import STOP
from summarizer.language.letters import by_case
from summarizer.language.numerals import NUMERAL
from summarizer.lazy_pattern import lazy_pattern

_REACH = 120
_CLAUSE = lazy_pattern(
    r"[.,;:—–]|\b(?:after|as|when|while|because|since|before|that|which|who|where|and|but)\b",
    re.IGNORECASE,
)
_DENIED = lazy_pattern(
    r"\b(?:(?:no|not)(?! (?:fewer|less) than)|none|never|nobody|neither|nor|without|denied|denies|"
    r"would|could|might|(?-i:may)|if)\b|n['’]t\b",
    re.IGNORECASE,
)
_CALLED_UNTRUE = lazy_pattern(
    r"\b(?:den(?:y|ies|ied|ying)|dismiss\w*|disput\w*|false|untrue|unconfirmed|no evidence|"
    r"rumou?r\w*)\b[^.;:]*$",
    re.IGNORECASE,
)
_NOT_QUITE = lazy_pattern(
    r"\b(?:almost|nearly|narrowly|feared|presumed|believed|it|he|she|they|we)\b", re.IGNORECASE
)
"""Words between a number and its verb that make the number doubtful: "12 almost died"."""

_CLAIMS = lazy_pattern(r"claim", re.IGNORECASE)
_LIVES = lazy_pattern(r"(?: [\w’'-]+){0,2} lives\b", re.IGNORECASE)
_PART_OF = lazy_pattern(
    rf"\b(?:{NUMERAL}|few|some|any|many|most|half|several|third|quarter)"
    r"(?:(?: [a-z]+){0,2} of (?:[\w’'-]+ ){0,3}| in )$",
    re.IGNORECASE,
)
"""Words before the number of a whole group: "12 of the 30", "one in five"."""

_DATE_BEFORE = lazy_pattern(rf"{A_MONTH}\.? $")
_DATE_BEHIND = lazy_pattern(rf" {A_MONTH}")
_RANGE_BEFORE = lazy_pattern(rf"\b{NUMERAL}(?: (?:to|or) | ?[–—] ?)$", re.IGNORECASE)
_RANGE_BEHIND = lazy_pattern(rf"(?: (?:to|or) | ?[–—] ?){NUMERAL}", re.IGNORECASE)
_SUM_BEFORE = lazy_pattern(r"\b(?:hundred|thousand|dozen)s? and $", re.IGNORECASE)
_LABEL = lazy_pattern(
    r"\b(?:aged?|number|no\.|magnitude|category|flight|bus|route|highway|line|platform|gate|room|"
    r"block|section|unit|phase|level|grade|version|page|chapter|type) $",
    re.IGNORECASE,
)
_NAME_BEFORE = lazy_pattern(by_case(r"\b([A-Z][\w’'-]*) $"))
_PLACE_BEFORE = lazy_pattern(by_case(r"\b(?:[Ii]n|[Aa]t|[Nn]ear) (?:[A-Z][\w’'-]+ ){1,3}$"))
_PEOPLE_BEHIND = lazy_pattern(
    r" (?:people|persons|civilians|children|women|men|workers|soldiers)\b"
)
_NO_NAMES = STOP | frozenset(
    (
        *("some", "nearly", "almost", "around", "another", "exactly", "roughly", "least"),
        *("leave", "leaves", "left", "leaving", "see", "sees", "find", "finds"),
        *(day.lower() for day in DAYS),
    )
)
_DID = lazy_pattern(r"\b(\w+ )?(?:killed|injured|wounded|hurt|martyred|hospitali[sz]ed)$", re.I)
_BEEN = frozenset(
    ("was", "were", "is", "are", "been", "being", "feared", "confirmed", "reported", "lay")
)
_NOBODY_DONE_TO = lazy_pattern(
    r"$| ?[^\w ]| (?:in|by|on|and|or|when|while|after|before|during|near|since|so|across|outside|"
    r"inside|within|along|including|overnight|yesterday|today|from|among|at(?! (?:least|most))|"
    rf"as(?! many)|{A_DAY})\b",
    re.IGNORECASE,
)


def counts_no_people(found: re.Match[str], group: int) -> bool:
    """Whether the number of a match, its `group`, may not be a number of people killed or injured.

    The first group is a number before its verb: "12 were killed", but also "Flight 12".
    """
    text, at, end = found.string, found.start(group), found.end(group)
    near = text[max(0, at - _REACH) : at]
    edges = [edge.end() for edge in _CLAUSE.finditer(near)]
    clause = near[edges[-1] if edges else 0 :]
    if _DENIED.search(clause + text[at : found.end()]) or _CALLED_UNTRUE.search(near):
        return True
    if _CLAIMS.match(found[0]) and "lives of" not in found[0] and not _LIVES.match(text, end):
        return True
    if _RANGE_BEFORE.search(near) or _RANGE_BEHIND.match(text, end) or _SUM_BEFORE.search(near):
        return True
    return group == 1 and (
        _NOT_QUITE.search(text, end, found.end()) is not None
        or _PART_OF.search(clause) is not None
        or _is_label(near, text, at, end)
        or _does(found[0], text, found.end())
    )


def _is_label(near: str, text: str, at: int, end: int) -> bool:
    """Whether a number belongs to a date or a name: "Sept. 11", "Boeing 737"."""
    if _DATE_BEFORE.search(near) or _DATE_BEHIND.match(text, end) or _LABEL.search(near):
        return True
    name = _NAME_BEFORE.search(near)
    if name is None or not text[at].isdigit() or name[1].lower() in _NO_NAMES:
        return False
    return not (_PLACE_BEFORE.search(near) and _PEOPLE_BEHIND.match(text, end))


def _does(said: str, text: str, end: int) -> bool:
    """Whether the number counts the killers: "two bombs killed 15"."""
    verb = _DID.search(said)
    passive = verb is None or (verb[1] or "").strip().lower() in _BEEN
    return not passive and _NOBODY_DONE_TO.match(text, end) is None
