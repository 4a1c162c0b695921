"""`/unsubscribe [topic…|all] [country] ["words"]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import NewsFilter, Topic
from handlers.parsing.news_filter import filter_of, quoted_words, read_filter
from handlers.parsing.tokens import Reader, read, skipping
from handlers.parsing.topics import beginning, exact, folded_names, named, says_all, unknown_word

EXAMPLE = "/unsubscribe energy"

_FILLERS = "a about and digest digests for from me news of on please the topic topics in & +"


@dataclass(frozen=True, slots=True)
class UnsubscribeAsk:
    """The digests to end: those on these topics and with this filter; or `every` one."""

    topics: tuple[str, ...]
    filter: NewsFilter
    every: bool


def parse_unsubscribe(text: str, topics: Sequence[Topic]) -> UnsubscribeAsk:
    """Read the arguments of /unsubscribe; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        read_filter,
        skipping(_FILLERS),
        beginning(topics),
    ]
    words = quoted_words(text, EXAMPLE, folded_names(topics))
    values = read(
        words, readers, lambda word: unknown_word(word, topics, ("all",), "topic", EXAMPLE)
    )
    given = filter_of(values, EXAMPLE)
    return UnsubscribeAsk(named(values), given, every=says_all(text) and not given)
