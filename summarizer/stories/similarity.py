"""How much an article resembles each of some stories, in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an article may join, with its newest members (at most 12)."""

    story_id: str
    first_seen: datetime
    last_seen: datetime
    members: tuple[StoryFeatures, ...]


def apart(at: datetime, candidate: Candidate) -> timedelta:
    """The time between an instant and a story's span; none within it."""
    if candidate.first_seen <= at <= candidate.last_seen:
        return _NONE
    return max(at - candidate.last_seen, candidate.first_seen - at)


def evidence(article: StoryFeatures, candidates: Sequence[Candidate]) -> Figures:
    """A row of figures, named in EVIDENCE, for each candidate.

    A word counts the less the more of the candidates have it: what tells them apart is what the
    article shares with one of them alone.
    """
    witnesses = [_witnesses(each) for each in candidates]
    pairs = _Pairs.of(article, witnesses)
    alike = pairs.cosine()
    cosine, mass = pairs.by_story(alike), pairs.by_story(pairs.mass())
    titles = pairs.titles()
    at = article.at
    return np.column_stack(
        [
            cosine,
            pairs.any_by_story(alike >= _COPY),
            cosine >= cosine.max(),
            mass,
            _margin(mass),
            pairs.by_story(titles),
            pairs.by_story(pairs.other_names()),
            pairs.by_story(pairs.elsewhere(titled=False)),
            pairs.by_story(pairs.elsewhere(titled=True)),
            [_same_days(article, each) for each in witnesses],
            [0.0 if at is None else log(1 + apart(at, each) / _HALF_A_DAY) for each in candidates],
            np.full(len(candidates), at is None),
            pairs.by_story(pairs.thin(titles)),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An article beside every member of every candidate; `at` are the words that they share.

    theirs  the words of all members; `shared` those at `at`
    every   the members
    member  which member a word of `theirs` belongs to
    story   which story a member belongs to
    size    how many members each story has
    spot    for each shared word, where it stands in `mine`
    local   the weight of each of `mine`, less the more candidates have it
    """

    mine: Terms
    theirs: Terms
    shared: Terms
    every: Sequence[StoryFeatures]
    member: Places
    story: Places
    size: Places
    at: Places
    spot: Places
    local: Figures

    @classmethod
    def of(cls, article: StoryFeatures, members: Sequence[Sequence[StoryFeatures]]) -> _Pairs:
        """Find the shared words; needs an article with at least one word."""
        every = [each for story in members for each in story]
        mine, theirs = Terms.of([article]), Terms.of(every)
        words = len(mine.hashes)
        size = np.array([len(each) for each in members])
        story = np.repeat(np.arange(len(members)), size)
        member = np.repeat(np.arange(len(every)), [len(each.word_flags) for each in every])
        at = _shared_words(mine.hashes, theirs.hashes)
        spot = np.searchsorted(mine.hashes, theirs.hashes[at])
        having = np.bincount(story[member[at]] * words + spot, minlength=len(members) * words) > 0
        stories = having.reshape(len(members), words).sum(axis=0)
        local: Figures = mine.weight * (1 / np.sqrt(stories.clip(min=1)))
        return cls(mine, theirs, theirs.at(at), every, member, story, size, at, spot, local)

    def cosine(self) -> Figures:
        """All words, by weight and how often."""
        mine = self.mine.weight * self.mine.often
        dot = self._shared(mine[self.spot] * (self.shared.weight * self.shared.often))
        lengths = np.array([length(each.word_flags) for each in self.every])
        return _over_root(dot, lengths * (mine**2).sum())

    def mass(self) -> Figures:
        """How much is shared, however long the texts are."""
        return np.log1p(self._shared(self.local[self.spot]))

    def titles(self) -> Figures:
        """Cosine of the titles."""
        mine = self.local * self.mine.title
        squares = self._weighed(self.theirs.title, 2)
        dot = self._shared(mine[self.spot] ** 2 * self.shared.title)
        return _over_root(dot, squares * (mine**2).sum())

    def thin(self, titles: Figures) -> Figures:
        """1 where both texts are short, and share a few words that are not those of the titles."""
        if len(self.mine.flags) >= _SHORT:
            return np.zeros(len(self.every))
        few = np.bincount(self.member[self.at], minlength=len(self.every)) <= _FEW_SHARED
        short = np.array([len(each.word_flags) < _SHORT for each in self.every])
        thin: Which = few & short & (titles == 0)
        return thin.astype(np.float64)

    def other_names(self) -> Figures:
        """The names in each title that the other article lacks, by the side that has fewer."""
        total = self._weighed(self.theirs.title & self.theirs.name, 1)
        shared = self._shared(self.local[self.spot] * (self.shared.title & self.shared.name))
        mine = self.local * (self.mine.title & self.mine.name)
        found = self._shared(mine[self.spot])
        theirs_only: Figures = (total - shared) / (total + _FEW_NAMES)
        mine_only: Figures = (mine.sum() - found) / (mine.sum() + _FEW_NAMES)
        return np.minimum(theirs_only, mine_only)

    def elsewhere(self, *, titled: bool) -> Figures:
        """1 where each says where it happened, and the other names none of those places."""
        mine, theirs, both = (
            _places(each, titled) for each in (self.mine, self.theirs, self.shared)
        )
        if not mine.any():
            return np.zeros(len(self.every))
        told = np.bincount(self.member[np.flatnonzero(theirs)], minlength=len(self.every))
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
        return _totals(self.member[self.at], figures, len(self.every))

    def _weighed(self, chosen: Which, power: int) -> Figures:
        """The sum over the chosen words of each member; those that are shared weigh less."""
        local = np.zeros(len(self.theirs.flags))
        local[self.at] = self.local[self.spot]
        places = np.flatnonzero(chosen)
        weight = np.where(local[places] > 0, local[places], self.theirs.at(places).weight)
        return _totals(self.member[places], weight**power, len(self.every))


def _places(terms: Terms, titled: bool) -> Which:
    place: Which = terms.place & terms.title if titled else terms.place
    return place


def _witnesses(candidate: Candidate) -> tuple[StoryFeatures, ...]:
    """The members that speak for the story: round-ups of many events only if there is no other."""
    if not any(each.roundup for each in candidate.members):
        return candidate.members
    single = tuple(each for each in candidate.members if not each.roundup)
    return single or candidate.members


def _shared_words(mine: NDArray[np.uint32], theirs: NDArray[np.uint32]) -> Places:
    """Where in `theirs` a word of `mine` stands; few words pass the sieve that are not shared."""
    sieve = np.zeros(_SIEVE, np.bool_)
    sieve[mine % _SIEVE] = True
    passed = np.flatnonzero(sieve[theirs % _SIEVE])
    nearest = np.searchsorted(mine, theirs[passed]).clip(max=len(mine) - 1)
    shared: Places = passed[mine[nearest] == theirs[passed]]
    return shared


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


def _same_days(article: StoryFeatures, members: Sequence[StoryFeatures]) -> float:
    if not article.weekdays:
        return 0.0
    days = [1.0 if article.weekdays & each.weekdays else -1.0 for each in members if each.weekdays]
    return sum(days) / len(members)
