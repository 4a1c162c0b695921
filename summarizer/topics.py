"""Which topics an article is about, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Topic, TopicScore
from summarizer.topic_config import load_topics
from summarizer.topic_matcher import Match, Matcher, settle
from summarizer.topic_tokens import Tokens, tokenize
from summarizer.topic_words import own_topic

__all__ = ["THRESHOLD", "Explanation", "TopicScorer", "load_topics", "own_topic"]

THRESHOLD = 0.5
"""The score from which an article is on a topic."""

TITLE, LEAD, BODY = 2.0, 1.5, 1.0
LEAD_TOKENS = 60


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
        self._matcher = Matcher(self.topics)

    def score(self, title: str, text: str, summary: str | None = None) -> tuple[TopicScore, ...]:
        """The topics that the text is about, best first."""
        found = [e for e in self.explain(title, text, summary) if e.on_topic]
        found.sort(key=lambda e: (-e.score, e.topic))
        return tuple(TopicScore(e.topic, e.score, e.reasons) for e in found)

    def explain(self, title: str, text: str, summary: str | None = None) -> tuple[Explanation, ...]:
        """How every topic judges the text, in the order of the topics."""
        head = tokenize(title)
        body = tokenize(f"{summary}\n\n{text}" if summary else text)
        by_topic: list[list[Match]] = [[] for _ in self.topics]
        title_end = len(head.stems) + 1
        for match in self._matcher.find(_join(head, body)):
            by_topic[match.term.topic].append(match)
        return tuple(
            _explain(topic, settle(matches), title_end)
            for topic, matches in zip(self.topics, by_topic, strict=True)
        )


def _join(head: Tokens, body: Tokens) -> Tokens:
    return Tokens([*head.stems, "", *body.stems], [*head.exact, "", *body.exact])


def _explain(topic: Topic, matches: list[Match], title_end: int) -> Explanation:
    counts: Counter[str] = Counter()
    in_title = False
    for match in matches:
        if match.term.weight is None:
            continue
        zone: float = TITLE if match.start < title_end else BODY
        if title_end <= match.start < title_end + LEAD_TOKENS:
            zone = LEAD
        in_title = in_title or zone == TITLE
        counts[match.term.text] += zone
    points = {term: topic.terms[term] * count**0.7 for term, count in counts.items()}
    total = max(0.0, sum(points.values()))
    matched = tuple(sorted(points, key=lambda term: (-points[term], term)))
    reasons = _reasons(matched, in_title)
    return Explanation(topic.name, round(total / (total + 2), 4), THRESHOLD, reasons, matched)


def _reasons(matched: tuple[str, ...], in_title: bool) -> tuple[str, ...]:
    if not matched:
        return ()
    listed = ", ".join(f'"{term}"' for term in matched[:4])
    return (f"matched {listed}", *(("title",) if in_title else ()))
