"""Sentences in the order in which they are worth telling, each for what it adds to those before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
    weight = [max(each.worth, 0.01) for each in usable]
    heap = [(-weight[at], at) for at in range(len(usable))]
    heapify(heap)
    said: set[Gram] = set()
    while heap:
        _, at = heappop(heap)
        each = usable[at]
        now = weight[at] * (1 - OLD_NEWS * (1 - _fresh(each, said, value)))
        if heap and -now > heap[0][0]:
            heappush(heap, (-now, at))
            continue
        said |= each.single
        said |= each.pairs
        yield each


def _fresh(each: Candidate, said: Set[Gram], value: Mapping[Gram, float]) -> float:
    """The share of a sentence's words and pairs, by what they are worth, that is not yet said."""
    if not said:
        return 1.0
    total = _sum(each.single, each.pairs, value) or 1.0
    return _sum(each.single - said, each.pairs - said, value) / total


def _sum(single: Iterable[Gram], pairs: Iterable[Gram], value: Mapping[Gram, float]) -> float:
    return sum(map(value.__getitem__, single)) + PAIR * sum(map(value.__getitem__, pairs))
