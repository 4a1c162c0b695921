"""Times and spans in a briefing's zone, in words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.models import Briefing


def span(briefing: Briefing) -> str:
    """Return its time span: "the last 24 hours", or two instants if it does not end now."""
    window = briefing.window
    if abs(briefing.created_at - window.until) > timedelta(hours=1):
        return f"{moment(window.since, briefing)} to {_last_moment(window.until, briefing)}"
    hours = round((window.until - window.since) / timedelta(hours=1))
    if hours > 24 and hours % 24 == 0:
        return f"the last {hours // 24} days"
    return f"the last {hours} hours" if hours != 1 else "the last hour"


def _last_moment(until: datetime, briefing: Briefing) -> str:
    """The end of a span; midnight is the last minute of the day that it ends."""
    midnight = until.astimezone(ZoneInfo(briefing.timezone)).time() == time()
    return moment(until - timedelta(minutes=1) if midnight else until, briefing)


def during(briefing: Briefing) -> str:
    """Return its time span inside a sentence: "in the last 24 hours", "from 07:00 to 09:00"."""
    covered = span(briefing)
    return f"in {covered}" if covered.startswith("the ") else f"from {covered}"


def dateline(briefing: Briefing) -> str:
    """Return date, span and zone: "Mon 23 Nov 2026, 07:30 · the last 24 hours · Asia/Karachi"."""
    made = briefing.created_at.astimezone(ZoneInfo(briefing.timezone))
    return f"{made:%a} {made.day} {made:%b %Y, %H:%M} · {span(briefing)} · {briefing.timezone}"


def moment(instant: datetime, briefing: Briefing) -> str:
    """Return an instant in the briefing's zone, as short as possible: "07:10", "22 Nov, 07:10"."""
    zone = ZoneInfo(briefing.timezone)
    local, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    if local.date() == made.date():
        return f"{local:%H:%M}"
    if local.year == made.year:
        return f"{local.day} {local:%b, %H:%M}"
    return f"{local.day} {local:%b} {local.year}, {local:%H:%M}"


def published(instant: datetime, briefing: Briefing) -> str:
    """Return when an article was published; midnight in UTC stands for a day without a time."""
    if instant.time() != time():
        return moment(instant, briefing)
    year = "" if instant.year == briefing.created_at.year else f" {instant.year}"
    return f"{instant.day} {instant:%b}{year}"


def told_on(instant: datetime, briefing: Briefing) -> str:
    """Return the day of an earlier digest: "today", "yesterday", "on Monday", "on 9 Nov"."""
    zone = ZoneInfo(briefing.timezone)
    told, made = instant.astimezone(zone), briefing.created_at.astimezone(zone)
    days = (made.date() - told.date()).days
    if days < 2:
        return "today" if days < 1 else "yesterday"
    if days < 7:
        return f"on {told:%A}"
    year = "" if told.year == made.year else f" {told.year}"
    return f"on {told.day} {told:%b}{year}"
