"""The scorer of the built-in topics, created once because that is slow; it has no state."""

from __future__ import annotations

from functools import cache

from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer


@cache
def built_in_scorer() -> TopicScorer:
    return TopicScorer(load_topics())
