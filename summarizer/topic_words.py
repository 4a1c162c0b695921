"""A channel's own topic, from the words that somebody typed."""

from __future__ import annotations

import re

from bot.errors import UsageError
from bot.models import Topic
from summarizer.topic_matcher import pattern
from summarizer.topic_tokens import acronym

EXAMPLE = '/topics add floods: flood, "flash flood", monsoon, -insurance'
MAX_NAME = 32
NAME = re.compile(r"[^\W_](?:[^\W_]|-){0,31}")
MAX_WORDS = 50
MAX_LENGTH = 100
HIT = 0.5
"""The weight of a channel's own word: two of them, or one in the title, make an article."""


def own_topic(name: str, words: str, channel_id: int) -> Topic:
    """Read `word, "a phrase", -not` as a topic; raises UsageError with an example."""
    title = name.strip()
    if not 1 <= len(title) <= MAX_NAME or not all(c.isalnum() or c == "-" for c in title):
        raise UsageError(
            f"A topic's name has 1 to {MAX_NAME} letters, digits or hyphens, without spaces.",
            EXAMPLE,
        )
    wanted, unwanted = _parse(words)
    if not wanted:
        raise UsageError("Say at least one word or phrase that the topic is about.", EXAMPLE)
    return Topic(
        name=title.casefold(),
        title=title[:1].upper() + title[1:],
        description=", ".join([*wanted, *(f"-{word}" for word in unwanted)]),
        terms=dict.fromkeys(wanted, HIT),
        exclusions=unwanted,
        channel_id=channel_id,
    )


def _parse(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for part in re.split(r"[,،、，;؛\n]", words):
        item = part.strip()
        negative = item.startswith("-")
        term = _clean(item.lstrip("-"))
        if term:
            (unwanted if negative else wanted)[term] = None
    if len(wanted) + len(unwanted) > MAX_WORDS:
        raise UsageError(f"A topic has at most {MAX_WORDS} words and phrases.", EXAMPLE)
    return tuple(wanted), tuple(unwanted)


def _clean(item: str) -> str:
    plain = " ".join(item.strip(" \"'“”„«»").split())
    if len(plain) > MAX_LENGTH:
        raise UsageError(f"A word or phrase has at most {MAX_LENGTH} characters.", EXAMPLE)
    if plain and not pattern(plain):
        raise UsageError(f"“{plain}” has no letters or digits to look for.", EXAMPLE)
    return " ".join(w if acronym(w) else w.casefold() for w in plain.split())
