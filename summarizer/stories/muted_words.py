"""Stories and articles that contain muted words, left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.models import Article, Story
from summarizer.lazy_pattern import lazy_pattern

_UNSPACED = lazy_pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts without spaces between words."""


def fold_word(text: str) -> str:
    """Return a text for comparison: without case and accents, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def without_muted(stories: Sequence[Story], words: Collection[str]) -> tuple[Story, ...]:
    """Leave out articles that contain a muted word, and stories that lose all of them.

    A story whose headline contains one is left out as well. `words` come from `fold_word`.
    """
    if not words:
        return tuple(stories)
    muted = re.compile("|".join(map(_pattern, sorted(words, key=len, reverse=True))))
    kept = (_without(story, muted) for story in stories if not muted.search(_folded(story)))
    return tuple(story for story in kept if story.articles)


def _pattern(word: str) -> str:
    """Match whole words; anywhere in scripts that have no spaces."""
    escaped = re.escape(word)
    return escaped if _UNSPACED.search(word) else rf"(?<!\w){escaped}(?!\w)"


def _folded(story: Story) -> str:
    return fold_word(story.headline)


def _without(story: Story, muted: re.Pattern[str]) -> Story:
    return replace(
        story, articles=tuple(each for each in story.articles if not _mentions(each, muted))
    )


def _mentions(article: Article, muted: re.Pattern[str]) -> bool:
    return muted.search(fold_word(f"{article.title} {article.text}")) is not None
