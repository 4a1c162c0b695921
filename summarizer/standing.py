"""What a story is to a channel that was told of it before: new, updated or ongoing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.models import Article, Bullet, BulletStatus, Story, Told
from summarizer.casualties.comparison import rise
from summarizer.language.content_words import STOP, stems
from summarizer.language.text import read_once
from summarizer.language.vocabulary import opposite, ordinary, same_as_any
from summarizer.language.word_lists import listed

_LEAD = 350
_FRESH_WORDS = 12
_LEAST_WORDS = 4
"""Fewer words may be said of another day."""

_LITTLE = 0.3
"""The share of a statement's words that may be new where it tells nothing new."""

_DENIALS = frozenset({"not", "no", "never", "without"})
_AHEAD = frozenset(listed("will would to may might could should plans planned expected likely set"))
"""Words by which what is ahead differs from what was done."""

_SHARED = 3
"""Words that two statements on one story share, where they share no name."""

_LEAST_ALIKE = 0.3
"""The share of a line's words that are in a text which only repeats it: long lines hold much."""

_ANOTHER = frozenset(
    listed(
        """another again also fresh new more further second third next still
        renew renews renewed resume resumes resumed resuming"""
    )
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CONTEXT = re.compile(r"\s(?:amid|despite|as|ahead of)\s.*+$", re.IGNORECASE | re.DOTALL)
_SPEAKER = re.compile(r"[:,] [^:,]{1,40}$")


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
    """Whether one of the lines that were told holds nearly all that a text says.

    Synonyms count as the same word, and what follows "amid" or "despite" as nothing new. Another
    number, a denial, a plan that was carried out, a contrary word or a name in another's place
    makes it another statement.
    """
    main = _CONTEXT.sub("", text)
    said = _said(main if len(main.split()) >= _LEAST_WORDS else text)
    if len(said.words) < _LEAST_WORDS:
        return False
    return any(_is_in(said, _said(line)) for line in told.splitlines())


class _Said(NamedTuple):
    """What a line says: stems of content words, numbers as ranges, the stems that name, and words
    that deny, that look ahead, and that speak of one more."""

    words: frozenset[str]
    numbers: frozenset[tuple[float, float]]
    names: frozenset[str]
    denials: frozenset[str]
    ahead: frozenset[str]
    another: frozenset[str]


@lru_cache(maxsize=4_096)
def _said(line: str) -> _Said:
    """What a line says; kept, as many bullets are compared with it."""
    text = read_once(line)
    counted = {at for each in text.quantities for at in range(each.first, each.last + 1)}
    content = [
        each
        for at, each in enumerate(text.words)
        if at not in counted and each.word.low not in STOP
    ]
    speaker = _SPEAKER.search(line)
    end = speaker.start() if speaker else len(line)
    names = (
        each.word.stem
        for each in content
        if each.start < end and line[each.start].isupper() and not ordinary(each.word.low)
    )
    low = text.lows
    return _Said(
        frozenset(each.word.stem for each in content),
        frozenset((each.low, each.high) for each in text.quantities),
        frozenset(names),
        low & _DENIALS | {each for each in low if each.endswith("n't")},
        low & _AHEAD,
        low & _ANOTHER,
    )


def _is_in(said: _Said, known: _Said) -> bool:
    """Whether a line that is known holds nearly all that another says."""
    fresh = {each for each in said.words if not same_as_any(each, known.words)}
    if len(fresh) > _LITTLE * len(said.words):
        return False
    if sum(same_as_any(each, said.words) for each in known.words) < _LEAST_ALIKE * len(known.words):
        return False
    if not said.numbers <= known.numbers or not said.another <= known.another:
        return False
    if said.denials != known.denials or bool(said.ahead) != bool(known.ahead):
        return False
    if any(opposite(one, other) for one in fresh for other in known.words):
        return False
    return not (said.names & fresh and _missing(known.names, said.words))


def is_akin(text: str, told: str) -> bool:
    """Whether a text shares a name or some words with a line that was told, or is too short to say.

    A story may hold several events.
    """
    said = _said(text)
    return len(said.words) < _LEAST_WORDS or any(
        said.names & known.names
        or len(said.numbers & known.numbers)
        + sum(same_as_any(each, known.words) for each in said.words)
        >= _SHARED
        for known in map(_said, told.splitlines())
    )


def _missing(names: Collection[str], words: Collection[str]) -> bool:
    return any(not same_as_any(each, words) for each in names)


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
