"""How much an article resembles each of some stories, in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from summarizer.stories.features import StoryFeatures, Terms, length

Figures = NDArray[np.float64]
Places = NDArray[np.intp]
Which = NDArray[np.bool_]

EVIDENCE = (
    "cosine of all words",
    "copy of a member",
    "most alike of all",
    "words shared, log",
    "words shared, log, beyond the next best",
    "cosine of titles",
    "names in titles that differ",
    "elsewhere",
    "titles elsewhere",
    "same weekdays",
    "hours apart, log",
    "undated",
    "short, with few words and none of the titles in common",
)
_FEW_NAMES = 4.0
_SHORT, _FEW_SHARED = 20, 3
"""Words of a text that is only a title and a sentence, and such words in common as one actor gives:
its name, what it is, the day."""

_COPY = 0.95
_STRANGERS = 1.5
"""What articles on different events may well share, as a log."""

_HALF_A_DAY = timedelta(hours=12)
_NONE = timedelta(0)
_SIEVE = 1 << 14
"""A power of two: words whose hashes differ in their lowest bits are not looked up."""


@dataclass(frozen=True)
class Candidate:
    """A story that an article may join, with its newest members (at most 12).

    What many articles are compared with is unpacked once.
    """

    story_id: str
    first_seen: datetime
    last_seen: datetime
    members: tuple[StoryFeatures, ...]

    @cached_property
    def has_words(self) -> bool:
        return any(each.word_flags for each in self.members)

    @cached_property
    def is_roundup(self) -> bool:
        """Whether it has round-ups alone."""
        return all(each.roundup for each in self.members)

    @cached_property
    def witnesses(self) -> Witnesses:
        """The members that speak for the story: round-ups only if there is no other."""
        single = tuple(each for each in self.members if not each.roundup)
        return Witnesses.of(single or self.members)


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Articles of one story in a row.

    terms     their words, one article after the other
    words     how many words each has
    length    the square of the length of each one's vector of words
    weekdays  the days of those that name any
    """

    terms: Terms
    words: Places
    length: Figures
    weekdays: tuple[int, ...]

    @classmethod
    def of(cls, members: Sequence[StoryFeatures]) -> Witnesses:
        return cls(
            Terms.of(members),
            np.array([len(each.word_flags) for each in members]),
            np.array([length(each.word_flags) for each in members]),
            tuple(each.weekdays for each in members if each.weekdays),
        )


def apart(at: datetime, candidate: Candidate) -> timedelta:
    """The time between an instant and a story's span; none within it."""
    if at < candidate.first_seen:
        return candidate.first_seen - at
    return at - candidate.last_seen if at > candidate.last_seen else _NONE


def evidence(article: StoryFeatures, candidates: Sequence[Candidate]) -> Figures:
    """A row of figures, named in EVIDENCE, for each candidate.

    A word counts the less the more of the candidates have it: what tells them apart is what the
    article shares with one of them alone.
    """
    witnesses = [each.witnesses for each in candidates]
    pairs = _Pairs.of(article, witnesses)
    alike = pairs.cosine()
    cosine, mass = pairs.by_story(alike), pairs.by_story(pairs.mass())
    titled = _Titles.of(pairs)
    titles = pairs.titles(titled)
    columns: tuple[Figures | Which | Sequence[float] | float, ...] = (
        cosine,
        pairs.any_by_story(alike >= _COPY),
        cosine >= cosine.max(),
        mass,
        _margin(mass),
        pairs.by_story(titles),
        pairs.by_story(pairs.other_names(titled)),
        pairs.by_story(pairs.elsewhere(titled=False)),
        pairs.by_story(pairs.elsewhere(titled=True)),
        _same_days(article, witnesses),
        _hours_apart(article, candidates),
        float(article.at is None),
        pairs.by_story(pairs.thin(titles)),
    )
    figures = np.empty((len(candidates), len(columns)))
    for number, column in enumerate(columns):
        figures[:, number] = column
    return figures


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An article beside every member of every candidate; `at` are the words that they share.

    theirs  the words of all members; `shared` those at `at`
    length  the square of the length of each member's vector of words
    words   how many words each member has
    member  which member a word of `theirs` belongs to
    story   which story a member belongs to
    size    how many members each story has
    spot    for each shared word, where it stands in `mine`
    local   the weight of each of `mine`, less the more candidates have it
    """

    mine: Terms
    theirs: Terms
    shared: Terms
    length: Figures
    words: Places
    member: Places
    story: Places
    size: Places
    at: Places
    spot: Places
    local: Figures

    @classmethod
    def of(cls, article: StoryFeatures, stories: Sequence[Witnesses]) -> _Pairs:
        """Find the shared words; needs an article with at least one word."""
        mine, theirs = Terms.of([article]), Terms.joined([each.terms for each in stories])
        count = len(mine.hashes)
        words = np.concatenate([each.words for each in stories])
        size = np.array([len(each.words) for each in stories])
        story = np.repeat(np.arange(len(stories)), size)
        member = np.repeat(np.arange(len(words)), words)
        at, spot = _shared_words(mine.hashes, theirs.hashes)
        having = np.bincount(story[member[at]] * count + spot, minlength=len(stories) * count) > 0
        holders = having.reshape(len(stories), count).sum(axis=0)
        local: Figures = mine.weight * (1 / np.sqrt(holders.clip(min=1)))
        length = np.concatenate([each.length for each in stories])
        shared = theirs.at(at)
        return cls(mine, theirs, shared, length, words, member, story, size, at, spot, local)

    def cosine(self) -> Figures:
        """All words, by weight and how often."""
        mine = self.mine.weight * self.mine.often
        dot = self._shared(mine[self.spot] * (self.shared.weight * self.shared.often))
        return _over_root(dot, self.length * (mine**2).sum())

    def mass(self) -> Figures:
        """How much is shared, however long the texts are."""
        return np.log1p(self._shared(self.local[self.spot]))

    def titles(self, titles: _Titles) -> Figures:
        """Cosine of the titles."""
        mine = self.local * self.mine.title
        squares = _totals(titles.member, titles.weight**2, len(self.words))
        dot = self._shared(mine[self.spot] ** 2 * self.shared.title)
        return _over_root(dot, squares * (mine**2).sum())

    def thin(self, titles: Figures) -> Figures:
        """1 where both texts are short, and share a few words that are not those of the titles."""
        if len(self.mine.flags) >= _SHORT:
            return np.zeros(len(self.words))
        few = np.bincount(self.member[self.at], minlength=len(self.words)) <= _FEW_SHARED
        thin: Which = few & (self.words < _SHORT) & (titles == 0)
        return thin.astype(np.float64)

    def other_names(self, titles: _Titles) -> Figures:
        """The names in each title that the other article lacks, by the side that has fewer."""
        names = titles.name
        total = _totals(titles.member[names], titles.weight[names], len(self.words))
        shared = self._shared(self.local[self.spot] * (self.shared.title & self.shared.name))
        mine = self.local * (self.mine.title & self.mine.name)
        found = self._shared(mine[self.spot])
        theirs_only: Figures = (total - shared) / (total + _FEW_NAMES)
        mine_only: Figures = (mine.sum() - found) / (mine.sum() + _FEW_NAMES)
        return np.minimum(theirs_only, mine_only)

    def elsewhere(self, *, titled: bool) -> Figures:
        """1 where each says where it happened, and the other names none of those places."""
        mine = _places(self.mine, titled)
        if not mine.any():
            return np.zeros(len(self.words))
        theirs, both = _places(self.theirs, titled), _places(self.shared, titled)
        told = np.bincount(self.member[theirs.nonzero()[0]], minlength=len(self.words))
        shared = self._shared(both | mine[self.spot])
        apart: Figures = ((told > 0) & (shared == 0)).astype(np.float64)
        return apart

    def by_story(self, figures: Figures) -> Figures:
        """The mean over the members of each story."""
        return _totals(self.story, figures, len(self.size)) / self.size

    def any_by_story(self, which: Which) -> Figures:
        """1 for each story with such a member, else 0."""
        return (_totals(self.story, which, len(self.size)) > 0).astype(np.float64)

    def _shared(self, figures: Figures | Which) -> Figures:
        return _totals(self.member[self.at], figures, len(self.words))


@dataclass(frozen=True, slots=True)
class _Titles:
    """The words of all members' titles: whose, their weight (less for shared ones), which names."""

    member: Places
    weight: Figures
    name: Which

    @classmethod
    def of(cls, pairs: _Pairs) -> _Titles:
        places = pairs.theirs.title.nonzero()[0]
        local = np.zeros(len(pairs.theirs.flags))
        local[pairs.at] = pairs.local[pairs.spot]
        mine, theirs = local[places], pairs.theirs.at(places)
        return cls(pairs.member[places], np.where(mine > 0, mine, theirs.weight), theirs.name)


def _places(terms: Terms, titled: bool) -> Which:
    place: Which = terms.place & terms.title if titled else terms.place
    return place


def _shared_words(mine: NDArray[np.uint32], theirs: NDArray[np.uint32]) -> tuple[Places, Places]:
    """Where in `theirs` a word of `mine` stands, and where that word stands in `mine`.

    Few words pass the sieve that are not shared.
    """
    sieve = np.zeros(_SIEVE, np.bool_)
    sieve[mine & (_SIEVE - 1)] = True
    passed = sieve[theirs & (_SIEVE - 1)].nonzero()[0]
    found = theirs[passed]
    nearest = np.minimum(mine.searchsorted(found), len(mine) - 1)
    shared = mine[nearest] == found
    return passed[shared], nearest[shared]


def _totals(places: Places, figures: Figures | Which, count: int) -> Figures:
    return np.bincount(places, figures, count).astype(np.float64, copy=False)


def _over_root(dot: Figures, squares: Figures) -> Figures:
    cosine: Figures = dot / np.sqrt(np.maximum(squares, 1e-12))
    return cosine


def _margin(figures: Figures) -> Figures:
    ordered = np.sort(np.append(figures, [_STRANGERS, _STRANGERS]))
    next_best = np.where(figures < ordered[-1], ordered[-1], ordered[-2])
    margin: Figures = figures - next_best
    return margin


def _same_days(article: StoryFeatures, stories: Sequence[Witnesses]) -> Sequence[float] | float:
    if not article.weekdays:
        return 0.0
    return [
        sum(1.0 if article.weekdays & each else -1.0 for each in story.weekdays) / len(story.words)
        for story in stories
    ]


def _hours_apart(
    article: StoryFeatures, candidates: Sequence[Candidate]
) -> Sequence[float] | float:
    if article.at is None:
        return 0.0
    times = (apart(article.at, each) for each in candidates)
    return [log(1 + each / _HALF_A_DAY) if each else 0.0 for each in times]
