"""Relative days made absolute for a reader of another day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = rf"(?:{'|'.join(_MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
_RELATIVE = re.compile(
    rf"\b(?P<on>[Oo]n )(?P<day>{'|'.join(_DAYS)})\b(?!,? (?:\d|{_MONTH}|last|next|and|or|to|night))"
)


def absolute(text: str, published_at: datetime, read_at: datetime) -> str:
    """Name the day behind "on Tuesday" where the reader's day is not the article's."""
    written = published_at.astimezone(read_at.tzinfo).date()
    if written == read_at.date():
        return text
    return _RELATIVE.sub(lambda found: f"{found[0]}, {told(_before(found['day'], written))}", text)


def calendar(text: str, published_at: datetime, read_at: datetime) -> str:
    """The days that `absolute` may name in an article, as a line to check bullets against."""
    written = published_at.astimezone(read_at.tzinfo).date()
    days = dict.fromkeys(_before(found["day"], written) for found in _RELATIVE.finditer(text))
    return " ".join(f"{_DAYS[day.weekday()]}, {told(day)}." for day in days)


def told(day: date) -> str:
    """A day as a bullet writes it: 3 September."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _before(name: str, written: date) -> date:
    back = (written.weekday() - _DAYS.index(name)) % 7
    return written - timedelta(days=back)
