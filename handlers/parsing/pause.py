"""`/pause until monday`, `/pause 7d`, `/pause until 5 dec`, `/pause`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.dates import read_date
from handlers.parsing.durations import read_length
from handlers.parsing.time_of_day import read_time
from handlers.parsing.tokens import Word, shown, split
from handlers.parsing.weekdays import one_day

EXAMPLE = "/pause until Monday"

ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a pause that lasts until somebody resumes."""

LONGEST = timedelta(days=366)

_FILLERS = frozenset(
    ("until", "till", "to", "for", "the", "next", "digests", "all", "everything", "this", "please")
)
_ENDLESS = frozenset(("resumed", "resume", "further", "forever", "indefinitely", "notice"))


def parse_pause(text: str, now: datetime, timezone: str) -> datetime | None:
    """Read when a pause ends, an aware instant after `now`; None where nothing is said.

    A day is its first moment, in the zone. Raises UsageError for what is not understood.
    """
    words = [word for word in split(text, EXAMPLE) if word.key not in _FILLERS]
    if not words:
        return None
    if words[0].key in _ENDLESS:
        return ENDLESS
    local = now.astimezone(ZoneInfo(timezone))
    length = read_length(words)
    if length is not None:
        return _within(now + min(length.value, 2 * LONGEST), words, length.length, now)
    day, used = _day(words, local.date())
    at = read_time(words[used:]) if words[used:] else None
    if day is None and at is None:
        raise UsageError(
            tr("I do not understand {text}: write a day.", text=shown(words[0].text)), EXAMPLE
        )
    day = day or local.date()
    until = datetime.combine(day, at.value.at if at else time(), local.tzinfo)
    if until <= now and used == 0:
        until += timedelta(days=1)
    return _within(until.astimezone(UTC), words, used + (at.length if at else 0), now)


def typed_until(text: str, now: datetime, timezone: str) -> str:
    """Return a pause such as `7d` with its day: `until 2026-11-30`, `until 2026-11-30 17:00`."""
    until = parse_pause(text, now, timezone) or now
    local = until.astimezone(ZoneInfo(timezone))
    return f"until {local:%Y-%m-%d}" if local.time() == time() else f"until {local:%Y-%m-%d %H:%M}"


def _day(words: list[Word], today: date) -> tuple[date | None, int]:
    """Return the day that the first words name, in the future, and how many words that takes."""
    if words[0].key == "tomorrow":
        return today + timedelta(days=1), 1
    weekday = one_day(words[0].key)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), 1
    found = read_date(words, today)
    if found is None:
        return None, 0
    day = found.value
    if day <= today and "-" not in words[0].key and found.length == 2:
        day = day.replace(year=day.year + 1)
    return day, found.length


def _within(until: datetime, words: list[Word], used: int, now: datetime) -> datetime:
    if len(words) > used:
        raise UsageError(
            tr("I do not understand {text} here.", text=shown(words[used].text)), EXAMPLE
        )
    if until <= now:
        said = shown(" ".join(word.text for word in words[:used]))
        raise UsageError(tr("{said} is over: name a later day or hour.", said=said), EXAMPLE)
    if until > now + LONGEST:
        raise UsageError(tr("A pause ends within a year from now."), EXAMPLE)
    return until
