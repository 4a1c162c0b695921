"""Years and days of other calendars as Gregorian dates."""

from __future__ import annotations

from datetime import date, timedelta

_BUDDHIST = 543
_BUDDHIST_YEARS = range(2533, 2643)
_JALALI_YEARS = range(1369, 1479)
_CYCLE = 33
_LEAPS_IN_CYCLE = (1, 5, 9, 13, 17, 22, 26, 30)
_FIRST_DAY = date(1990, 3, 21)
"""The first day of the Jalali year 1369."""


def buddhist(year: int, language: str) -> int:
    """The Gregorian year for a Thai one; other years are returned unchanged."""
    return year - _BUDDHIST if language == "th" and year in _BUDDHIST_YEARS else year


def jalali(year: int, month: int, day: int) -> date:
    """The date of a day in the Solar Hijri calendar from 1369 to 1478; raises ValueError."""
    last = 31 if month <= 6 else 30 if month < 12 or is_leap(year) else 29
    if year not in _JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= last:
        raise ValueError("not a day of the Solar Hijri calendar")
    days = sum(366 if is_leap(each) else 365 for each in range(1369, year))
    days += min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1
    return _FIRST_DAY + timedelta(days=days)


def is_leap(year: int) -> bool:
    """Whether a Solar Hijri year has 366 days, by the 33-year cycle."""
    return year % _CYCLE in _LEAPS_IN_CYCLE


def is_jalali_year(year: int) -> bool:
    """Whether a year can be one of the Solar Hijri calendar since 1990."""
    return year in _JALALI_YEARS
