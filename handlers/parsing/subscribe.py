"""`/subscribe topic… [at 07:30] [weekdays|daily|mon,thu] [in Asia/Karachi] [short|long]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.errors import UsageError
from bot.models import Topic
from handlers.parsing.bullet_count import LENGTHS, Bullets, read_bullets
from handlers.parsing.time_of_day import At, PartOfDay, in_part, read_no_time, read_part, read_time
from handlers.parsing.tokens import Reader, Word, only, read, shown, skipping, split
from handlers.parsing.topics import beginning, exact, named, unknown_word
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


def parse_subscribe(text: str, topics: Sequence[Topic]) -> SubscribeAsk:
    """Read the arguments of /subscribe; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        read_bullets,
        read_time,
        read_part,
        read_days,
        read_zone,
        read_no_time,
        skipping(FILLERS),
        beginning(topics),
    ]
    values = read(split(text, EXAMPLE), readers, lambda word: _unknown(word, topics))
    zone = only(values, Zone, "A subscription has one time zone: name one.", EXAMPLE)
    bullets = only(values, Bullets, "Name one length: short, long, or 7 bullets.", EXAMPLE)
    return SubscribeAsk(
        topics=named(values),
        at=_time(values),
        weekdays=combined([value for value in values if isinstance(value, Days)]),
        timezone=zone.name if zone else None,
        bullets=bullets.most if bullets else None,
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
    return unknown_word(word, topics, known, "topic, time, day or time zone", EXAMPLE)
