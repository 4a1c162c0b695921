"""Reads days, months, weekdays and times of day in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.calendar import DAY_FORMS, MONTH_FORMS
from summarizer.language.figures import figure
from summarizer.language.tokens import Token
from summarizer.language.word_lists import listed

_SMALL_TOO = frozenset({"may", "march", "mar", "dec", "jan", "mon", "wed"})
_BEFORE_MONTH = frozenset(
    listed(
        """in on since last next early late mid until from by of this to between and through
        during"""
    )
)
_CLOCK = re.compile(r"^(\d{1,2})(?:[:.](\d\d))?(am|pm)?$")
_ZONES = frozenset(listed("gmt utc bst est edt cet cest pst pdt hours local"))


@dataclass(frozen=True, slots=True)
class Day:
    """A month with its day and year, where the text has them; tokens `first` to `last`."""

    month: int
    day: int | None
    year: int | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, as the minutes after midnight that it can mean."""

    minutes: frozenset[int]
    first: int
    last: int


def days(folded: str, words: Sequence[Token]) -> list[Day]:
    """Every calendar date, and every month without a day, in order."""
    found: list[Day] = []
    for at, token in enumerate(words):
        if token.word.low in MONTH_FORMS and _is_month(words, at):
            found.append(_around(folded, words, at))
        elif token.word.digits and (read := _numeric(folded, words, at)):
            found.append(read)
    return found


def weekday(token: Token) -> str | None:
    """The full name of the weekday that a word names."""
    low = token.word.low
    name = DAY_FORMS.get(low)
    return name if name and (token.word.capital or low not in _SMALL_TOO) else None


def weekdays(words: Sequence[Token]) -> frozenset[str]:
    """The full names of the weekdays that a text names."""
    named = (weekday(token) for token in words if token.word.low in DAY_FORMS)
    return frozenset(filter(None, named))


def is_calendar(low: str) -> bool:
    """Whether a word, written with a capital, is a month or a weekday."""
    return low in MONTH_FORMS or low in DAY_FORMS


def _is_month(words: Sequence[Token], at: int) -> bool:
    low = words[at].word.low
    if low not in _SMALL_TOO:
        return len(low) > 3 or words[at].word.capital
    beside = [words[place] for place in (at - 1, at + 1) if 0 <= place < len(words)]
    if any(_day(each) or _year(each) for each in beside):
        return True
    return bool(words[at].word.capital and at and words[at - 1].word.low in _BEFORE_MONTH)


def _around(folded: str, words: Sequence[Token], at: int) -> Day:
    first = last = at
    day = year = None
    if at + 1 < len(words) and "," not in folded[words[at].end : words[at + 1].start]:
        day = _day(words[at + 1])
        last += day is not None
    if day is None and at:
        back = 2 if words[at - 1].word.low == "of" and at > 1 else 1
        day = _day(words[at - back])
        first -= back if day is not None else 0
    if last + 1 < len(words) and (year := _year(words[last + 1])):
        last += 1
    return Day(MONTH_FORMS[words[at].word.low], day, year, first, last)


def _numeric(folded: str, words: Sequence[Token], at: int) -> Day | None:
    """2026-09-03 or 03/09/2026; the day comes first where both readings are possible."""
    if at + 2 >= len(words):
        return None
    one, two, three = words[at : at + 3]
    gaps = {folded[one.end : two.start], folded[two.end : three.start]}
    if gaps not in ({"-"}, {"/"}):
        return None
    if (year := _year(one)) and (month := _day(two)) and (day := _day(three)) and month <= 12:
        return Day(month, day, year, at, at + 2)
    if (year := _year(three)) and (day := _day(one)) and (month := _day(two)):
        day, month = (day, month) if month <= 12 else (month, day)
        return Day(month, day, year, at, at + 2) if month <= 12 else None
    return None


def _day(token: Token) -> int | None:
    parts = figure(token.word.low) if token.word.digits else None
    if parts and parts[2] in {"", "st", "nd", "rd", "th"} and len(token.word.low) <= 4:
        return int(parts[0]) if 1 <= parts[0] <= 31 and parts[0] == int(parts[0]) else None
    return None


def _year(token: Token) -> int | None:
    low = token.word.low
    return int(low) if len(low) == 4 and low.isdecimal() and 1000 <= int(low) < 2200 else None


def clocks(words: Sequence[Token]) -> list[Clock]:
    """Every time of day that is written in figures."""
    found = (_clock(words, at) for at, token in enumerate(words) if token.word.digits)
    return [each for each in found if each]


def _clock(words: Sequence[Token], at: int) -> Clock | None:
    low = words[at].word.low
    after = words[at + 1].word.low if at + 1 < len(words) else ""
    if len(low) == 4 and low.isdecimal() and after in _ZONES and int(low[:2]) < 24:
        return Clock(frozenset({int(low[:2]) * 60 + int(low[2:])}), at, at)
    read = _CLOCK.match(low)
    if not read:
        return None
    half = read[3] or (after if after in {"am", "pm"} else None)
    hour, minute = int(read[1]), int(read[2] or 0)
    if hour > 24 or minute > 59 or not (half or ":" in low):
        return None
    last = at + (not read[3] and half is not None)
    if half:
        return Clock(frozenset({(hour % 12 + 12 * (half == "pm")) * 60 + minute}), at, last)
    late = (hour + 12) % 24 if hour <= 12 else hour
    return Clock(frozenset({hour * 60 + minute, late * 60 + minute}), at, last)


def same_day(said: Day, known: Day) -> bool:
    """Whether a source's date proves the date that a bullet states."""
    return (
        said.month == known.month
        and (said.day is None or said.day == known.day)
        and (said.year is None or known.year is None or said.year == known.year)
    )
