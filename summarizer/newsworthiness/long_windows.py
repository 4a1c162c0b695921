"""In a window of several days: what is fresh, what others went on to report, what is one event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from bot.models import Article, Window
from summarizer.newsworthiness.judge import JudgedWindow
from summarizer.newsworthiness.phrases import rare_stems, read_words
from summarizer.newsworthiness.selection import DEFAULT_LIMITS
from summarizer.newsworthiness.vectors import Matrix

DAY = timedelta(hours=25)
"""The longest window that is one day: the day on which the clock is put back."""

LEAST_HALF_LIFE = timedelta(hours=48)
HALVED = 2
"""The worth of an event halves in so many lengths of the window, or in the least half-life."""

FOLLOWED = 0.3
LATER = timedelta(hours=12)
LEAST_LIKE = 0.2
"""What later reports of an event add to its worth: who reports so much later, and how alike."""

APART, MOST_APART, FREE = 0.1, 0.2, 0.5
"""What a day between two articles takes from their likeness, at most, and after which part."""

SHARED_WORDS, SHARED_PART, RETOLD = 4, 0.5, 0.3
"""What headlines of one event on different days share, of the shorter one's words, and what that
adds to the likeness of their articles."""

LONG_LIMITS = replace(DEFAULT_LIMITS, sure=0.35)
"""Several days hold more news than a section has places, so a doubtful article is rarely junk."""


def is_long(window: Window) -> bool:
    """Whether a window is longer than a day."""
    return window.until - window.since > DAY


def freshness(articles: Sequence[Article], window: Window) -> NDArray[np.float64]:
    """What is left of each article's worth at the end of the window, 0 to 1."""
    half = max(LEAST_HALF_LIFE, HALVED * (window.until - window.since))
    ages = [(window.until - each.published_at) / half for each in articles]
    return np.asarray(np.power(0.5, ages), np.float64)


def follow_ups(judged: JudgedWindow) -> NDArray[np.float64]:
    """By what the worth of each article grows because later ones go on with its event."""
    sure = np.array([each.sure for each in judged.scores])
    alike = np.clip((judged.similar - LEAST_LIKE) / (1 - LEAST_LIKE), 0, 1)
    at = _days(judged.articles)
    later = at[None, :] - at[:, None] > LATER / timedelta(days=1)
    return np.asarray(1 + FOLLOWED * np.log1p((alike * later) @ sure), np.float64)


def days_apart(articles: Sequence[Article]) -> Matrix:
    """What the days between any two articles take from their likeness."""
    at = _days(articles)
    gap = np.maximum(0, np.abs(at[:, None] - at[None, :]) - FREE)
    return np.minimum(MOST_APART, APART * gap).astype(np.float32)


def retold(articles: Sequence[Article]) -> Matrix:
    """What headlines in much the same words add to the likeness of any two articles."""
    said = [rare_stems(read_words(each.title)) for each in articles]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(said):
        for word in words:
            holders[word].append(at)
    added = np.zeros((len(said), len(said)), np.float32)
    for at, words in enumerate(said):
        shared = Counter(other for word in words for other in holders[word] if other > at)
        for other, count in shared.items():
            if count >= max(SHARED_WORDS, SHARED_PART * min(len(words), len(said[other]))):
                added[at, other] = added[other, at] = RETOLD
    return added


def _days(articles: Sequence[Article]) -> NDArray[np.float64]:
    return np.array([each.published_at.timestamp() for each in articles]) / 86_400
