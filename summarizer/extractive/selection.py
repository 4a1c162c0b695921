"""Sentences in the order in which they are worth telling, each for what it adds to those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from heapq import heapify, heappop, heappush

from summarizer.extractive.salience import Candidate, Gram, Values

OLD_NEWS = 0.9
"""The share of its worth that a sentence loses when all its words were said before."""

PAIR = 2
"""How many times a single word's a pair of words counts in that."""

SHORTEST = 4


def in_turn(found: Sequence[Candidate], value: Values) -> Iterator[Candidate]:
    """Yield the sentences, best first; each is weighed again after every one that came before."""
    usable = [each for each in found if each.length >= SHORTEST] or list(found)
    weight = [max(each.worth, 0.01) for each in usable]
    heap = [(-weight[at], at) for at in range(len(usable))]
    heapify(heap)
    said: set[Gram] = set()
    whole: dict[int, float] = {}
    while heap:
        _, at = heappop(heap)
        each = usable[at]
        if again := said & each.single:
            if at not in whole:
                whole[at] = _sum(each.single, each.pairs, value)
            stale = _sum(again, said & each.pairs, value) / whole[at]
        else:
            stale = 0.0 if each.single else 1.0
        now = weight[at] * (1 - OLD_NEWS * stale)
        if heap and -now > heap[0][0]:
            heappush(heap, (-now, at))
            continue
        said |= each.single
        said |= each.pairs
        yield each


def _sum(single: Set[Gram], pairs: Set[Gram], value: Values) -> float:
    return value.of(single) + PAIR * value.of(pairs)
