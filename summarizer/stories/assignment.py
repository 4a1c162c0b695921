"""Which story an article belongs to, if any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from bot.models import Window
from summarizer.stories.features import StoryFeatures
from summarizer.stories.similarity import EVIDENCE, Candidate, apart, evidence

LOOK_BACK = timedelta(days=4)
LOOK_AHEAD = timedelta(days=2)
MEMBERS = 12
"""Newest articles of a candidate that are compared."""

WEIGHTS = {
    "cosine of all words": 4.73,
    "copy of a member": 6.0,
    "most alike of all": 1.09,
    "words shared, log": 1.04,
    "words shared, log, beyond the next best": 1.09,
    "cosine of titles": 1.92,
    "names in titles that differ": -2.70,
    "elsewhere": -2.0,
    "titles elsewhere": -6.0,
    "same weekdays": 0.91,
    "hours apart, log": -1.78,
    "undated": -0.56,
    "short, with few words and none of the titles in common": -4.0,
}
"""What each figure adds to the log odds, learned by `python -m benchmarks.fitting.stories`.

Four are set by hand: that of copies, so that one joins its original in a story of any size, those
of places, since the sets learned from have few events of one kind in several places, where taking
two for one is the worse mistake, and that of short texts, which those sets lack.
"""

BIAS = -5.01
_WEIGHTS = np.array([WEIGHTS[name] for name in EVIDENCE])


def lookup_window(published_at: datetime) -> Window:
    """Where to look for an article's story; articles that come late look ahead as well."""
    return Window(published_at - LOOK_BACK, published_at + LOOK_AHEAD)


def choose(article: StoryFeatures, candidates: Sequence[Candidate]) -> str | None:
    """The id of the story that the article belongs to, or None where it starts its own."""
    near = [each for each in candidates if within_reach(article, each)]
    if not near or not article.word_flags:
        return None
    odds = evidence(article, near) @ _WEIGHTS + BIAS
    best = int(odds.argmax())
    return near[best].story_id if odds[best] > 0 else None


def within_reach(article: StoryFeatures, candidate: Candidate) -> bool:
    """Whether a story has words to compare, and has not aged out for this article.

    Round-ups and live pages share words with many events: they join each other alone.
    """
    if not candidate.has_words or candidate.is_roundup != article.roundup:
        return False
    return article.at is None or apart(article.at, candidate) <= LOOK_BACK
