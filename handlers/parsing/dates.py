"""Dates as people write them: `today`, `monday`, `2026-11-01`, `1 Nov`, `November 1st 2025`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import Found, Word, shown
from handlers.parsing.weekdays import one_day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_YEARS = range(1971, 2100)


def read_date(words: Sequence[Word], today: date) -> Found[date] | None:
    """Read a date; a weekday is the latest one before today, a date without year the latest."""
    if words[0].key in {"today", "yesterday"}:
        return Found(1, today - timedelta(days=int(words[0].key == "yesterday")))
    lead = int(words[0].key == "last" and len(words) > 1)
    weekday = one_day(words[lead].key)
    if weekday is not None:
        back = (today.weekday() - weekday - 1) % 7 + 1
        return Found(lead + 1, today - timedelta(days=back))
    iso = _ISO.fullmatch(words[0].key)
    if iso:
        return Found(1, _date(words[:1], int(iso[1]), int(iso[2]), int(iso[3])))
    return _spoken(words, today)


def _spoken(words: Sequence[Word], today: date) -> Found[date] | None:
    if len(words) < 2:
        return None
    first, second = words[0].key, words[1].key
    month, day = _MONTH.fullmatch(first), _DAY.fullmatch(second)
    if not (month and day):
        month, day = _MONTH.fullmatch(second), _DAY.fullmatch(first)
    if not (month and day):
        return None
    number = _MONTHS.index(month[0][:3]) + 1
    if len(words) > 2 and _YEAR.fullmatch(words[2].key):
        return Found(3, _date(words[:3], int(words[2].key), number, int(day[1])))
    past = (number, int(day[1])) <= (today.month, today.day)
    year = today.year if past else today.year - 1
    return Found(2, _date(words[:2], year, number, int(day[1])))


def _date(words: Sequence[Word], year: int, month: int, day: int) -> date:
    try:
        given = date(year, month, day)
    except ValueError:
        given = None
    if given is None or year not in _YEARS:
        said = shown(" ".join(word.text for word in words))
        raise UsageError(tr("{said} is not a valid date. Write one such as 2026-11-01.", said=said))
    return given
