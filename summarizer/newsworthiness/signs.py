"""What all named signs share: their type, their scale, the topics with lists."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from summarizer.newsworthiness.phrases import Phrases

Signs = dict[str, float]
TOPICS = ("security", "energy")


def logistic(logit: float) -> float:
    """A sum of weights as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@lru_cache(maxsize=1_024)
def cap(count: float, most: float) -> float:
    """A count as a share of the most that counts."""
    return min(count, most) / most


@cache
def single_words(phrases: Phrases) -> frozenset[str]:
    """The words of a list of single words, as listed."""
    return frozenset(phrase[0].written for listed in phrases.by_first.values() for phrase in listed)
