"""What a story is to a channel that was told of it before: new, updated or ongoing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.models import Article, Bullet, BulletStatus, Story, Told
from summarizer.casualties.comparison import rise
from summarizer.language.content_words import stems

_LEAD = 350
_FRESH_WORDS = 12
_LEAST_WORDS = 5
"""Fewer words may be said of another day."""

_DENIALS = frozenset({"not", "no", "never", "without"})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, what changed in words where it is known, and what the channel knows.

    `told` holds the statements that the channel read, one a line, and `later` the ids of the
    articles that came after them, but for those whose headline says one of them again.
    """

    status: BulletStatus = BulletStatus.NEW
    change: str | None = None
    told: str | None = None
    later: tuple[str, ...] = ()


def standing(story: Story, told: Told | None) -> Standing:
    """Compare a story with what a channel was told of it; New where it was told nothing."""
    if told is None:
        return Standing()
    later = _later(story.articles, told)
    known = [each.text for each in story.articles if each not in later]
    fresh = [each for each in later if not repeats(each.title, told.text)]
    latest, _, _ = told.text.partition("\n")
    if change := rise([latest, *known], later):
        status = BulletStatus.UPDATED
    else:
        status = _changed([latest, *known], fresh)
    return Standing(status, change, told.text, tuple(article.id for article in fresh))


def tells_the_change(bullet: Bullet, standing: Standing) -> bool:
    """Whether an updated story's bullet, or its mark, says what the channel did not know."""
    if standing.told is None or bullet.change is not None:
        return True
    if not any(citation.article_id in standing.later for citation in bullet.citations):
        return False
    return not repeats(bullet.text, standing.told)


def repeats(text: str, told: str) -> bool:
    """Whether one of the lines that were told holds all of a text's words and figures.

    One word may make another event: "convicts" or "acquits", three or five, this town or that.
    """
    said = _said(text)
    if len(said.words) < _LEAST_WORDS:
        return False
    return any(
        said.words <= known.words
        and said.numbers <= known.numbers
        and said.denials == known.denials
        for known in map(_said, told.splitlines())
    )


class _Said(NamedTuple):
    """The stems of a line's words, its numbers and what denies."""

    words: frozenset[str]
    numbers: frozenset[str]
    denials: frozenset[str]


@lru_cache(maxsize=4_096)
def _said(line: str) -> _Said:
    """What a line says; kept, as many bullets are compared with it."""
    low = frozenset(_WORD.findall(line.lower()))
    denials = low & _DENIALS | {each for each in low if each.endswith(("n't", "n’t"))}
    return _Said(frozenset(stems(line)), frozenset(_NUMBER.findall(line)), denials)


def _later(articles: Sequence[Article], told: Told) -> list[Article]:
    """What came after the channel was told: fetched later or, if that says nothing, published."""
    fetched_before = any(article.fetched_at <= told.at for article in articles)
    return [
        article
        for article in articles
        if (article.fetched_at if fetched_before else article.published_at) > told.at
    ]


def _changed(known: Sequence[str], later: Sequence[Article]) -> BulletStatus:
    """Updated where a later article's lead brings a figure or many words that were not known."""
    said = " ".join(known)
    numbers, words = set(_NUMBER.findall(said)), set(stems(said))
    for article in later:
        lead = f"{article.title}. {article.text[:_LEAD]}"
        fresh = set(stems(lead)) - words
        if set(_NUMBER.findall(lead)) - numbers or len(fresh) >= _FRESH_WORDS:
            return BulletStatus.UPDATED
    return BulletStatus.ONGOING
