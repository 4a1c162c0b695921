"""How much the terms found in a text say that it is on a topic: 1 point is just enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.models import Topic
from summarizer.topics.matcher import Match

DECISIVE, STRONG, WEAK, NEUTRAL, AGAINST = 1.0, 0.5, 0.1, 0.0, -0.5
"""The weights of the classes in config/topics.toml."""

ENOUGH = 2.8
"""What the terms of a built-in topic must gather; fitted with the constants that follow."""

TITLE, LEAD, BODY = 2.5, 2.0, 1.0
LEAD_TOKENS = 50
REPEATS = 0.7
"""Each further mention of a term tells less: n mentions count n to this power."""

USUAL_LENGTH, SHORTEST = 120, 10
LENGTH_POWER = 0.35
WEAK_ALONE, WEAK_SHARE = 0.5, 0.5
"""Weak terms add at most this much, and this share of what the others add."""

BLOCK, PASSAGE = 40, 1.1
"""A passage is two blocks of so many tokens; a term in it counts as one in the body, and a bit."""

OWN_HITS, OWN_LENGTH = 2, 600
"""Hits in the body that make an article of up to this length; one in title or lead will do."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the title ends among the tokens of a text, and how many there are."""

    title_end: int
    length: int

    def position_weight(self, at: int) -> float:
        """Where a token lies: TITLE, LEAD or BODY."""
        if at < self.title_end:
            return TITLE
        return LEAD if at < self.title_end + LEAD_TOKENS else BODY


@dataclass(frozen=True, slots=True)
class Judgement:
    """Points, the terms that brought them (weightiest first), and the places that count more."""

    points: float
    terms: tuple[str, ...]
    places: tuple[str, ...]


def judge(topic: Topic, matches: Sequence[Match], layout: Layout) -> Judgement:
    """Weigh what was found of one topic."""
    weighed = _weigh_own if topic.channel_id is not None else _weigh
    found = [match for match in matches if (match.term.weight or 0) > 0]
    tally: dict[str, float] = {}
    for match in found:
        value = (match.term.weight or 0) * layout.position_weight(match.start)
        tally[match.term.text] = tally.get(match.term.text, 0.0) + value
    positions = {layout.position_weight(match.start) for match in found}
    places = ("title",) if TITLE in positions else ("lead",) if LEAD in positions else ()
    terms = sorted(tally, key=lambda term: (-tally[term], term))
    return Judgement(weighed(matches, layout) / topic.threshold, tuple(terms), places)


def _weigh_own(matches: Sequence[Match], layout: Layout) -> float:
    wanted = _hits((m for m in matches if m.term.weight), layout)
    unwanted = _hits((m for m in matches if m.term.weight is None), layout)
    return wanted if unwanted < 1 else 0.0


def _hits(matches: Iterable[Match], layout: Layout) -> float:
    shrink = min(1.0, OWN_LENGTH / layout.length) ** LENGTH_POWER / OWN_HITS
    return sum(shrink if layout.position_weight(match.start) == BODY else 1.0 for match in matches)


def _weigh(matches: Sequence[Match], layout: Layout) -> float:
    return max(_whole(matches, layout), _best_passage(matches, layout)) / ENOUGH


def _whole(matches: Sequence[Match], layout: Layout) -> float:
    shrink = (USUAL_LENGTH / max(layout.length, SHORTEST)) ** LENGTH_POWER
    sums = _Sums()
    body: dict[str, float] = {}
    weights: dict[str, float] = {}
    for match in matches:
        weight = match.term.weight
        if weight is None:
            continue
        position = layout.position_weight(match.start)
        if position == TITLE:
            sums.add(weight, TITLE * max(1.0, shrink))
        else:
            weights[match.term.text] = weight
            body[match.term.text] = body.get(match.term.text, 0.0) + position
    for text, mentions in body.items():
        sums.add(weights[text], shrink * mentions**REPEATS)
    return sums.total()


def _best_passage(matches: Iterable[Match], layout: Layout) -> float:
    blocks: dict[int, dict[str, tuple[float, int]]] = {}
    for match in matches:
        weight = match.term.weight
        if weight is None or match.start < layout.title_end:
            continue
        block = blocks.setdefault(match.start // BLOCK, {})
        _, mentions = block.get(match.term.text, (weight, 0))
        block[match.term.text] = (weight, mentions + 1)
    return max((_passage(block, blocks.get(at + 1, {})) for at, block in blocks.items()), default=0)


def _passage(
    first: Mapping[str, tuple[float, int]], second: Mapping[str, tuple[float, int]]
) -> float:
    sums = _Sums()
    for text in first.keys() | second.keys():
        weight, mentions = first.get(text, (0.0, 0))
        other, more = second.get(text, (0.0, 0))
        sums.add(weight or other, PASSAGE * (mentions + more) ** REPEATS)
    return sums.total()


@dataclass(slots=True)
class _Sums:
    decisive: float = 0.0
    strong: float = 0.0
    weak: float = 0.0
    against: float = 0.0

    def add(self, weight: float, times: float) -> None:
        value = weight * times
        if weight < 0:
            self.against -= value
        elif weight >= DECISIVE:
            self.decisive += value
        elif weight >= STRONG:
            self.strong += value
        else:
            self.weak += value

    def total(self) -> float:
        core = self.decisive + self.strong
        weak = min(self.weak, WEAK_ALONE + WEAK_SHARE * core)
        return self.decisive + max(0.0, self.strong + weak - self.against)
