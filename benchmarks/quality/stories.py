"""Articles into events: B-cubed F1 of the product's clustering, beside TF-IDF clustering.

Reads rows with `event`, `title`, `text` and `date` (ISO 8601 or null). Articles come one by one in
order of time, or of the file where they have no date. The peers weigh words by all the articles of
the file, those to come included; their thresholds were tuned on development sets.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import Row, read_jsonl
from summarizer.stories.clustering import StoryIndex, features

THREE_DAYS = timedelta(days=3)

Cluster = Callable[[Sequence["Labelled"]], list[str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article and the event that it is on."""

    event: str
    title: str
    text: str
    at: datetime | None


def run(files: list[Path]) -> list[Row]:
    """Rows for each file: the product, the peers, and every article a story of its own."""
    if not files:
        raise ValueError("stories: name a file with event, title, text and date")
    return [row for path in files for row in _file(path)]


def read(path: Path) -> list[Labelled]:
    """The articles of a file by time; raises ValueError for another format."""
    rows = read_jsonl(path)
    found = set(rows[0]) if rows else set()
    if not {"event", "title", "text", "date"} <= found:
        names = ", ".join(sorted(found)) or "nothing"
        raise ValueError(f"{path}: needs event, title, text and date; it has {names}")
    articles = [_labelled(row) for row in rows]
    return sorted(articles, key=lambda each: each.at or datetime.min.replace(tzinfo=UTC))


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 as Bagga and Baldwin (1998) define them, means over articles."""
    both, golds, founds = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[pair] / founds[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / golds[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _labelled(row: dict[str, object]) -> Labelled:
    at = datetime.fromisoformat(str(row["date"])) if row["date"] else None
    return Labelled(
        event=str(row["event"]),
        title=str(row["title"] or ""),
        text=str(row["text"] or ""),
        at=at.replace(tzinfo=at.tzinfo or UTC) if at else None,
    )


def _file(path: Path) -> Iterator[Row]:
    articles = read(path)
    gold = [each.event for each in articles]
    for name, cluster in SYSTEMS.items():
        print(f"{path.stem}: {name} ...", file=sys.stderr)
        start = time.perf_counter()
        found = cluster(articles)
        seconds = time.perf_counter() - start
        precision, recall, f1 = b_cubed(gold, found)
        figures = {"P %": 100 * precision, "R %": 100 * recall, "F1 %": 100 * f1}
        yield Row(path.stem, name, figures | {"articles/s": len(articles) / seconds})


def _briefbot(articles: Sequence[Labelled]) -> list[str]:
    index = StoryIndex()
    return [
        index.add(features(each.title, each.text, each.at), str(number))
        for number, each in enumerate(articles)
    ]


def _one_pass(articles: Sequence[Labelled], window: timedelta | None, alike: float) -> list[str]:
    vectors = _tf_idf(articles)
    centroids: list[Any] = []
    last: list[datetime | None] = []
    found = []
    for vector, article in zip(vectors, articles, strict=True):
        near = [
            number
            for number, seen in enumerate(last)
            if window is None or not (article.at and seen) or article.at - seen <= window
        ]
        scored = [(_cosine(vector, centroids[number]), number) for number in near]
        best, number = max(scored, default=(0.0, 0))
        if best < alike:
            number = len(centroids)
            centroids.append(vector)
            last.append(article.at)
        else:
            centroids[number] = centroids[number] + vector
            last[number] = article.at
        found.append(str(number))
    return found


def _average_link(articles: Sequence[Labelled], alike: float) -> list[str]:
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    vectors = _tf_idf(articles)
    distance = 1 - (vectors @ vectors.T).toarray()
    if all(each.at for each in articles):
        days = np.array([each.at.timestamp() for each in articles if each.at])
        distance[np.abs(days[:, None] - days[None, :]) > THREE_DAYS.total_seconds()] = 1
    model = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - alike
    )
    return [str(label) for label in model.fit_predict(distance.clip(min=0))]


def _tf_idf(articles: Sequence[Labelled]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(stop_words="english", sublinear_tf=True)
    return model.fit_transform(f"{each.title} {each.text}" for each in articles)


def _cosine(one: Any, other: Any) -> float:
    sizes = (one.multiply(one).sum() * other.multiply(other).sum()) ** 0.5
    return float(one.multiply(other).sum() / sizes)


def _singletons(articles: Sequence[Labelled]) -> list[str]:
    return [str(number) for number in range(len(articles))]


SYSTEMS: dict[str, Cluster] = {
    "briefbot": _briefbot,
    "TF-IDF one pass": lambda articles: _one_pass(articles, None, 0.2),
    "TF-IDF one pass, 3 days": lambda articles: _one_pass(articles, THREE_DAYS, 0.2),
    "TF-IDF average link, 3 days": lambda articles: _average_link(articles, 0.15),
    "singletons": _singletons,
}
