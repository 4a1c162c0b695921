"""Sentences in the order in which they are worth telling, each for what it adds to those before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from summarizer.salience import Candidate, Gram

OLD_NEWS = 0.9
"""The share of its worth that a sentence loses when all its words were said before."""

PAIR = 2
"""How many times a single word's a pair of words counts in that."""

SHORTEST = 4


def in_turn(found: Sequence[Candidate], value: Mapping[Gram, float]) -> Iterator[Candidate]:
    """Yield the sentences, best first; each is weighed again after every one that came before."""
    usable = [each for each in found if each.length >= SHORTEST] or list(found)
    totals = [_sum(each.single, each.pairs, value) for each in usable]
    weight = [max(each.worth, 0.01) for each in usable]
    heap = [(-weight[at], at) for at in range(len(usable))]
    heapify(heap)
    said: set[Gram] = set()
    while heap:
        _, at = heappop(heap)
        each = usable[at]
        fresh = _sum(each.single - said, each.pairs - said, value) / (totals[at] or 1.0)
        now = weight[at] * (1 - OLD_NEWS * (1 - fresh))
        if heap and -now > heap[0][0]:
            heappush(heap, (-now, at))
            continue
        said |= each.single
        said |= each.pairs
        yield each


def _sum(single: Iterable[Gram], pairs: Iterable[Gram], value: Mapping[Gram, float]) -> float:
    return sum(map(value.__getitem__, single)) + PAIR * sum(map(value.__getitem__, pairs))
