"""Which events a section tells, in which order, and by which article."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.newsworthiness.events import group_events
from summarizer.newsworthiness.scoring import Scored
from summarizer.newsworthiness.vectors import Matrix

MANY = 0.1
CANDIDATES = 150


@dataclass(frozen=True, slots=True)
class Limits:
    """How a section ends: the first bullet needs less certainty than those after it.

    `news` is the chance to be a report of news that every bullet needs.
    """

    bullets: int = 5
    news: float = 0.0
    first_sure: float = 0.25
    sure: float = 0.55
    share: float = 0.25
    least: float = 0.4
    first_least: float = 0.3
    diversity: float = 0.3
    same_event: float = 0.17
    repeat: float = 0.4


DEFAULT_LIMITS = Limits()

OPEN_LIMITS = Limits(
    first_sure=0.1,
    sure=0.1,
    share=0.0,
    least=0.0,
    first_least=0.0,
    same_event=0.75,
    repeat=0.9,
)
"""For a window of few articles: nothing in it pushes a small event out."""

FEW_LIMITS = replace(OPEN_LIMITS, first_sure=0.25, sure=0.25, news=0.5)
"""The same on a built-in topic, where what reports news is known: an empty section is better than
an explainer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An event to tell: the article that tells it, all its articles, and its worth."""

    index: int
    articles: tuple[int, ...]
    worth: float

    def of(self, places: Sequence[int]) -> Choice:
        """The same event, where its articles have other places: at 0 the first of these, …"""
        return Choice(places[self.index], tuple(places[at] for at in self.articles), self.worth)


def candidates(scored: Sequence[Scored], limits: Limits = DEFAULT_LIMITS) -> list[int]:
    """The places of the articles that may be told, worthiest first."""
    able = [
        i for i, s in enumerate(scored) if s.sure >= limits.first_sure and s.news >= limits.news
    ]
    return sorted(able, key=lambda i: -scored[i].worth)[:CANDIDATES]


def choose(
    scored: Sequence[Scored], similar: Matrix, limits: Limits = DEFAULT_LIMITS
) -> list[Choice]:
    """The events of a section in their order, from its candidates and how alike these are."""
    groups = group_events(similar, limits.same_event)
    waiting = [_choice(group, scored, similar) for group in groups]
    told: list[Choice] = []
    while len(told) < limits.bullets:
        waiting = [c for c in waiting if _may_follow(c, told, scored, similar, limits)]
        if not waiting:
            break
        best = max(waiting, key=lambda c: _worth_beside(c, told, similar, limits))
        told.append(best)
        waiting.remove(best)
    return told


def _may_follow(
    choice: Choice,
    told: Sequence[Choice],
    scored: Sequence[Scored],
    similar: Matrix,
    limits: Limits,
) -> bool:
    """Whether an event is sure and weighty enough, and no repetition, after those told."""
    if not told:
        return choice.worth >= limits.first_least
    likest = max(float(similar[choice.index, t.index]) for t in told)
    return (
        scored[choice.index].sure >= limits.sure
        and likest < limits.repeat
        and choice.worth >= max(limits.least, limits.share * told[0].worth)
    )


def _choice(members: Sequence[int], scored: Sequence[Scored], similar: Matrix) -> Choice:
    """The event with its best article: worth telling and central."""

    def fitness(i: int) -> float:
        central = sum(float(similar[i, j]) for j in members) / len(members)
        return scored[i].worth * (0.5 + central)

    best = max(members, key=fitness)
    if scored[best].toll:
        best = max(members, key=lambda i: (scored[i].toll, fitness(i)))
    worth = max(scored[i].worth for i in members)
    return Choice(best, tuple(members), worth * (1 + MANY * math.log(len(members))))


def _worth_beside(choice: Choice, told: Sequence[Choice], similar: Matrix, limits: Limits) -> float:
    """An event's worth, less for what resembles an event already told."""
    likest = max((float(similar[choice.index, t.index]) for t in told), default=0.0)
    return choice.worth * (1 - limits.diversity * max(0.0, likest))
