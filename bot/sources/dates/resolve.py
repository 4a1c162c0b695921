"""Readings of a date to instants: order of the numbers, clock, zone, calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.models import DatePrecision
from bot.sources.dates import calendars
from bot.sources.dates.stated import DateHints, StatedDate
from bot.sources.dates.vocabulary import vocabulary
from bot.sources.dates.written import Number, Reading
from bot.sources.dates.zones import in_utc

_YEAR_FIRST = frozenset({"zh", "yue", "ja", "ko", "hu", "lt", "lv", "mn", "eu", "fa"})
_SHORT_YEAR_FIRST = frozenset({"zh", "yue", "ja", "ko", "hu", "eu"})
"""Languages that write even a year of two digits first in numeric dates."""

_YEARS = range(1900, 2200)
_CLOCK = frozenset({"hour", "minute", "second"})
_ORDERS = ("ymd", "dmy", "mdy")
_SPACED = re.compile(r"\d\. \d")
_DOTTED = re.compile(r"\d\.\s?\d{1,2}\.\s?\d")


@dataclass(frozen=True, slots=True)
class Dated:
    """One reading with its instant; `fits` says that the stated weekday is the date's own."""

    stated: StatedDate
    fits: bool


def instants(reading: Reading, text: str, hints: DateHints) -> Iterator[Dated]:
    """The instants that a reading may mean, most of all one; empty if it is no date."""
    numbers, clock = _clock(reading)
    if clock is None and reading.time:
        return
    for day in _days(reading, numbers, text, hints):
        if day.year not in _YEARS:
            continue
        local = datetime.combine(day, time())
        fits = reading.weekday in {None, day.weekday()}
        if clock is None:
            yield Dated(StatedDate(in_utc(local, None), DatePrecision.DAY), fits)
        else:
            yield Dated(StatedDate(in_utc(local + clock, reading.zone)), fits)


def _clock(reading: Reading) -> tuple[list[Number], timedelta | None]:
    """The numbers that are left for the date, and the time of day, if one is stated."""
    numbers = [each for each in reading.numbers if each.unit != "w"]
    if reading.time:
        parts = [int(each) for each in re.split(r"[:.,]", reading.time)[:3]]
        return numbers, _of_day(parts, reading.period)
    units = {each.unit: each.value for each in numbers if each.unit in _CLOCK}
    if "hour" in units:
        rest = [each for each in numbers if each.unit not in _CLOCK]
        dates = 2 if reading.month or reading.jalali else 3
        if "minute" not in units and len(rest) == dates + 1:
            units["minute"] = rest.pop().value
        parts = [units["hour"], units.get("minute", 0), units.get("second", 0)]
        return rest, _of_day(parts, reading.period)
    needed = 2 if reading.month or reading.jalali else 3
    if len(numbers) - needed in {2, 3} and all(each.digits <= 2 for each in numbers[needed:]):
        values = [each.value for each in numbers[needed:]]
        return numbers[:needed], _of_day(values, reading.period)
    if len(numbers) == needed + 1 and reading.period and numbers[needed].digits <= 2:
        return numbers[:needed], _of_day([numbers[needed].value], reading.period)
    return numbers, None


def _of_day(parts: Sequence[int], period: str | None) -> timedelta | None:
    hour, minute, second = (*parts, 0, 0)[:3]
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    if period == "am" and hour > 12:
        return None
    if period in {"am", "night"} and hour == 12:
        hour = 0
    elif (period == "pm" and hour < 12) or (period == "night" and 5 < hour < 12):
        hour += 12
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _days(
    reading: Reading, numbers: Sequence[Number], text: str, hints: DateHints
) -> Iterator[date]:
    if reading.jalali or reading.month:
        if len(numbers) == 2:
            yield from _with_month(reading, numbers)
    elif len(numbers) == 3:
        yield from _numeric(reading, numbers, text, hints)


def _with_month(reading: Reading, numbers: Sequence[Number]) -> Iterator[date]:
    """A day and a year beside a month's name; a year of two digits comes last in most languages.

    In the others it may come first too, as their programs write dates in English order.
    """
    first, second = numbers
    if _is_year(first):
        first, second = second, first
    elif not _is_year(second) and reading.language in _YEAR_FIRST:
        yield from _on_day(reading, second, first)
    yield from _on_day(reading, first, second)


def _on_day(reading: Reading, first: Number, second: Number) -> Iterator[date]:
    if first.digits > 2:
        return
    if reading.jalali:
        yield from _valid(calendars.jalali, second.value, reading.jalali, first.value)
    else:
        assert reading.month is not None
        yield from _valid(date, _year(second, reading.language), reading.month, first.value)


def _numeric(
    reading: Reading, numbers: Sequence[Number], text: str, hints: DateHints
) -> Iterator[date]:
    for order in _orders(reading, numbers, text, hints):
        told = dict(zip(order, numbers, strict=True))
        if told["d"].digits > 2 or told["m"].digits > 2:
            continue
        year, month, day = told["y"], told["m"].value, told["d"].value
        if reading.language in {"fa", "*"} and calendars.is_jalali_year(year.value):
            yield from _valid(calendars.jalali, year.value, month, day)
        else:
            yield from _valid(date, _year(year, reading.language), month, day)


def _orders(
    reading: Reading, numbers: Sequence[Number], text: str, hints: DateHints
) -> Iterable[str]:
    """The orders of year, month and day that are possible; one where the source's is known."""
    if any(each.unit in {"y", "m", "d"} for each in numbers):
        return [each for each in _ORDERS if _has_units(each, numbers)]
    if _is_year(numbers[0]):
        return ("ymd",)
    dotted = _DOTTED.search(text) is not None
    known = hints.order or ("dmy" if dotted and _is_year(numbers[2]) else None)
    known = known or vocabulary().order(hints.language) or vocabulary().order(reading.language)
    if _is_year(numbers[2]):
        certain = known in {"dmy", "mdy"} and not _one_way(numbers)
        return (str(known),) if certain else ("dmy", "mdy")
    if known and (known != "ymd" or reading.language in _SHORT_YEAR_FIRST):
        return (known,)
    return ("dmy",) if dotted and not _SPACED.search(text) else _ORDERS


def _has_units(order: str, numbers: Sequence[Number]) -> bool:
    """Whether an order puts each number where its unit says, and the year where there is one."""
    pairs = list(zip(order, numbers, strict=True))
    return all(number.unit in {"", part} for part, number in pairs) and not any(
        _is_year(number) and part != "y" for part, number in pairs
    )


def _one_way(numbers: Sequence[Number]) -> bool:
    """Whether only one order makes a date, whatever the source usually writes."""
    return max(each.value for each in numbers[:2]) > 12


def _is_year(number: Number) -> bool:
    return number.digits == 4 or number.era != 0


def _year(number: Number, language: str) -> int:
    if number.era:
        return number.value + number.era
    if number.digits == 2:
        return number.value + (2000 if number.value < 70 else 1900)
    return calendars.buddhist(number.value, language)


def _valid(make: type[date] | object, *parts: int) -> Iterator[date]:
    try:
        yield make(*parts)  # type: ignore[operator]
    except ValueError:
        return
