"""`/brief [topic…] [country] ["words"] [-words] [24h|7d|yesterday|since monday] [short|long]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import UsageError
from bot.languages import tr
from bot.models import NO_FILTER, NewsFilter, Topic, Window
from handlers.parsing.bullet_count import LENGTHS, Bullets, read_bullets
from handlers.parsing.news_filter import HINT, filter_of, like_countries, quoted_words, read_filter
from handlers.parsing.time_window import Spans
from handlers.parsing.tokens import Reader, Word, only, read, shown, skipping
from handlers.parsing.topics import beginning, exact, folded_names, named, unknown_word

EXAMPLE = "/brief energy 48h short"

_SPAN_WORDS = ("24h", "7d", "today", "yesterday", "since", "last", "week", "hours", "days")
FILLERS = (
    "a about and brief briefing digest for from give in latest me news of on or over please plus "
    "the topic topics what's with & + - – —"
)


@dataclass(frozen=True, slots=True)
class BriefAsk:
    """The arguments of /brief; None and no topics mean the defaults."""

    topics: tuple[str, ...]
    window: Window | None
    bullets: int | None
    filter: NewsFilter = NO_FILTER


def parse_brief(text: str, topics: Sequence[Topic], spans: Spans) -> BriefAsk:
    """Read the arguments of /brief; raises UsageError naming what was not understood."""
    readers: list[Reader[object]] = [
        exact(topics),
        read_bullets,
        spans.read,
        read_filter,
        skipping(FILLERS),
        beginning(topics),
    ]
    words = quoted_words(text, EXAMPLE, folded_names(topics))
    values = read(words, readers, lambda word: _unknown(word, topics))
    bullets = only(values, Bullets, tr("Name one length: short, long, or 7 bullets."), EXAMPLE)
    return BriefAsk(
        topics=named(values),
        window=only(values, Window, tr("Name one span of time, such as 48h."), EXAMPLE),
        bullets=bullets.most if bullets else None,
        filter=filter_of(values),
    )


def _unknown(word: Word, topics: Sequence[Topic]) -> UsageError:
    if word.key.isdecimal():
        return UsageError(
            tr(
                "What does {text} mean? Write hours as 24h, days as 7d, a length as 5 bullets.",
                text=shown(word.text),
            ),
            EXAMPLE,
        )
    known = (*LENGTHS, *_SPAN_WORDS, *like_countries(word.text))
    kinds = tr("topic, country, span of time or length")
    return unknown_word(word, topics, known, kinds, EXAMPLE, hint=tr(HINT))
