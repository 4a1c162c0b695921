from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.calendar import (
    DAILY,
    WEEKDAYS,
    latest_occurrence,
    next_due,
    next_occurrence,
    quiet_end,
)

ZONES = sorted(available_timezones())


def local(zone: str, text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def days_of(zone: str, at: time, start: datetime, count: int) -> list[tuple[date, datetime]]:
    found = []
    for _ in range(count):
        occurrence = next_occurrence(at, DAILY, zone, start)
        found.append((occurrence.local_date, occurrence.at))
        start = occurrence.at
    return found


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("America/New_York", "02:30", "2026-03-08", "2026-03-08T03:00"),
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01T01:30"),
        ("Europe/Berlin", "02:30", "2026-03-29", "2026-03-29T03:00"),
        ("Europe/Berlin", "02:30", "2026-10-25", "2026-10-25T02:30"),
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-04T02:30"),
        ("America/Santiago", "00:15", "2026-09-06", "2026-09-06T01:00"),
        ("Africa/Cairo", "00:15", "2026-04-24", "2026-04-24T01:00"),
        ("Asia/Beirut", "00:30", "2026-03-29", "2026-03-29T01:00"),
        ("Asia/Karachi", "07:30", "2026-11-24", "2026-11-24T07:30"),
    ],
)
def test_fault_22_a_skipped_time_runs_after_the_gap_and_a_doubled_one_at_its_first(
    zone: str, at: str, day: str, expected: str
) -> None:
    eve = local(zone, f"{date.fromisoformat(day) - timedelta(days=1)}T12:00")
    occurrence = next_occurrence(time.fromisoformat(at), DAILY, zone, eve)
    assert (occurrence.local_date.isoformat(), occurrence.at) == (day, local(zone, expected))


def test_fault_22_a_date_that_a_zone_skips_has_no_digest() -> None:
    start = local("Pacific/Apia", "2011-12-28T12:00")
    days = [day.isoformat() for day, _ in days_of("Pacific/Apia", time(7), start, 3)]
    assert days == ["2011-12-29", "2011-12-31", "2012-01-01"]


def test_weekdays_leave_out_the_weekend() -> None:
    friday = local("Asia/Karachi", "2026-11-27T12:00")
    due = next_due(time(7, 30), WEEKDAYS, "Asia/Karachi", friday)
    assert due == local("Asia/Karachi", "2026-11-30T07:30")


def test_it_is_strictly_after() -> None:
    due = local("UTC", "2026-11-24T07:30")
    assert next_due(time(7, 30), DAILY, "UTC", due) == due + timedelta(days=1)
    assert latest_occurrence(time(7, 30), DAILY, "UTC", due).at == due


def test_over_all_zones_no_local_date_is_missing_and_none_comes_twice() -> None:
    """2010 to 2036, around every clock change, where alone anything can go wrong.

    Only a date that the zone itself left out is left out, as Samoa's 30 December 2011.
    """
    known = {}
    for zone in ZONES:
        known[tuple(clock_changes(zone, 2010, 2036))] = zone
    assert len(known) > 100
    for changes, zone in known.items():
        for change, *_ in changes:
            start = change - timedelta(days=3)
            for at in (time(0, 0), time(0, 15), time(2, 30), time(23, 45)):
                found = days_of(zone, at, start, 6)
                days = [day for day, _ in found]
                assert (zone, at, days) == (zone, at, dates(zone, days[0], days[-1]))
                assert all(one < next_one for (_, one), (_, next_one) in pairwise(found))


@settings(max_examples=20, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    year=st.integers(1995, 2030),
)
def test_ten_years_in_a_row_have_each_local_date_once(zone: str, at: time, year: int) -> None:
    start = datetime(year, 1, 1, 12, tzinfo=UTC)
    found = days_of(zone, at, start, 3660)
    assert [day for day, _ in found] == dates(zone, found[0][0], found[-1][0])
    assert all(one < next_one for (_, one), (_, next_one) in pairwise(found))


@settings(max_examples=100, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(0, 6), min_size=1),
    after=st.datetimes(datetime(2015, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_next_and_latest_meet(
    zone: str, at: time, weekdays: frozenset[int], after: datetime
) -> None:
    ahead = next_occurrence(at, weekdays, zone, after)
    behind = latest_occurrence(at, weekdays, zone, after)
    assert behind.at <= after < ahead.at
    assert behind.local_date < ahead.local_date
    assert ahead.local_date.weekday() in weekdays
    assert next_occurrence(at, weekdays, zone, behind.at) == ahead
    shown = ahead.at.astimezone(ZoneInfo(zone))
    assert shown.time().replace(tzinfo=None) >= at or shown.date() > ahead.local_date


def dates(zone: str, first: date, last: date) -> list[date]:
    """The dates between these two that the zone has: their noon is a time that exists."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in every if noon(zone, day).date() == day]


def noon(zone: str, day: date) -> datetime:
    info = ZoneInfo(zone)
    return datetime.combine(day, time(12), info).astimezone(UTC).astimezone(info)


Change = tuple[datetime, timedelta | None, timedelta | None]


def clock_changes(zone: str, first: int, last: int) -> list[Change]:
    """When a zone's offset changes, to the minute, and from what to what; found week by week."""
    info = ZoneInfo(zone)
    found = []
    week, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    while week < end:
        then = week + timedelta(days=7)
        before, after = week.astimezone(info).utcoffset(), then.astimezone(info).utcoffset()
        if before != after:
            found.append((_change(info, week, then), before, after))
        week = then
    return found


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("start", "end", "zone", "now", "over"),
    [
        (time(22), time(7), "UTC", "2026-11-23T21:59", None),
        (time(22), time(7), "UTC", "2026-11-23T22:00", "2026-11-24T07:00"),
        (time(22), time(7), "UTC", "2026-11-24T06:59", "2026-11-24T07:00"),
        (time(22), time(7), "UTC", "2026-11-24T07:00", None),
        (time(13), time(14), "UTC", "2026-11-24T13:30", "2026-11-24T14:00"),
        (time(13), time(14), "UTC", "2026-11-24T12:59", None),
        (time(22), time(7), "Asia/Karachi", "2026-11-23T17:00", "2026-11-24T02:00"),
        (time(22), time(2, 30), "Europe/Berlin", "2026-03-28T22:00", "2026-03-29T01:00"),
        (time(22), time(2, 30), "Europe/Berlin", "2026-10-25T00:15", "2026-10-25T00:30"),
    ],
)
def test_when_quiet_hours_are_over(
    start: time, end: time, zone: str, now: str, over: str | None
) -> None:
    expected = datetime.fromisoformat(over).replace(tzinfo=UTC) if over else None
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert quiet_end(start, end, zone, at) == expected
