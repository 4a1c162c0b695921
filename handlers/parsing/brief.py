"""`/brief [topic…] [24h|7d|yesterday|since monday] [short|long]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.models import Topic, Window
from handlers.parsing.bullet_count import LENGTHS, Bullets, read_bullets
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import Reader, Word, only, read, shown, skipping, split
from handlers.parsing.topics import beginning, exact, named, unknown_word

EXAMPLE = "/brief energy 48h short"

_SPAN_WORDS = ("24h", "7d", "today", "yesterday", "since", "last", "week", "hours", "days")
FILLERS = (
    "a about and brief briefing digest for from give in latest me news of on over please plus "
    "the topic topics what's with & + - – —"
)


@dataclass(frozen=True, slots=True)
class BriefAsk:
    """The arguments of /brief; None and no topics mean the defaults."""

    topics: tuple[str, ...]
    window: Window | None
    bullets: int | None


def parse_brief(text: str, topics: Sequence[Topic], spans: Spans) -> BriefAsk:
    """Read the arguments of /brief; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        read_bullets,
        spans.read,
        skipping(FILLERS),
        beginning(topics),
    ]
    values = read(split(text, EXAMPLE), readers, lambda word: _unknown(word, topics))
    bullets = only(values, Bullets, "Name one length: short, long, or 7 bullets.", EXAMPLE)
    return BriefAsk(
        topics=named(values),
        window=only(values, Window, "Name one span of time, such as 48h.", EXAMPLE),
        bullets=bullets.most if bullets else None,
    )


def _unknown(word: Word, topics: Sequence[Topic]) -> UsageError:
    if word.key.isdecimal():
        return UsageError(
            f"What does {shown(word.text)} mean? Write hours as 24h, days as 7d, "
            "a length as 5 bullets.",
            EXAMPLE,
        )
    known = (*LENGTHS, *_SPAN_WORDS)
    return unknown_word(word, topics, known, "topic, span of time or length", EXAMPLE)
