"""The scorer of the built-in topics, made once: it keeps no state, and making it takes a while."""

from __future__ import annotations

from functools import cache

from summarizer.topics.scorer import TopicScorer, load_topics


@cache
def built_in_scorer() -> TopicScorer:
    return TopicScorer(load_topics())
