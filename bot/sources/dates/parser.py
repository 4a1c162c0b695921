"""The door for dates: the instant that a source states, or nothing. Never guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from html import unescape

from bot.models import DatePrecision
from bot.models.identity import EARLIEST, LATEST_AHEAD
from bot.sources.dates.resolve import instants
from bot.sources.dates.stated import NO_HINTS, DateHints, StatedDate
from bot.sources.dates.tokens import LONGEST, normalised
from bot.sources.dates.written import readings
from bot.sources.dates.zones import MOST_MINUTES, named

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}  # fmt: skip
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? "
    r"(?:(GMT|UTC|UT|Z)|([+-])(\d\d):?(\d\d))$"
)
_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,12})?)?"
    r"(?: ?(?:Z|z|UTC|[+-]\d\d(?::?\d\d)?))?)?$"
)
_WEEK_DAY = re.compile(r"\d{4}-?W\d\d-?[1-7]$")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})$")
_COMPACT = re.compile(r"((?:19|20)\d\d[01]\d[0-3]\d)(?:T?(\d{4}(?:\d\d)?)(Z|[+-]\d{4})?)?$")
_EPOCH = re.compile(r"@?(\d{9,10}|\d{13}|\d{16}|\d{19})(?:\.\d{1,9})?$")
_JSON_DATE = re.compile(r"\\?/?(?:new )?Date\((\d{1,16})(?:[+-]\d{4})?\)\\?/?$")
"""Milliseconds as .NET writes them, "/Date(1670000000000+0200)/": the offset changes nothing."""

_SCALES = {13: 1e3, 16: 1e6, 19: 1e9}
_MACHINE = re.compile(r"datetime=[\"']([^\"'<>]{4,80})[\"']")
_TAG = re.compile(r"<[^<>]{0,200}>")
_SINCE_START = re.compile(r" m=[+-][\d.]{1,30}$")
"""What Go adds to a time that it prints."""
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")


def read_date(raw: str | None, now: datetime, hints: DateHints = NO_HINTS) -> StatedDate | None:
    """The date that a source states, or None if it states none, or more than one.

    Reads ISO 8601, RFC 822, Unix time, and dates in words and numbers in any language of CLDR; a
    time without a zone is taken as UTC. A date before 1990 or after tomorrow is None.
    """
    text = _bare((raw or "")[: 4 * LONGEST]).strip()
    if not text or len(text) > LONGEST:
        return None
    stated = _standard(text) or _written(text, now, hints)
    return stated if stated and _is_plausible(stated, now) else None


def _bare(text: str) -> str:
    """The date without markup around it, which some feeds escape."""
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        found = _MACHINE.search(text)
        text = found[1] if found else _TAG.sub(" ", text)
    return _SINCE_START.sub("", text)


def numeric_order(dates: Iterable[str]) -> str | None:
    """The order of day and month in a source's numeric dates, if any of them shows it."""
    seen: Counter[str] = Counter()
    for each in dates:
        found = _NUMERIC.search(each[:LONGEST])
        if found and (int(found[1]) > 12) != (int(found[2]) > 12):
            seen["dmy" if int(found[1]) > 12 else "mdy"] += 1
    return next(iter(seen)) if len(seen) == 1 else None


def _is_plausible(stated: StatedDate, now: datetime) -> bool:
    return EARLIEST <= stated.at <= now + LATEST_AHEAD


def _standard(text: str) -> StatedDate | None:
    """ISO 8601, RFC 822 and Unix time, which nearly all sources write."""
    try:
        if found := _RFC_822.match(text):
            return _rfc_822(found)
        if _ISO.match(text):
            return _iso(text)
        if found := _JSON_DATE.match(text):
            return StatedDate(datetime.fromtimestamp(int(found[1]) / 1e3, UTC))
        if not text[1:4].isdigit():
            return None
        return _numbers(text)
    except (ValueError, OverflowError, OSError):
        return None


def _rfc_822(found: re.Match[str]) -> StatedDate | None:
    day, name, year, hour, minute, second, _, sign, hours, minutes = found.groups()
    month = _MONTHS.get(name.lower())
    away = int(hours or 0) * 60 + int(minutes or 0)
    if month is None or hour == "24" or away > MOST_MINUTES:
        return None
    zone = timezone(timedelta(minutes=-away if sign == "-" else away))
    clock = int(hour), int(minute), min(59, int(second or 0))
    at = datetime(int(year), month, int(day), *clock, tzinfo=zone)
    return StatedDate(at.astimezone(UTC))


def _iso(text: str) -> StatedDate:
    if len(text) == 10:
        return _day(datetime.fromisoformat(text))
    plain = text.replace("UTC", "Z").replace(" Z", "Z").replace(" +", "+").replace(" -", "-")
    at = datetime.fromisoformat(plain.replace(",", "."))
    return StatedDate(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC))


def _numbers(text: str) -> StatedDate | None:
    if _WEEK_DAY.match(text):
        return _day(datetime.fromisoformat(text))
    if found := _ORDINAL.match(text):
        return _day(datetime.strptime(f"{found[1]} {found[2]}", "%Y %j"))  # noqa: DTZ007
    if found := _COMPACT.match(text):
        day, time, zone = found.groups()
        if time is None:
            return _day(datetime.fromisoformat(day))
        return StatedDate(datetime.fromisoformat(f"{day}T{time}{zone or 'Z'}").astimezone(UTC))
    if found := _EPOCH.match(text):
        scale = _SCALES.get(len(found[1]), 1.0)
        return StatedDate(datetime.fromtimestamp(int(found[1]) / scale, UTC))
    return None


def _day(at: datetime) -> StatedDate:
    return StatedDate(at.replace(tzinfo=UTC), DatePrecision.DAY)


def _written(text: str, now: datetime, hints: DateHints) -> StatedDate | None:
    """The one date that all readings agree on; among several, the one whose weekday is right."""
    rest, zone = named(text)
    plain = normalised(rest)
    found = {
        each
        for reading in readings(rest, hints.language, zone)
        for each in instants(reading, plain, hints)
        if _is_plausible(each.stated, now)
    }
    for some in ({each.stated for each in found}, {each.stated for each in found if each.fits}):
        if len(some) == 1:
            return some.pop()
    return None
