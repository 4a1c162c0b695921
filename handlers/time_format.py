"""Instants, ages and weekdays as text for chats."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models import UNDATED, Subscription
from handlers.parsing.weekdays import EVERY_DAY, NAMES, WEEKEND, WORKDAYS
from handlers.parsing.zones import zone_title

_DAY_SETS = {EVERY_DAY: "every day", WORKDAYS: "Monday to Friday", WEEKEND: "weekends"}


def local_time(instant: datetime, timezone: str, now: datetime | None) -> str:
    """Return when an article came out: "Tue 24 Nov, 07:30" in the zone, with another year.

    The year is there always if `now` is None.

    Midnight in UTC stands for a day without a time, "Tue 24 Nov"; UNDATED for "undated".
    """
    if instant == UNDATED:
        return "undated"
    if _is_day(instant):
        return f"{instant:%a} {instant.day} {instant:%b}{_other_year(instant, timezone, now)}"
    return appointed(instant, timezone, now)


def appointed(instant: datetime, timezone: str, now: datetime | None) -> str:
    """Return "Tue 24 Nov, 07:30" in the zone, for what always has a time, midnight in UTC too."""
    local = instant.astimezone(ZoneInfo(timezone))
    return f"{local:%a} {local.day} {local:%b}{_other_year(local, timezone, now)}, {local:%H:%M}"


def _other_year(day: datetime, timezone: str, now: datetime | None) -> str:
    this = now is not None and day.year == now.astimezone(ZoneInfo(timezone)).year
    return "" if this else f" {day.year}"


def local_day(instant: datetime, timezone: str) -> str:
    """Return "Tuesday 24 November 2026" in the zone."""
    local = instant if _is_day(instant) else instant.astimezone(ZoneInfo(timezone))
    return f"{local:%A} {local.day} {local:%B %Y}"


def local_clock(instant: datetime, timezone: str) -> str:
    """Return "07:30" in the zone; nothing for a day without a time."""
    if _is_day(instant):
        return ""
    return f"{instant.astimezone(ZoneInfo(timezone)):%H:%M}"


def _is_day(instant: datetime) -> bool:
    return instant.astimezone(UTC).time() == time()


def length(delta: timedelta) -> str:
    """Return a rounded length of time: "5 min", "14 h", "3 days"."""
    minutes = max(0, round(delta / timedelta(minutes=1)))
    if minutes < 90:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"


def until(instant: datetime, now: datetime) -> str:
    """Return "in 14 h", or "now" for what is due."""
    return f"in {length(instant - now)}" if instant > now else "now"


def days_title(weekdays: frozenset[int]) -> str:
    """Return "every day", "Monday to Friday", "weekends" or "Mon, Thu"."""
    return _DAY_SETS.get(weekdays) or ", ".join(NAMES[day][:3] for day in sorted(weekdays))


def rhythm(subscription: Subscription) -> str:
    """Return the schedule of a subscription: "07:30, every day, Asia/Karachi"."""
    days = days_title(subscription.weekdays)
    if subscription.weekly:
        days = f"weekly on {' and '.join(NAMES[day] for day in sorted(subscription.weekdays))}"
    return f"{subscription.at:%H:%M}, {days}, {zone_title(subscription.timezone)}"


def next_time(subscription: Subscription, now: datetime) -> str:
    """Return the time of the next digest: "Tue 24 Nov, 07:30 (in 14 h)"."""
    due = subscription.next_due
    return f"{appointed(due, subscription.timezone, now)} ({until(due, now)})"
