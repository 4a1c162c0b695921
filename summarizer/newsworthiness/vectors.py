"""Articles of a window as centred vectors, and the names that the window speaks of."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarizer.newsworthiness.articles import ReadArticle

DIMENSIONS = 4096
TITLE_WEIGHT = 2.0
BODY_WEIGHT = 0.5
_ROWS_AT_ONCE = 64
Matrix = NDArray[np.float32]


@lru_cache(maxsize=65_536)
def _dimension(stemmed: str) -> int:
    return zlib.crc32(stemmed.encode()) % DIMENSIONS


@dataclass(frozen=True, slots=True)
class SparseRow:
    """The dimensions of a row that are not 0, in ascending order, and their values."""

    at: NDArray[np.intp]
    values: Matrix


def dense(rows: Sequence[SparseRow]) -> Matrix:
    """The rows with all dimensions, of shape (rows, DIMENSIONS)."""
    matrix = np.zeros((len(rows), DIMENSIONS), np.float32)
    for full, row in zip(matrix, rows, strict=True):
        full[row.at] = row.values
    return matrix


def build_vectors(window: Sequence[ReadArticle]) -> tuple[list[SparseRow], Matrix]:
    """Unit TF-IDF rows of title and body: as they are, and centred on the window's mean.

    The centred ones take 16 KB each, so only one such matrix is made.
    """
    counts = [_counts(read) for read in window]
    documents = Counter(chain.from_iterable(counts))
    idf = {stemmed: math.log((1 + len(window)) / n) + 0.3 for stemmed, n in documents.items()}
    places = [list(map(_dimension, count)) for count in counts]
    flat = [first * DIMENSIONS + at for first, found in enumerate(places) for at in found]
    values = [
        math.log1p(weight) * idf[stemmed] for count in counts for stemmed, weight in count.items()
    ]
    rows = np.zeros((len(window), DIMENSIONS), np.float32)
    np.add.at(rows.reshape(-1), np.asarray(flat, np.intp), np.asarray(values, np.float32))
    _make_unit(rows)
    kept = [
        SparseRow(at := np.asarray(sorted(set(found)), np.intp), row[at])
        for row, found in zip(rows, places, strict=True)
    ]
    rows -= rows.mean(0)
    _make_unit(rows)
    return kept, rows


def _counts(read: ReadArticle) -> dict[str, float]:
    title = Counter([word.stem for word in read.title if not word.frequent])
    body = Counter([word.stem for word in read.body if not word.frequent])
    counts = {stemmed: TITLE_WEIGHT * times for stemmed, times in title.items()}
    for stemmed, times in body.items():
        counts[stemmed] = counts.get(stemmed, 0.0) + BODY_WEIGHT * times
    return counts


def _make_unit(rows: Matrix) -> None:
    """Scale each row to length 1, some rows at a time."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        some /= np.maximum(np.linalg.norm(some, axis=1, keepdims=True), 1e-9)


def find_names(window: Sequence[ReadArticle]) -> list[frozenset[str]]:
    """The names in each article's title and lead: words that the window writes with a capital."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for read in window:
        body = read.body[1:]
        capital.update([word.stem for word in body if word.capital])
        small.update([word.stem for word in body if not word.capital])
    known = {stemmed for stemmed, n in capital.items() if n > 3 * small[stemmed]}
    return [
        frozenset(
            w.stem
            for w in (*read.title, *read.lead)
            if w.capital and not w.frequent and w.stem in known
        )
        for read in window
    ]


def inherit(
    names: Sequence[frozenset[str]], titles: Sequence[frozenset[str]], on_topic: Sequence[float]
) -> list[float]:
    """How far the names of each title belong to the topic elsewhere in the window."""
    total: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for named, share in zip(names, on_topic, strict=True):
        for name in named:
            total[name] += share
            seen[name] += 1
    base = sum(on_topic) / max(1, len(on_topic))
    return [
        max((_lift(total[n] - own, seen[n] - 1, base) for n in mine & named), default=0.0)
        for mine, named, own in zip(titles, names, on_topic, strict=True)
    ]


def _lift(total: float, seen: int, base: float, doubt: float = 3.0) -> float:
    """The smoothed share on topic of the other articles with a name, above the window's."""
    return max(0.0, (total + doubt * base) / (seen + doubt) - base)


def source_shares(
    sources: Sequence[str], on_topic: Sequence[float], doubt: float = 5.0
) -> list[float]:
    """For each article, the smoothed share on topic of its source's other articles."""
    total: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter(sources)
    for source, share in zip(sources, on_topic, strict=True):
        total[source] += share
    return [total[s] / (seen[s] + doubt) for s in sources]


def echo(similar: Matrix, sources: Sequence[str], least: float = 0.2) -> list[float]:
    """How many other sources tell much the same, on a log scale that 8 of them fill."""
    told = [
        {sources[j] for j in np.flatnonzero(row > least).tolist()} | {sources[i]}
        for i, row in enumerate(similar)
    ]
    return [min(1.0, math.log1p(len(names) - 1) / math.log(9)) for names in told]


def nearness(rows: Sequence[SparseRow], on_topic: Sequence[float]) -> list[float]:
    """The cosine of each article with the others' mean, weighted by how far they are on topic."""
    weights = np.asarray(on_topic, np.float32)
    mean = np.zeros(DIMENSIONS, np.float32)
    for row, weight in zip(rows, weights, strict=True):
        mean[row.at] += row.values * weight
    out = []
    for row, weight in zip(rows, weights, strict=True):
        others = mean.copy()
        others[row.at] -= weight * row.values
        length = float(np.linalg.norm(others))
        out.append(float(dense([row])[0] @ others) / length if length > 1e-9 else 0.0)
    return out
