"""Fits the weights of words in news judgement: `python -m benchmarks.fitting.news_words FILE…`.

The files are those of `python -m benchmarks editor`; the more outlets and years, the better. For
each topic two logistic models, with ridge penalty: is an article on the topic, and how important
is one on the topic (a third for importance 1, all for 2 and 3)? One for both: does an article on a
topic report news? Writes words.tsv.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.editor_data import NEWS_GENRES, LabelledDay, read_days
from summarizer.newsworthiness.articles import read_article, with_furniture
from summarizer.newsworthiness.signs import TOPICS
from summarizer.newsworthiness.words import (
    COLUMNS,
    NEWS,
    WORDS_FILE,
    Column,
    WordWeights,
    count_words,
)

PENALTY = 1.0
LEAST_ARTICLES = 5
"""A word is weighed if so many labelled articles have it."""

LEAST_WEIGHT = 0.1
_STEPS = 150
_GAIN = {0: 0.0, 1: 1 / 3, 2: 1.0, 3: 1.0}

NO_WORDS = WordWeights((0.0,) * len(COLUMNS), {})
"""Weights that say nothing."""

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Counts:
    """A sparse matrix of (articles, words): rows, columns and counts of its entries."""

    rows: Places
    columns: Places
    counts: Numbers
    shape: tuple[int, int]

    def times(self, weights: Numbers) -> Numbers:
        """The product with a vector over words."""
        return _sums(self.rows, self.counts * weights[self.columns], self.shape[0])

    def turned_times(self, errors: Numbers) -> Numbers:
        """The product of the transpose with a vector over articles."""
        return _sums(self.columns, self.counts * errors[self.rows], self.shape[1])


def _sums(places: Places, terms: Numbers, length: int) -> Numbers:
    return np.asarray(np.bincount(places, terms, length), np.float64)


def fit_words(days: Sequence[LabelledDay]) -> WordWeights:
    """The weights of words that labelled days teach; each corpus counts by its root."""
    found = [each for day in days for each in _articles(day)]
    known = _known_words([each.counts for each in found])
    matrix = _matrix([each.counts for each in found], known)
    sizes = Counter(each.corpus for each in found)
    share = np.array([sizes[each.corpus] ** -0.5 for each in found])
    weight = share * len(share) / share.sum()
    fitted = [_column(found, matrix, weight, column) for column in COLUMNS]
    table = np.round(np.stack([weights for weights, _ in fitted], axis=1), 2)
    kept = {
        word: tuple(float(each) for each in row)
        for word, row in zip(known, table, strict=True)
        if np.abs(row).max() >= LEAST_WEIGHT
    }
    return WordWeights(tuple(round(intercept, 4) for _, intercept in fitted), kept)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """An English article's words, and an editor's label of it."""

    counts: Mapping[str, float]
    corpus: str
    topics: frozenset[str]
    news: bool
    importance: Mapping[str, int]


def _articles(day: LabelledDay) -> Iterator[_Labelled]:
    for article, page in with_furniture(day.articles):
        read = read_article(article, furniture=page)
        if read.english:
            label = day.labels[article.id]
            importance = {topic: day.importance(article, topic) for topic in TOPICS}
            news = label.genre in NEWS_GENRES
            yield _Labelled(count_words(read), day.corpus, label.topics, news, importance)


def _column(
    found: Sequence[_Labelled], matrix: _Counts, weight: Numbers, column: Column
) -> tuple[Numbers, float]:
    """The weights of one column; an article off the topic says nothing but that it is."""
    topic, part = column
    if column == NEWS:
        news = np.array([float(each.news) for each in found])
        return _logistic(matrix, news, weight * np.array([bool(each.topics) for each in found]))
    if part == "topic":
        return _logistic(matrix, np.array([float(topic in each.topics) for each in found]), weight)
    gains = [_GAIN[each.importance[topic]] if each.news else 0.0 for each in found]
    on_topic = np.array([float(topic in each.topics) for each in found])
    return _logistic(matrix, np.array(gains), weight * on_topic)


def _known_words(articles: Sequence[Mapping[str, float]]) -> list[str]:
    seen = Counter(word for counts in articles for word in counts)
    return sorted(word for word, number in seen.items() if number >= LEAST_ARTICLES)


def _matrix(articles: Sequence[Mapping[str, float]], known: Sequence[str]) -> _Counts:
    places = {word: at for at, word in enumerate(known)}
    entries = [
        (row, places[word], count)
        for row, counts in enumerate(articles)
        for word, count in counts.items()
        if word in places
    ]
    rows, columns, counts = (np.array(each) for each in zip(*entries, strict=True))
    return _Counts(rows, columns, counts, (len(articles), len(known)))


def _logistic(matrix: _Counts, targets: Numbers, weight: Numbers) -> tuple[Numbers, float]:
    """Weights and intercept, by accelerated gradient descent."""
    mean = float(np.clip((targets * weight).sum() / weight.sum(), 1e-4, 1 - 1e-4))
    intercept = float(np.log(mean / (1 - mean)))
    step = 1 / (0.25 * _largest_value(matrix, weight) + PENALTY)
    weights = ahead = np.zeros(matrix.shape[1])
    pace = 1.0
    for _ in range(_STEPS):
        guess = 1 / (1 + np.exp(-matrix.times(ahead) - intercept))
        error = (guess - targets) * weight
        following = ahead - step * (matrix.turned_times(error) + PENALTY * ahead)
        intercept -= float(error.sum() / (0.25 * weight.sum()))
        quicker = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = following + (pace - 1) / quicker * (following - weights)
        weights, pace = following, quicker
    return weights, intercept


def _largest_value(matrix: _Counts, weight: Numbers) -> float:
    """Somewhat more than the largest eigenvalue of the weighted Gram matrix."""
    vector = np.ones(matrix.shape[1])
    length = 1.0
    for _ in range(15):
        vector = matrix.turned_times(weight * matrix.times(vector))
        length = float(np.linalg.norm(vector))
        vector /= length
    return 1.1 * length


def main() -> int:
    """Fit on all files named and write the weights; returns 2 for wrong usage."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    words = fit_words([day for path in sys.argv[1:] for day in read_days(Path(path))])
    words.save()
    print(f"wrote {len(words.by_word)} words to {WORDS_FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
