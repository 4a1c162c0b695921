"""`/subscribe topic… [country] ["words"] [-words] [at 07:30] [weekdays|mon,thu] [in Karachi]`.

A country before the time is what the digest is about, one after it names the time zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.errors import UsageError
from bot.models import NO_FILTER, NewsFilter, Topic
from handlers.parsing.bullet_count import LENGTHS, Bullets, read_bullets
from handlers.parsing.news_filter import Filtered, filter_of, quoted_words, read_filter
from handlers.parsing.time_of_day import At, PartOfDay, in_part, read_no_time, read_part, read_time
from handlers.parsing.tokens import Found, Reader, Word, only, read, shown, skipping
from handlers.parsing.topics import beginning, exact, folded_names, named, unknown_word
from handlers.parsing.weekdays import NAMES, Days, combined, read_days
from handlers.parsing.zones import Zone, like, read_zone

EXAMPLE = "/subscribe energy at 07:30 weekdays in Karachi"

_DAY_WORDS = (*NAMES, "daily", "weekdays", "weekends")
FILLERS = (
    "a about and brief briefing briefings digest digests each every for from get i in local me "
    "news of on please plus send the time to topic topics want with & + - – —"
)


@dataclass(frozen=True, slots=True)
class SubscribeAsk:
    """The arguments of /subscribe; None and no topics mean not given."""

    topics: tuple[str, ...]
    at: time | None
    weekdays: frozenset[int] | None
    timezone: str | None
    bullets: int | None
    filter: NewsFilter = NO_FILTER


@dataclass
class _Clocked:
    """Reads times and zones, and countries until one of these was read: after it they are zones."""

    timed: bool = False

    def time(self, words: Sequence[Word]) -> Found[At] | None:
        found = read_time(words)
        self.timed = self.timed or found is not None
        return found

    def zone(self, words: Sequence[Word]) -> Found[Zone] | None:
        found = read_zone(words)
        self.timed = self.timed or found is not None
        return found

    def filter(self, words: Sequence[Word]) -> Found[Filtered] | None:
        found = read_filter(words)
        if found is None or not self.timed:
            return found
        named = [each for each in found.value.terms if each.country]
        return None if named and not found.value.unwanted else found


def parse_subscribe(text: str, topics: Sequence[Topic]) -> SubscribeAsk:
    """Read the arguments of /subscribe; raises UsageError naming what was not understood."""
    clocked = _Clocked()
    readers: list[Reader[object]] = [
        exact(topics),
        read_bullets,
        clocked.time,
        read_part,
        read_days,
        clocked.filter,
        clocked.zone,
        read_no_time,
        skipping(FILLERS),
        beginning(topics),
    ]
    words = quoted_words(text, EXAMPLE, folded_names(topics))
    values = read(words, readers, lambda word: _unknown(word, topics))
    zone = only(values, Zone, "A subscription has one time zone: name one.", EXAMPLE)
    bullets = only(values, Bullets, "Name one length: short, long, or 7 bullets.", EXAMPLE)
    return SubscribeAsk(
        topics=named(values),
        at=_time(values),
        weekdays=combined([value for value in values if isinstance(value, Days)]),
        timezone=zone.name if zone else None,
        bullets=bullets.most if bullets else None,
        filter=filter_of(values, EXAMPLE),
    )


def _time(values: Sequence[object]) -> time | None:
    at = only(values, At, "A subscription has one time of day: name one.", EXAMPLE)
    part = only(values, PartOfDay, "Name one time of day, such as 07:30.", EXAMPLE)
    if at is None and part is not None:
        raise UsageError("Write the hour as well, such as 07:30 or 7:30 pm.", EXAMPLE)
    return in_part(at, part) if at else None


def _unknown(word: Word, topics: Sequence[Topic]) -> UsageError:
    if word.key.isdecimal():
        return UsageError(
            f"What does {shown(word.text)} stand for? Write a time as 07:30, 7am or at 7.", EXAMPLE
        )
    known = (*_DAY_WORDS, *LENGTHS, *like(word.text, cutoff=88))
    return unknown_word(word, topics, known, "topic, country, time, day or time zone", EXAMPLE)
