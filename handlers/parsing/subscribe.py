"""`/subscribe topic… [country] ["words"] [-words] [at 07:30] [weekdays|mon,thu] [in Karachi]`.

A country before the time is what the digest is about, one after it names the time zone.
`/unsubscribe [topic…|all] [country] ["words"] [at 18:00] [weekly]` ends digests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.errors import UsageError
from bot.languages import tr
from bot.models import NO_FILTER, NewsFilter, Topic
from handlers.parsing.bullet_count import LENGTHS, Bullets, read_bullets
from handlers.parsing.news_filter import HINT, Filtered, filter_of, quoted_words, read_filter
from handlers.parsing.rhythm import Also, Slot, Weekly, read_also, read_weekly, slots_of
from handlers.parsing.time_of_day import At, read_no_time, read_part, read_time
from handlers.parsing.tokens import Found, Reader, Word, only, read, shown, skipping
from handlers.parsing.topics import (
    beginning,
    exact,
    folded_names,
    named,
    says_all,
    unknown_word,
)
from handlers.parsing.weekdays import NAMES, read_days
from handlers.parsing.zones import Zone, like, read_zone

EXAMPLE = "/subscribe energy at 07:30 weekdays in Karachi"
ENDING_EXAMPLE = "/unsubscribe energy"

_AND = frozenset({"and", "&"})

_DAY_WORDS = (*NAMES, "daily", "weekdays", "weekends")
FILLERS = (
    "a about and brief briefing briefings digest digests each every for from get i in local me "
    "news of on or please plus send the time to topic topics want with & + - – —"
)


_ENDING_FILLERS = "a about and digest digests for from me news of on please the topic topics in & +"


@dataclass(frozen=True, slots=True)
class SubscribeAsk:
    """The arguments of /subscribe; None and no topics mean not given.

    `at`, `weekdays` and `weekly` are those of the first digest, `more` are the others; with `also`
    the digests on the same topics stay.
    """

    topics: tuple[str, ...]
    at: time | None
    weekdays: frozenset[int] | None
    timezone: str | None
    bullets: int | None
    filter: NewsFilter = NO_FILTER
    weekly: bool = False
    more: tuple[Slot, ...] = ()
    also: bool = False

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All digests that were named; none where neither a time nor a day was."""
        first = Slot(self.at, self.weekdays, self.weekly)
        return () if first == Slot() else (first, *self.more)


@dataclass
class _Clocked:
    """Reads times and zones, and countries until one of these was read: after it they are zones."""

    timed: bool = False

    def time(self, words: Sequence[Word]) -> Found[At] | None:
        found = read_time(words)
        if found is None and self.timed and words[0].key in _AND:
            found = _another(words)
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


def _another(words: Sequence[Word]) -> Found[At] | None:
    """Read "and 8" after a time; "and 5 bullets" is none."""
    bullets = len(words) > 1 and read_bullets(words[1:])
    return read_time([Word("at", "at"), *words[1:]]) if len(words) > 1 and not bullets else None


def parse_subscribe(text: str, topics: Sequence[Topic]) -> SubscribeAsk:
    """Read the arguments of /subscribe; raises UsageError naming what was not understood."""
    clocked = _Clocked()
    readers: list[Reader[object]] = [
        exact(topics),
        read_bullets,
        clocked.time,
        read_part,
        read_weekly,
        read_also,
        read_days,
        clocked.filter,
        clocked.zone,
        read_no_time,
        skipping(FILLERS),
        beginning(topics),
    ]
    words = quoted_words(text, EXAMPLE, folded_names(topics))
    values = read(words, readers, lambda word: _unknown(word, topics))
    zone = only(values, Zone, tr("A digest has one time zone: name one."), EXAMPLE)
    bullets = only(values, Bullets, tr("Name one length: short, long, or 7 bullets."), EXAMPLE)
    first, *more = slots_of(values, EXAMPLE) or (Slot(),)
    return SubscribeAsk(
        topics=named(values),
        at=first.at,
        weekdays=first.weekdays,
        weekly=first.weekly,
        more=tuple(more),
        also=any(isinstance(value, Also) for value in values),
        timezone=zone.name if zone else None,
        bullets=bullets.most if bullets else None,
        filter=filter_of(values, EXAMPLE),
    )


@dataclass(frozen=True, slots=True)
class UnsubscribeAsk:
    """The digests to end: those on these topics and with this filter; or `every` one.

    Of several on the same topics only that `at` a time, or the `weekly` one.
    """

    topics: tuple[str, ...]
    filter: NewsFilter
    every: bool
    at: time | None = None
    weekly: bool = False

    @property
    def one(self) -> bool:
        """Whether it names one of several digests on the same topics."""
        return self.weekly or self.at is not None


def parse_unsubscribe(text: str, topics: Sequence[Topic]) -> UnsubscribeAsk:
    """Read the arguments of /unsubscribe; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        read_time,
        read_weekly,
        read_filter,
        skipping(_ENDING_FILLERS),
        beginning(topics),
    ]
    words = quoted_words(text, ENDING_EXAMPLE, folded_names(topics))
    values = read(
        words,
        readers,
        lambda word: unknown_word(word, topics, ("all",), tr("topic"), ENDING_EXAMPLE),
    )
    given = filter_of(values, ENDING_EXAMPLE)
    at = only(values, At, tr("Name one time of day, such as 18:00."), ENDING_EXAMPLE)
    weekly = any(isinstance(value, Weekly) for value in values)
    every = says_all(text) and not (given or at or weekly)
    return UnsubscribeAsk(named(values), given, every, at.at if at else None, weekly)


def _unknown(word: Word, topics: Sequence[Topic]) -> UsageError:
    if word.key.isdecimal():
        return UsageError(
            tr(
                "What does {text} stand for? Write a time as 07:30, 7am or at 7.",
                text=shown(word.text),
            ),
            EXAMPLE,
        )
    known = (*_DAY_WORDS, *LENGTHS, *like(word.text, cutoff=88))
    kinds = tr("topic, country, time, day or time zone")
    return unknown_word(word, topics, known, kinds, EXAMPLE, hint=tr(HINT))
