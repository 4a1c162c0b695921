"""Times of day: `7.30`, `19:05`, `7:30 pm`, `at 8`, `8 in the evening`, `19h`, `noon`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.errors import UsageError
from bot.languages import tr
from handlers.parsing.tokens import Found, Word, phrase, shown

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:(?P<sharp>h)|[:.h]?(?P<minute>\d{2}))?(?P<half>am|pm|a\.m|p\.m)?",
    re.ASCII,
)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HALVES = {"am": False, "a.m": False, "pm": True, "p.m": True}
_STARTS = {"morning": 0, "afternoon": 12, "evening": 13, "night": 18}
_PARTS = {
    lead + part: start for part, start in _STARTS.items() for lead in ("", "in the ", "the ", "at ")
}
_LEADS = frozenset({"at", "by", "from", "around"})
_MARKS = _LEADS - {"from"}
_TAILS = frozenset({"o'clock", "oclock", "o’clock", "uhr"})
_AFTER_MINUTES = frozenset({"hrs", "hours"})


@dataclass(frozen=True, slots=True)
class At:
    """A time of day; `sure` is false where a part of the day may still move it."""

    at: time
    sure: bool = True


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A range of twelve hours; that of the night continues into the next day."""

    start: int


def read_time(words: Sequence[Word]) -> Found[At] | None:
    """Read a time of day; a bare number is one only after "at" or before "in the morning"."""
    lead = int(words[0].key in _LEADS)
    rest = words[lead:]
    if not rest:
        return None
    if rest[0].key in _NAMED:
        return Found(lead + 1, At(_NAMED[rest[0].key]))
    match = _TIME.fullmatch(rest[0].key)
    if match is None:
        return None
    half, used = _half(match["half"], rest[1:])
    tail = _tail(rest[1 + used :], minutes=match["minute"] is not None)
    bare = match["minute"] is None and match["sharp"] is None and half is None and not tail
    if bare and not lead and not (rest[1:] and read_part(rest[1:])):
        return None
    at = _at(rest[0], int(match["hour"]), int(match["minute"] or 0), later=half)
    return Found(lead + 1 + used + tail, At(at, sure=half is not None))


def read_no_time(words: Sequence[Word]) -> None:
    """Raise UsageError for "at" without a time of day."""
    if words[0].key not in _MARKS:
        return
    if len(words) == 1:
        raise UsageError(
            tr("Write a time of day after “{text}”, such as 07:30.", text=words[0].text)
        )
    raise UsageError(
        tr(
            "I do not understand {text} after “{before}”: write a time of day, such "
            "as 07:30 or 7:30 pm.",
            text=shown(words[1].text),
            before=words[0].text,
        )
    )


def read_part(words: Sequence[Word]) -> Found[PartOfDay] | None:
    """Read "in the morning", "evening" and the like."""
    found = phrase(words, _PARTS)
    return Found(found.length, PartOfDay(found.value)) if found else None


def in_part(at: At, part: PartOfDay | None) -> time:
    """Move an unsure time into the part of the day that was named."""
    if part is None or at.sure or at.at.hour > 12:
        return at.at
    return at.at.replace(hour=(part.start + (at.at.hour - part.start) % 12) % 24)


def _half(attached: str | None, rest: Sequence[Word]) -> tuple[bool | None, int]:
    if attached:
        return _HALVES[attached], 0
    if rest and rest[0].key in _HALVES:
        return _HALVES[rest[0].key], 1
    return None, 0


def _tail(rest: Sequence[Word], *, minutes: bool) -> int:
    known = _TAILS | _AFTER_MINUTES if minutes else _TAILS
    return int(bool(rest) and rest[0].key in known)


def _at(word: Word, hour: int, minute: int, *, later: bool | None) -> time:
    if minute > 59 or hour > 23 or (later is not None and not 1 <= hour <= 12):
        raise UsageError(
            tr(
                "{text} is not a time of day: write one such as 07:30 or 7:30 pm.",
                text=shown(word.text),
            )
        )
    if later is None:
        return time(hour, minute)
    return time(hour % 12 + (12 if later else 0), minute)
