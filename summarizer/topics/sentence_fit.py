"""How much one sentence speaks of a topic."""

from __future__ import annotations

from functools import lru_cache

from bot.models import Topic
from summarizer.topics.matcher import Matcher, settle
from summarizer.topics.tokens import tokenize

_KEPT = 64


class TopicFit:
    """Judges sentences against one topic."""

    def __init__(self, topic: Topic) -> None:
        self._matcher = _matcher_of(topic)

    def of(self, sentence: str) -> float:
        """From 0, nothing of the topic, towards 1; one decisive word gives a half."""
        found = {
            match.term.text: match.term.weight or 0.0
            for match in settle(self._matcher.find(tokenize(sentence)))
        }
        points = max(0.0, sum(found.values()))
        return points / (points + 1)


_recent: dict[int, tuple[Topic, Matcher]] = {}
"""Topics that were asked for last, by their identity: to compare thousands of terms takes long."""


def _matcher_of(topic: Topic) -> Matcher:
    known, matcher = _recent.get(id(topic), (None, None))
    if known is not topic or matcher is None:
        matcher = _matcher(topic.name, tuple(topic.terms.items()), topic.exclusions)
        if len(_recent) >= _KEPT:
            _recent.clear()
        _recent[id(topic)] = topic, matcher
    return matcher


@lru_cache(maxsize=_KEPT)
def _matcher(
    name: str, terms: tuple[tuple[str, float], ...], exclusions: tuple[str, ...]
) -> Matcher:
    return Matcher([Topic(name, "", "", dict(terms), exclusions)])
