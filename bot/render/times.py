"""Times and spans in a briefing's zone, in words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.languages import dated, isolated, plural, tr
from bot.models import Briefing


def span(briefing: Briefing) -> str:
    """Return its time span: "the last 24 hours", or two instants if it does not end now."""
    window = briefing.window
    if not _ends_now(briefing):
        since, until = moment(window.since, briefing), _last_moment(window.until, briefing)
        return tr("{since} to {until}", since=since, until=until)
    hours = round((window.until - window.since) / timedelta(hours=1))
    if hours > 24 and hours % 24 == 0:
        return plural(hours // 24, "the last day", "the last {count} days")
    return plural(hours, "the last hour", "the last {count} hours")


def _ends_now(briefing: Briefing) -> bool:
    return abs(briefing.created_at - briefing.window.until) <= timedelta(hours=1)


def _last_moment(until: datetime, briefing: Briefing) -> str:
    """The end of a span; midnight is the last minute of the day that it ends."""
    midnight = until.astimezone(ZoneInfo(briefing.timezone)).time() == time()
    return moment(until - timedelta(minutes=1) if midnight else until, briefing)


def during(briefing: Briefing) -> str:
    """Return its time span inside a sentence: "in the last 24 hours", "from 07:00 to 09:00"."""
    covered = span(briefing)
    if _ends_now(briefing):
        return tr("in {span}", span=covered)
    return tr("from {span}", span=covered)


def dateline(briefing: Briefing) -> str:
    """Return date, zone and span: "Mon 23 Nov 2026, 07:30 (Asia/Karachi) · the last 24 hours"."""
    made = briefing.created_at.astimezone(ZoneInfo(briefing.timezone))
    day = dated(made, tr("EEE d MMM y, HH:mm"))
    return f"{day} ({isolated(briefing.timezone)}) · {span(briefing)}"


def moment(instant: datetime, briefing: Briefing) -> str:
    """Return an instant in the briefing's zone, as short as possible: "07:10", "22 Nov, 07:10"."""
    zone = ZoneInfo(briefing.timezone)
    local, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    if local.date() == made.date():
        return dated(local, tr("HH:mm"))
    if local.year == made.year:
        return dated(local, tr("d MMM, HH:mm"))
    return dated(local, tr("d MMM y, HH:mm"))


def published(instant: datetime, briefing: Briefing) -> str:
    """Return when an article was published; midnight in UTC stands for a day without a time."""
    if instant.time() != time():
        return moment(instant, briefing)
    return _day(instant, instant.year == briefing.created_at.year)


def _day(day: datetime, this_year: bool) -> str:
    return dated(day, tr("d MMM") if this_year else tr("d MMM y"))


def told_on(instant: datetime, briefing: Briefing) -> str:
    """Return the day of an earlier digest: "today", "yesterday", "on Monday", "on 9 Nov"."""
    zone = ZoneInfo(briefing.timezone)
    told, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    days = (made.date() - told.date()).days
    if days < 2:
        return tr("today") if days < 1 else tr("yesterday")
    if days < 7:
        return tr("on {day}", day=dated(told, "EEEE"))
    return tr("on {day}", day=_day(told, told.year == made.year))
