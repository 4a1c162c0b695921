"""When a subscription is due: local time, weekdays and zone → instants; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAILY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
_DAY = timedelta(days=1)
_SPAN = 16
"""Days to look ahead or back: two weeks, and a day at each end for zones and skipped dates."""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """When a digest is due: the instant (UTC) and the local date that it belongs to."""

    at: datetime
    local_date: date


def next_occurrence(
    at: time, weekdays: frozenset[int], timezone: str, after: datetime
) -> Occurrence:
    """Return the first occurrence strictly after the instant `after`.

    A local time that the clock skips counts as the first instant after the gap; one that occurs
    twice counts as the first. A date that the zone skips entirely has no occurrence.
    """
    start = after.astimezone(ZoneInfo(timezone)).date() - _DAY
    found = _occurrences(at, weekdays, timezone, start, 1)
    return next(each for each in found if each.at > after)


def latest_occurrence(
    at: time, weekdays: frozenset[int], timezone: str, now: datetime
) -> Occurrence:
    """Return the last occurrence at or before `now`; the same rules as `next_occurrence`."""
    start = now.astimezone(ZoneInfo(timezone)).date() + _DAY
    found = _occurrences(at, weekdays, timezone, start, -1)
    return next(each for each in found if each.at <= now)


def next_due(at: time, weekdays: frozenset[int], timezone: str, after: datetime) -> datetime:
    """Return the instant of `next_occurrence`."""
    return next_occurrence(at, weekdays, timezone, after).at


def quiet_end(start: time, end: time, timezone: str, now: datetime) -> datetime | None:
    """Return when the present quiet hours end; None if `now` is not within quiet hours."""
    begun = latest_occurrence(start, DAILY, timezone, now).at
    over = next_due(end, DAILY, timezone, begun)
    return over if now < over else None


def _occurrences(
    at: time, weekdays: frozenset[int], timezone: str, start: date, step: int
) -> Iterator[Occurrence]:
    zone = ZoneInfo(timezone)
    for days in range(_SPAN):
        day = start + step * days * _DAY
        if day.weekday() not in weekdays:
            continue
        instant = _instant(day, at, zone)
        if instant is not None:
            yield Occurrence(instant, day)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    wall = datetime.combine(day, at)
    latest = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall(latest, zone) == wall:
        return latest
    earliest = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    change = _change_between(earliest, latest, zone)
    before, after = _wall(change - timedelta(seconds=1), zone), _wall(change, zone)
    return None if before.date() < day < after.date() else change


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant, to the second, at which the zone's offset changes."""
    offset = before.astimezone(zone).utcoffset()
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)
