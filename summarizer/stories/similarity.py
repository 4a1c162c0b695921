"""How much an article resembles each of some stories, in a few figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

import numpy as np
from numpy.typing import NDArray

from summarizer.stories.features import StoryFeatures, Terms

Figures = NDArray[np.float64]
Places = NDArray[np.intp]

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
)
_FEW_NAMES = 4.0
_COPY = 0.95
_STRANGERS = 1.5
"""What articles on different events may well share, as a log."""

_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an article may join, with its newest members (at most 12)."""

    story_id: str
    first_seen: datetime
    last_seen: datetime
    members: tuple[StoryFeatures, ...]


def apart(at: datetime, candidate: Candidate) -> timedelta:
    """The time between an instant and a story's span; none within it."""
    return max(at - candidate.last_seen, candidate.first_seen - at, timedelta(0))


def evidence(article: StoryFeatures, candidates: Sequence[Candidate]) -> Figures:
    """A row of figures, named in EVIDENCE, for each candidate.

    A word counts the less the more of the candidates have it: what tells them apart is what the
    article shares with one of them alone.
    """
    pairs = _Pairs.of(article, [_witnesses(each) for each in candidates])
    alike = pairs.cosine()
    cosine, mass = pairs.by_story(alike), pairs.by_story(pairs.mass())
    at = article.at
    return np.column_stack(
        [
            cosine,
            pairs.any_by_story(alike >= _COPY),
            cosine >= cosine.max(),
            mass,
            _margin(mass),
            pairs.by_story(pairs.titles()),
            pairs.by_story(pairs.other_names()),
            pairs.by_story(pairs.elsewhere(pairs.mine.place, pairs.theirs.place)),
            pairs.by_story(
                pairs.elsewhere(
                    pairs.mine.place & pairs.mine.title, pairs.theirs.place & pairs.theirs.title
                )
            ),
            [_same_days(article, each) for each in candidates],
            [0.0 if at is None else log(1 + apart(at, each) / _HALF_A_DAY) for each in candidates],
            np.full(len(candidates), at is None),
        ]
    )


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An article beside every member of every candidate; `at` are the words that they share.

    member  which member a word of `theirs` belongs to
    story   which story a member belongs to
    spot    for each shared word, where it stands in `mine`
    local   for each of `mine`, 1 where one candidate has it, less the more do
    """

    mine: Terms
    theirs: Terms
    member: Places
    story: Places
    at: Places
    spot: Places
    local: Figures

    @classmethod
    def of(cls, article: StoryFeatures, members: Sequence[Sequence[StoryFeatures]]) -> _Pairs:
        """Find the shared words; needs an article with at least one word."""
        every = [each for story in members for each in story]
        mine, theirs = Terms.of([article]), Terms.of(every)
        story = np.repeat(np.arange(len(members)), [len(each) for each in members])
        member = np.repeat(np.arange(len(every)), [len(each.word_flags) for each in every])
        nearest = np.searchsorted(mine.hashes, theirs.hashes).clip(max=len(mine.hashes) - 1)
        at = np.flatnonzero(mine.hashes[nearest] == theirs.hashes)
        spot = nearest[at]
        having = np.unique(story[member[at]] * len(mine.hashes) + spot) % len(mine.hashes)
        stories = np.bincount(having, minlength=len(mine.hashes))
        local: Figures = 1 / np.sqrt(stories.clip(min=1))
        return cls(mine, theirs, member, story, at, spot, local)

    def cosine(self) -> Figures:
        """All words, by weight and how often."""
        mine, theirs = self.mine.weight * self.mine.often, self.theirs.weight * self.theirs.often
        dot = self._shared(mine[self.spot] * theirs[self.at])
        return _over_root(dot, self._all(theirs**2) * (mine**2).sum())

    def mass(self) -> Figures:
        """How much is shared, however long the texts are."""
        return np.log1p(self._shared(self._local()[self.spot]))

    def titles(self) -> Figures:
        """Cosine of the titles."""
        mine = self._local() * self.mine.title
        squares = self._weighed(self.theirs.title, 2)
        dot = self._shared(mine[self.spot] ** 2 * self.theirs.title[self.at])
        return _over_root(dot, squares * (mine**2).sum())

    def other_names(self) -> Figures:
        """The names in each title that the other article lacks, by the side that has fewer."""
        named = self.theirs.title & self.theirs.name
        total = self._weighed(named, 1)
        shared = self._shared(self._local()[self.spot] * named[self.at])
        mine = self._local() * (self.mine.title & self.mine.name)
        found = self._shared(mine[self.spot])
        theirs_only: Figures = (total - shared) / (total + _FEW_NAMES)
        mine_only: Figures = (mine.sum() - found) / (mine.sum() + _FEW_NAMES)
        return np.minimum(theirs_only, mine_only)

    def elsewhere(self, mine: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> Figures:
        """1 where each says where it happened, and the other names none of those places."""
        told = self._all(theirs.astype(np.float64))
        shared = self._shared((theirs[self.at] | mine[self.spot]).astype(np.float64))
        apart: Figures = ((told > 0) & mine.any() & (shared == 0)).astype(np.float64)
        return apart

    def by_story(self, figures: Figures) -> Figures:
        """The mean over the members of each story."""
        stories = int(self.story.max()) + 1
        return _totals(self.story, figures, stories) / np.bincount(self.story)

    def any_by_story(self, which: NDArray[np.bool_]) -> Figures:
        """1 for each story with such a member, else 0."""
        return np.isin(np.arange(self.story.max() + 1), self.story[which]).astype(np.float64)

    def _local(self) -> Figures:
        return self.mine.weight * self.local

    def _shared(self, figures: Figures) -> Figures:
        return _totals(self.member[self.at], figures, len(self.story))

    def _all(self, figures: Figures) -> Figures:
        return _totals(self.member, figures, len(self.story))

    def _weighed(self, chosen: NDArray[np.bool_], power: int) -> Figures:
        weight = self.theirs.weight.copy()
        weight[self.at] = self._local()[self.spot]
        return self._all(weight**power * chosen)


def _witnesses(candidate: Candidate) -> tuple[StoryFeatures, ...]:
    """The members that speak for the story: round-ups of many events only if there is no other."""
    single = tuple(each for each in candidate.members if not each.roundup)
    return single or candidate.members


def _totals(places: Places, figures: Figures, count: int) -> Figures:
    return np.bincount(places, figures, count).astype(np.float64)


def _over_root(dot: Figures, squares: Figures) -> Figures:
    cosine: Figures = dot / np.sqrt(np.maximum(squares, 1e-12))
    return cosine


def _margin(figures: Figures) -> Figures:
    ordered = np.sort(np.append(figures, [_STRANGERS, _STRANGERS]))
    next_best = np.where(figures < ordered[-1], ordered[-1], ordered[-2])
    margin: Figures = figures - next_best
    return margin


def _same_days(article: StoryFeatures, candidate: Candidate) -> float:
    days = [
        1.0 if article.weekdays & each.weekdays else -1.0
        for each in _witnesses(candidate)
        if article.weekdays and each.weekdays
    ]
    return sum(days) / len(_witnesses(candidate))
