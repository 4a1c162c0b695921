"""Sentences in the order in which they are worth telling, each for what it adds to those before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from summarizer.salience import Candidate, Gram

OLD_NEWS = 0.8
"""The share of its worth that a sentence loses when all its words were said before."""

LENGTH_POWER, LONGEST = 0.2, 40
SHORTEST = 4


def in_turn(found: Sequence[Candidate], value: Mapping[Gram, float]) -> Iterator[Candidate]:
    """Yield the sentences, best first; each is weighed again after every one that came before."""
    usable = [each for each in found if each.length >= SHORTEST] or list(found)
    grams = [each.single | each.pairs for each in usable]
    totals = [sum(map(value.__getitem__, held)) for held in grams]
    weight = [_weight(each) for each in usable]
    heap = [(-weight[at], at) for at in range(len(usable))]
    heapify(heap)
    said: set[Gram] = set()
    while heap:
        _, at = heappop(heap)
        fresh = sum(map(value.__getitem__, grams[at] - said)) / (totals[at] or 1.0)
        now = weight[at] * (1 - OLD_NEWS * (1 - fresh))
        if heap and -now > heap[0][0]:
            heappush(heap, (-now, at))
            continue
        said |= grams[at]
        yield usable[at]


def _weight(each: Candidate) -> float:
    return max(each.worth, 0.01) * float(min(each.length, LONGEST) ** LENGTH_POWER)
