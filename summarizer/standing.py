"""What a story is to a channel that was told of it before: new, updated or ongoing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.models import Article, Bullet, BulletStatus, Story, Told
from summarizer.casualties.comparison import Rise, rise
from summarizer.language.content_words import STOP, stems
from summarizer.language.text import read_once
from summarizer.language.vocabulary import ordinary, same_as_any

_LEAD = 350
_FRESH_WORDS = 12
_LEAST_WORDS = 5
"""Fewer words may be said of another day."""

_LEAST_SUBJECT = 4
"""Of fewer words it cannot be said what they are about."""

_SHARED = 3
"""Words and figures that two statements on one story share, where they share no name."""

_DENIALS = frozenset({"not", "no", "never", "without"})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, the number that rose where one did, and what the channel knows.

    `told` holds the statements that the channel read, one a line, and `later` the ids of the
    articles that came after them, but for those whose headline says one of them again.
    """

    status: BulletStatus = BulletStatus.NEW
    change: Rise | None = None
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


def shares_subject(text: str, told: str) -> bool:
    """Whether a text shares a name or some words with a line that was told, or is too short to say.

    A story may hold several events.
    """
    said = _subject(text)
    return len(said.words) < _LEAST_SUBJECT or any(
        said.names & known.names
        or len(said.numbers & known.numbers)
        + sum(same_as_any(each, known.words) for each in said.words)
        >= _SHARED
        for known in map(_subject, told.splitlines())
    )


class _Subject(NamedTuple):
    """What a line is about: the stems of its content words and of its names, and its numbers."""

    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[tuple[float, float]]


@lru_cache(maxsize=4_096)
def _subject(line: str) -> _Subject:
    """What a line is about; kept, as many bullets are compared with it."""
    text = read_once(line)
    counted = {at for each in text.quantities for at in range(each.first, each.last + 1)}
    content = [
        each
        for at, each in enumerate(text.words)
        if at not in counted and each.word.low not in STOP
    ]
    names = (
        each.word.stem
        for each in content
        if line[each.start].isupper() and not ordinary(each.word.low)
    )
    return _Subject(
        frozenset(each.word.stem for each in content),
        frozenset(names),
        frozenset((each.low, each.high) for each in text.quantities),
    )


class _Said(NamedTuple):
    """The stems of a line's content words, its numbers with their units, and what denies."""

    words: frozenset[str]
    numbers: frozenset[tuple[float, float, str | None]]
    denials: frozenset[str]


@lru_cache(maxsize=4_096)
def _said(line: str) -> _Said:
    """What a line says; kept, as many bullets are compared with it."""
    numbers = frozenset((each.low, each.high, each.unit) for each in read_once(line).quantities)
    low = frozenset(_WORD.findall(line.lower()))
    denials = low & _DENIALS | {each for each in low if each.endswith(("n't", "n’t"))}
    return _Said(_subject(line).words, numbers, denials)


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
