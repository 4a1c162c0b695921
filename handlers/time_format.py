"""Instants, ages and weekdays as text for chats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.calendar import next_occurrence
from bot.digests.due import next_digest
from bot.languages import dated, isolated, listed, marked, plural, tr
from bot.models import UNDATED, Channel, Line, Subscription
from handlers.parsing.pause import ENDLESS
from handlers.parsing.weekdays import EVERY_DAY, WEEKEND, WORKDAYS
from handlers.parsing.zones import zone_title
from handlers.reply_lines import line

_MONDAY = date(2024, 1, 1)
"""Any Monday: the names of weekdays are counted from it."""

_DAY_SETS = {
    EVERY_DAY: marked("every day"),
    WORKDAYS: marked("Monday to Friday"),
    WEEKEND: marked("weekends"),
}


def local_time(instant: datetime, timezone: str, now: datetime | None) -> str:
    """Return when an article came out: "Tue 24 Nov, 07:30" in the zone, with another year.

    The year is there always if `now` is None.

    Midnight in UTC stands for a day without a time, "Tue 24 Nov"; UNDATED for "undated".
    """
    if instant == UNDATED:
        return tr("undated")
    if _is_day(instant):
        return dated(instant, _day_pattern(instant, timezone, now))
    return appointed(instant, timezone, now)


def appointed(instant: datetime, timezone: str, now: datetime | None) -> str:
    """Return "Tue 24 Nov, 07:30" in the zone, for what always has a time, midnight in UTC too."""
    local = instant.astimezone(ZoneInfo(timezone))
    if _this_year(local, timezone, now):
        return dated(local, tr("EEE d MMM, HH:mm"))
    return dated(local, tr("EEE d MMM y, HH:mm"))


def month_day(instant: datetime, timezone: str, now: datetime) -> str:
    """Return "24 Nov" in the zone, with another year."""
    local = instant if _is_day(instant) else instant.astimezone(ZoneInfo(timezone))
    return dated(local, tr("d MMM") if _this_year(local, timezone, now) else tr("d MMM y"))


def _day_pattern(day: datetime, timezone: str, now: datetime | None) -> str:
    return tr("EEE d MMM") if _this_year(day, timezone, now) else tr("EEE d MMM y")


def _this_year(day: datetime, timezone: str, now: datetime | None) -> bool:
    return now is not None and day.year == now.astimezone(ZoneInfo(timezone)).year


def local_day(instant: datetime, timezone: str) -> str:
    """Return "Tuesday 24 November 2026" in the zone."""
    local = instant if _is_day(instant) else instant.astimezone(ZoneInfo(timezone))
    return dated(local, tr("EEEE d MMMM y"))


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
        return plural(minutes, "{count} min", "{count} min")
    hours = round(minutes / 60)
    if hours < 48:
        return plural(hours, "{count} h", "{count} h")
    return plural(round(hours / 24), "{count} day", "{count} days")


def until(instant: datetime, now: datetime) -> str:
    """Return "in 14 h", or "now" for what is due."""
    return tr("in {age}", age=length(instant - now)) if instant > now else tr("now")


def days_title(weekdays: frozenset[int]) -> str:
    """Return "every day", "Monday to Friday", "weekends" or "Mon, Thu"."""
    if weekdays in _DAY_SETS:
        return tr(_DAY_SETS[weekdays])
    return tr(", ").join(dated(_MONDAY + timedelta(days=day), "ccc") for day in sorted(weekdays))


def rhythm(subscription: Subscription) -> str:
    """Return the schedule of a subscription: "07:30, every day, Asia/Karachi"."""
    days = days_title(subscription.weekdays)
    if subscription.weekly:
        days = tr("weekly on {days}", days=listed(_weekdays(subscription.weekdays)))
    zone = isolated(zone_title(subscription.timezone))
    return tr(", ").join((f"{subscription.at:%H:%M}", days, zone))


def _weekdays(days: frozenset[int]) -> list[str]:
    return [dated(_MONDAY + timedelta(days=day), "EEEE") for day in sorted(days)]


def next_time(subscription: Subscription, channel: Channel, now: datetime) -> str:
    """Return the time of the next digest: "Tue 24 Nov, 07:30 (in 14 h)", after a pause if there is.

    It is "paused" where the pause lasts until somebody resumes.
    """
    if channel.paused_until == ENDLESS:
        return tr("paused")
    due = next_digest(subscription, channel, now)
    return f"{appointed(due, subscription.timezone, now)} ({until(due, now)})"


def soonest_time(subscriptions: Iterable[Subscription], channel: Channel, now: datetime) -> str:
    """Return the time of the first of the next digests, as `next_time` says it."""
    first = min(subscriptions, key=lambda each: next_digest(each, channel, now))
    return next_time(first, channel, now)


def had_today(moved: Iterable[Subscription], now: datetime) -> tuple[Line, ...]:
    """Return why a digest that was moved skips its next time: it had its turn that day."""
    for each in moved:
        following = next_occurrence(each.at, each.weekdays, each.timezone, now)
        if following.at < each.next_due:
            day = datetime.combine(following.local_date, time(), UTC)
            return (
                line(
                    tr(
                        "This digest had its turn on {day} already, and it comes at most once a "
                        "day.",
                        day=dated(day, tr("EEE d MMM")),
                    )
                ),
            )
    return ()
