"""Which articles are about a topic: F1 of the product's scorer, against keyword match.

Reads rows with `title`, `text` and a label 0, 1 or null under a topic's name, such as `security` or
`energy`. The keyword counter is given the threshold that suits the file best, the product is not.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Row, read_jsonl
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

KEYWORDS = {
    "security": "attack army bomb conflict hacker intelligence military militant missile rebel "
    "security soldier terrorism terrorist troops violence war weapon",
    "energy": "barrel coal crude electricity energy fuel gas gasoline grid lng nuclear oil opec "
    "petroleum pipeline power refinery renewable solar",
}

Judge = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article and whether it is on the topic."""

    title: str
    text: str
    label: bool


def run(files: list[Path]) -> list[Row]:
    """One row for each system, file and labelled topic."""
    if not files:
        raise ValueError("topics: name a file with title, text and a label named after a topic")
    return [row for path in files for row in _file(path)]


def _file(path: Path) -> list[Row]:
    rows = read_jsonl(path)
    fields = set(rows[0]) if rows else set()
    topics = [topic.name for topic in load_topics() if topic.name in fields]
    if not topics or not {"title", "text"} <= fields:
        found = ", ".join(sorted(fields)) or "nothing"
        raise ValueError(f"{path}: needs title, text and security or energy; it has {found}")
    return [row for topic in topics for row in _topic(path.stem, topic, _labelled(rows, topic))]


def _labelled(rows: Sequence[dict[str, object]], topic: str) -> list[Labelled]:
    return [
        Labelled(str(row.get("title") or ""), str(row.get("text") or ""), bool(row[topic]))
        for row in rows
        if row.get(topic) is not None
    ]


def _topic(stem: str, topic: str, articles: Sequence[Labelled]) -> list[Row]:
    print(f"{stem}: {topic}, {len(articles)} articles", file=sys.stderr)
    data = f"{stem} {topic}"
    words = re.compile(rf"\b(?:{'|'.join(KEYWORDS[topic].split())})", re.IGNORECASE)
    scorer = TopicScorer(load_topics())

    def briefbot(title: str, text: str) -> float:
        return max((s.score for s in scorer.score(title, text) if s.topic == topic), default=0.0)

    def any_keyword(title: str, text: str) -> float:
        return float(bool(words.search(title) or words.search(text)))

    def keyword_count(title: str, text: str) -> float:
        return float(len(words.findall(title)) + len(words.findall(text)))

    return [
        _row(data, "briefbot", briefbot, articles, threshold=1e-9),
        _row(data, "any keyword", any_keyword, articles, threshold=1.0),
        _row(data, "keyword count", keyword_count, articles, threshold=None),
    ]


def _row(
    data: str, system: str, judge: Judge, articles: Sequence[Labelled], threshold: float | None
) -> Row:
    began = time.process_time()
    scores = [judge(article.title, article.text) for article in articles]
    seconds = time.process_time() - began
    labels = [article.label for article in articles]
    if threshold is None:
        threshold = _best(scores, labels)
    speed = {"articles_per_second": len(articles) / seconds if seconds else 0.0}
    return Row(data, system, _figures(scores, labels, threshold) | speed)


def _best(scores: Sequence[float], labels: Sequence[bool]) -> float:
    tried = sorted(set(scores) - {0.0}) if any(labels) else [1.0]
    return max(
        tried, key=lambda each: _figures(scores, labels, each).get("f1_pct", 0.0), default=1.0
    )


def _figures(scores: Sequence[float], labels: Sequence[bool], threshold: float) -> dict[str, float]:
    """F1, precision and recall; if no article is on the topic, the share of false alarms."""
    called = [score >= threshold for score in scores]
    hits = sum(both for both in map(min, called, labels))
    wrong, missed = sum(called) - hits, sum(labels) - hits
    if not any(labels):
        return {"false_alarms_pct": 100 * wrong / max(1, len(labels))}
    return {
        "f1_pct": 200 * hits / (2 * hits + wrong + missed),
        "precision_pct": 100 * hits / max(1, hits + wrong),
        "recall_pct": 100 * hits / (hits + missed),
    }
