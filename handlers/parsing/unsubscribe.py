"""`/unsubscribe [topic…|all]`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.models import Topic
from handlers.parsing.topics import beginning, exact, named, unknown_word
from handlers.parsing.words import Reader, read, skipping, split

EXAMPLE = "/unsubscribe energy"

_FILLERS = "a and briefing digest digests for from me news of please the topic topics"


def parse_unsubscribe(text: str, topics: Sequence[Topic]) -> tuple[str, ...]:
    """Read topic names, or "all"; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [exact(topics), skipping(_FILLERS), beginning(topics)]
    words = split(text, EXAMPLE)
    return named(
        read(words, readers, lambda word: unknown_word(word, topics, ("all",), "topic", EXAMPLE))
    )
