"""Past time spans: `48h`, `yesterday`, `since monday`, `from 1 nov to 5 nov`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UsageError
from bot.languages import tr
from bot.models import Window
from handlers.parsing.dates import read_date
from handlers.parsing.durations import read_length
from handlers.parsing.time_of_day import read_time
from handlers.parsing.tokens import Found, Word, shown

LONGEST = timedelta(days=31)

_SINCE = frozenset({"since", "from", "after"})
_UNTIL = frozenset({"until", "till", "to", "before", "-", "–", "—"})
_A_MINUTE = timedelta(minutes=1)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spans:
    """Reads time spans in `timezone`, relative to `now`, up to the length `longest`."""

    now: datetime
    timezone: str
    longest: timedelta = LONGEST

    def read(self, words: Sequence[Word]) -> Found[Window] | None:
        """Read a length of time back from now, a day, or "since" with a moment."""
        if words[0].key in _SINCE and len(words) > 1:
            return self._since(words) if words[0].key != "from" or self.moment(words[1:]) else None
        length = read_length(words)
        if length:
            return Found(length.length, self._window(self._back(length.value), self.now))
        return self._this(words) or self._one_day(words)

    def moment(self, words: Sequence[Word], *, end: bool = False) -> Found[datetime] | None:
        """Read one instant; a day is its first moment, or its last where it ends a span."""
        length = read_length(words)
        if length:
            ago = words[length.length : length.length + 1]
            used = length.length + int(bool(ago) and ago[0].key == "ago")
            return Found(used, self._back(length.value))
        if words[0].key == "now":
            return Found(1, self.now)
        day = read_date(words, self._today)
        if day is None:
            return self._iso(words[0]) or self._time_of_day(words)
        at = read_time(words[day.length :]) if words[day.length :] else None
        if at:
            return Found(day.length + at.length, self._local(day.value, at.value.at))
        return Found(day.length, self._local(day.value + _A_DAY if end else day.value))

    def _since(self, words: Sequence[Word]) -> Found[Window]:
        start = self._named_moment(words)
        used = 1 + start.length
        if len(words) < used + 2 or words[used].key not in _UNTIL:
            return Found(used, self._window(start.value, self.now))
        end = self._named_moment(words[used:], end=True)
        return Found(used + 1 + end.length, self._window(start.value, end.value))

    def _named_moment(self, words: Sequence[Word], *, end: bool = False) -> Found[datetime]:
        found = self.moment(words[1:], end=end)
        if found is None:
            raise UsageError(
                tr(
                    "I do not understand {text} after “{before}”: write a day, a date or a "
                    "time, such as monday, 2026-11-01 or 08:00.",
                    text=shown(words[1].text),
                    before=words[0].text,
                )
            )
        return found

    def _this(self, words: Sequence[Word]) -> Found[Window] | None:
        first, second = words[0].key, words[1].key if len(words) > 1 else ""
        starts = {
            "week": self._today - timedelta(days=self._today.weekday()),
            "month": self._today.replace(day=1),
            "morning": self._today,
        }
        if first == "this" and second in starts:
            return Found(2, self._window(self._local(starts[second]), self.now))
        return None

    def _one_day(self, words: Sequence[Word]) -> Found[Window] | None:
        lead = int(words[0].key == "on" and len(words) > 1)
        day = read_date(words[lead:], self._today)
        if day is None:
            return None
        window = self._window(self._local(day.value), self._local(day.value + _A_DAY))
        return Found(lead + day.length, window)

    def _time_of_day(self, words: Sequence[Word]) -> Found[datetime] | None:
        """Read a time of day: today's, or yesterday's where today's is still to come."""
        at = read_time(words)
        if at is None:
            return None
        today = self._local(self._today, at.value.at)
        past = today if today < self.now else self._local(self._today - _A_DAY, at.value.at)
        return Found(at.length, past)

    def _iso(self, word: Word) -> Found[datetime] | None:
        """Read an ISO date with a time; local where it names no offset."""
        try:
            given = datetime.fromisoformat(word.key.upper())
            zoned = given if given.tzinfo else given.replace(tzinfo=ZoneInfo(self.timezone))
            return Found(1, zoned.astimezone(UTC))
        except (ValueError, OverflowError):
            return None

    def _back(self, length: timedelta) -> datetime:
        if not _A_MINUTE <= length <= self.longest:
            raise UsageError(
                tr(
                    "A briefing covers at least a minute and at most {days} days.",
                    days=self.longest.days,
                )
            )
        return self.now - length

    def _window(self, since: datetime, until: datetime) -> Window:
        if since >= self.now:
            raise UsageError(tr("That is in the future: a briefing covers the past."))
        if since >= until:
            raise UsageError(tr("That span ends before it begins."))
        if until - since > self.longest + _A_DAY:
            raise UsageError(
                tr("That span is too long: the maximum is {days} days.", days=self.longest.days)
            )
        return Window(since, min(until, self.now))

    @property
    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.timezone)).date()

    def _local(self, day: date, at: time = time(0)) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.timezone)).astimezone(UTC)
