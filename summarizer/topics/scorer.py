"""Which topics an article is about, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.models import Topic, TopicScore
from summarizer.topics.matcher import Match, Matcher, settle
from summarizer.topics.own_topics import own_topic
from summarizer.topics.scoring import Layout, judge
from summarizer.topics.tokens import BREAK, Tokens, is_shouted, tokenize

__all__ = ["THRESHOLD", "Explanation", "TopicScorer", "own_topic"]

THRESHOLD = 0.5
"""The score from which an article is on a topic."""

FIRST_WORDS = 25
"""Tokens at the start of a text without title that speak as its title."""

_ORDINARY = frozenset(
    {"ALL", "AM", "AND", "CAN", "HE", "HER", "ICE", "IN", "IS", "IT", "ME", "NO", "OR", "SO"}
    | {"US", "WE", "WHO"}
)
"""Acronyms that a title all in capitals may hold as ordinary words."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one topic judged a text; `matched` are its terms found, weightiest first."""

    topic: str
    score: float
    threshold: float
    reasons: tuple[str, ...]
    matched: tuple[str, ...]

    @property
    def on_topic(self) -> bool:
        """Whether the score reaches the threshold."""
        return self.score >= self.threshold


class TopicScorer:
    """Scores texts against topics; holds no text and no state."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)

    @cached_property
    def _matcher(self) -> Matcher:
        """Made for the first text: many commands score none."""
        return Matcher(self.topics)

    def score(self, title: str, text: str, summary: str | None = None) -> tuple[TopicScore, ...]:
        """The topics that the text is about, best first."""
        found = [e for e in self.explain(title, text, summary) if e.on_topic]
        found.sort(key=lambda e: (-e.score, e.topic))
        return tuple(TopicScore(e.topic, e.score, e.reasons) for e in found)

    def explain(self, title: str, text: str, summary: str | None = None) -> tuple[Explanation, ...]:
        """How every topic judges the text, in the order of the topics."""
        tokens, layout = _lay_out(title, f"{summary}\n\n{text}" if summary else text)
        by_topic: list[list[Match]] = [[] for _ in self.topics]
        for match in self._matcher.find(tokens):
            by_topic[match.term.topic].append(match)
        return tuple(
            _explain(topic, settle(matches), layout)
            for topic, matches in zip(self.topics, by_topic, strict=True)
        )


def _lay_out(title: str, text: str) -> tuple[Tokens, Layout]:
    head, body = tokenize(title), tokenize(text)
    shouted = _ORDINARY if is_shouted(title) else frozenset()
    start = len(head.stems) + 1
    capitals = {at: word for at, word in head.capitals.items() if word not in shouted}
    capitals |= {start + at: word for at, word in body.capitals.items()}
    tokens = Tokens([*head.stems, BREAK, *body.stems], capitals)
    title_end = start if head.stems else min(FIRST_WORDS, len(body.stems)) + 1
    return tokens, Layout(title_end, len(tokens.stems))


def _explain(topic: Topic, matches: Sequence[Match], layout: Layout) -> Explanation:
    found = judge(topic, matches, layout)
    listed = ", ".join(f'"{term}"' for term in found.terms[:4])
    reasons = (f"matched {listed}", *found.places) if listed else ()
    score = round(found.points / (found.points + 1), 4)
    return Explanation(topic.name, score, THRESHOLD, reasons, found.terms)
