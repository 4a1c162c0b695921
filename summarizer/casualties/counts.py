"""Counts of people killed or hurt, as a text states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from summarizer.casualties.exclusions import counts_no_people
from summarizer.language.calendar import A_DAY
from summarizer.language.numerals import NUMBER, NUMERAL, is_round, value
from summarizer.language.word_lists import listed
from summarizer.lazy_pattern import lazy_pattern

_SMALL_WORDS = (
    "of|in|on|at|after|by|to|from|that|who|which|and|or|when|as|were|was|have|had|has|are|is|been"
)
_GROUP = (
    r"(?: members of an? [a-z-]+ [a-z-]+)?"
    rf"(?: (?!(?:{_SMALL_WORDS})\b)[A-Za-z’'-]+){{0,5}}?"
    r"(?:, (?:including|among them) [^,.]{1,60},)?"
)
_BE = (
    r"(?: (?:were|was|are|is|have been|has been|had been|have|had|has|lay|feared|confirmed|"
    r"reported|known to have|believed to have))*"
)
_MORE = (
    r"(?: (?:at least|more than|over|about|around|some|up to|nearly|almost|as many as|all|another|"
    r"the|lives of))*"
)
_PEOPLE = (
    r"people|persons|lives|children|women|men|police|troops|crew|others|guards|\w+(?:men|women|ers|ists|"
    r"ors|ants|ents|ees|ians|ots|als|ets|els)"
)
_OF_PEOPLE = (
    rf"(?= (?:[\w’'-]+ ){{0,3}}(?:{_PEOPLE})\b|[.,;:]|$"
    r"| (?:and|in|at|on|after|before|when|by|during|near|overnight|yesterday|today)\b)"
)


class Counted(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people, and the characters that state it; "over 70" is rounded.

    `who` is the noun counted, or "" where that is people in general.
    """

    counted: Counted
    value: int
    start: int
    end: int
    rounded: bool = False
    who: str = ""


def _patterns(done: str, doing: str, tolls: str) -> re.Pattern[str]:
    rising = r"(?:to|at|reached|reaches|stood at|stands at|was|is now|hits?)"
    return lazy_pattern(
        rf"{NUMBER}{_GROUP}{_BE} (?:{done})\b"
        rf"|\b(?:{doing}){_MORE} {NUMBER}{_OF_PEOPLE}"
        rf"|\b(?:{tolls})\b[^.;,]{{0,90}}? {rising}{_MORE} {NUMBER}",
        re.IGNORECASE,
    )


_PATTERNS = {
    Counted.KILLED: _patterns(
        "killed|dead|died|perished|martyred|shot dead|lost their lives|slain|drowned",
        "kill|kills|killed|killing|claimed|claims|claiming|deaths? of|shot dead",
        "toll|number of (?:people )?(?:killed|dead|deaths|victims|fatalities)",
    ),
    Counted.INJURED: _patterns(
        "injured|wounded|hurt|hospitali[sz]ed",
        "injures|injured|injuring|wounds|wounded|wounding|hurting",
        "number of (?:people )?(?:injured|wounded|hurt)",
    ),
}
_HURT = listed("injur wound hurt hospital")
_HINTS = {
    Counted.KILLED: (
        *listed("kill dead die death toll lives claim perish martyr slain drown"),
        *_HURT,  # beside the hurt, "the number of victims" is read too
    ),
    Counted.INJURED: _HURT,
}
"""Parts of words: a text without any of them gives no number of a kind."""

_OTHER_COUNT = lazy_pattern(
    r"\b(?:in|since) (?:19|20)\d\d\b|\b(?:last|previous|past) (?:year|month|decade)\b"
    r"|\bsince it began\b|"
    r"\b(?:a|per|each|every) (?:day|week|month|year)\b(?! (?:after|before|earlier|later|ago))",
    re.IGNORECASE,
)
_ADDS_UP = lazy_pattern(
    rf"(?:\d|\b{NUMERAL})\b[^.;,]{{1,40}}\b(?:and|plus) $",
    re.IGNORECASE,
)
_COUNTS = lazy_pattern(NUMBER, re.IGNORECASE)
_GOES_ON = lazy_pattern(
    rf"(?: (?!and\b)[A-Za-z’'-]+){{1,4}} and {NUMBER}"
    r"(?!(?: [A-Za-z’'-]+){0,5} (?:injur|wound|hurt|missing|hospital|arrest|detain|rescu|displac))",
    re.IGNORECASE,
)
"""A second group of people after a number: "14 workers and two pilots"."""
_ROUNDED = lazy_pattern(
    r"\b(?:more than|over|about|around|some|nearly|almost|up to|as many as|roughly|dozens?)"
    r"(?: the lives of)? $",
    re.IGNORECASE,
)

_COUNTED_NOUN = lazy_pattern(
    r"((?: [A-Za-z’'-]+){0,5}?)"
    rf"(?= (?:{_SMALL_WORDS}|kill\w*|dead|died|perished|martyred|shot|lost|slain|drowned|injur\w*|"
    r"wound\w*|hurt|hospital\w*|before|during|near|overnight|yesterday|today|over|across|for|with|"
    rf"{A_DAY})\b|[.,;:]|$)",
    re.IGNORECASE,
)
_ANYBODY = frozenset({"people", "persons", "lives", "others", "victims", "civilians", "residents"})

READ = 2_000
_NEAR = 40


def figures(text: str) -> Iterator[Figure]:
    """Every number of people killed or injured that a text states."""
    low = text.lower()
    for counted, pattern in _PATTERNS.items():
        if not any(hint in low for hint in _HINTS[counted]):
            continue
        for found, group in _counts(pattern, text):
            number = found.start(group)
            rounded = is_round(found[group]) or _ROUNDED.search(
                text, max(0, number - _NEAR), number
            )
            who = _who(text, found.end(group))
            many = value(found[group])
            yield Figure(counted, many, found.start(), found.end(), bool(rounded), who)


def _counts(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The matches of a pattern, each with the group of its number; doubtful numbers are skipped."""
    at = 0
    while found := pattern.search(text, at):
        group = next(place for place, number in enumerate(found.groups(), 1) if number)
        if counts_no_people(found, group):
            at = found.end(group)
        else:
            at = found.end()
            yield found, group


def _who(text: str, at: int) -> str:
    """The noun after a number; "" for people in general or where the noun is unclear."""
    found = _COUNTED_NOUN.match(text, at)
    noun = found[1].split()[-1].lower() if found and found[1] else ""
    return "" if noun in _ANYBODY else noun


def stated(text: str, counted: Counted) -> int | None:
    """The first number of a kind in a text; None where there is none or two must be added."""
    found = stated_as(text, counted)
    return found.value if found else None


def stated_as(text: str, counted: Counted) -> Figure | None:
    """The first figure of a kind in a text; None as for `stated`."""
    text = text[:READ]
    found = [each for each in figures(text) if each.counted is counted]
    if not found or _OTHER_COUNT.search(text):
        return None
    first = min(found, key=lambda each: each.start)
    near = text[max(0, first.start - _NEAR) : first.start]
    before = _ADDS_UP.search(near) and _COUNTS.match(text, first.start)
    return None if before or _GOES_ON.match(text, first.end) else first
