"""Articles of a window as centred vectors, and the names that the window speaks of."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.phrases import Word

DIMENSIONS = 4096
_IN_TITLE = 4
"""What a word of a title counts, where one of the body counts one."""

_AT_ONCE, _ROWS_AT_ONCE = 256, 128
LEAST_LENGTH = 1e-9
Matrix = NDArray[np.float32]


@lru_cache(maxsize=65_536)
def _dimension(stemmed: str) -> int:
    return zlib.crc32(stemmed.encode()) % DIMENSIONS


@dataclass(frozen=True, slots=True)
class SparseRow:
    """The dimensions of a row that are not 0, in ascending order, and their values."""

    at: NDArray[np.uint16]
    values: Matrix


def dense(rows: Sequence[SparseRow]) -> Matrix:
    """The rows with all dimensions, of shape (rows, DIMENSIONS)."""
    matrix = np.zeros((len(rows), DIMENSIONS), np.float32)
    for full, row in zip(matrix, rows, strict=True):
        full[row.at] = row.values
    return matrix


@dataclass(frozen=True, slots=True, eq=False)
class WordCounts:
    """What the words of an article give to the vectors and names of any window that has it.

    stems    stems of title and body, but for frequent words, each once
    halves   how often each stands there, in halves: a word of the title counts four, else one
    at       the dimension of each; two stems may share one
    capital  stems of the words of the body that begin with a capital, but for the first word
    small    stems of its other words, but for the first
    names    stems of title and lead that may name something
    """

    stems: tuple[str, ...]
    halves: NDArray[np.uint16]
    at: NDArray[np.uint16]
    capital: tuple[str, ...]
    small: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, read: ReadArticle) -> WordCounts:
        """Count the words of an article."""
        counts = Counter([*_IN_TITLE * _rare(read.title), *_rare(read.body)])
        later = read.body[1:]
        return cls(
            tuple(counts),
            np.array([*counts.values()], np.uint16),
            np.array([*map(_dimension, counts)], np.uint16),
            tuple([word.stem for word in later if word.capital]),
            tuple([word.stem for word in later if not word.capital]),
            tuple({w.stem for w in (*read.title, *read.lead) if w.capital and not w.frequent}),
        )


def _rare(words: Sequence[Word]) -> list[str]:
    return [word.stem for word in words if not word.frequent]


def build_rows(window: Sequence[WordCounts]) -> list[SparseRow]:
    """Unit TF-IDF rows of title and body."""
    row = np.zeros(DIMENSIONS, np.float32)
    rows = []
    for counts, values in zip(window, _weighed(window), strict=True):
        np.add.at(row, counts.at, values)
        at = np.asarray(sorted(set(counts.at.tolist())), np.uint16)
        found = row[at]
        row[at] = 0
        rows.append(SparseRow(at, found / max(float(np.linalg.norm(found)), LEAST_LENGTH)))
    return rows


def likeness(rows: Sequence[SparseRow]) -> Matrix:
    """The cosines of all pairs of rows, centred on their mean, of shape (rows, rows).

    Some dimensions and rows at a time: all of a thousand centred rows would take 16 MB.
    """
    if not rows:
        return np.zeros((0, 0), np.float32)
    held = np.repeat(np.arange(len(rows), dtype=np.uint32), [len(each.at) for each in rows])
    at = np.concatenate([each.at for each in rows])
    values = np.concatenate([each.values for each in rows])
    mean = (np.bincount(at, values, DIMENSIONS) / len(rows)).astype(np.float32)
    products = np.zeros((len(rows), len(rows)), np.float32)
    starts = range(0, len(rows), _ROWS_AT_ONCE)
    strips = [slice(start, start + _ROWS_AT_ONCE) for start in starts]
    for first in range(0, DIMENSIONS, _AT_ONCE):
        some = (first <= at) & (at < first + _AT_ONCE)
        block = np.zeros((len(rows), _AT_ONCE), np.float32)
        block[held[some], at[some] - first] = values[some]
        block -= mean[first : first + _AT_ONCE]
        for strip in strips:
            products[strip, : strip.stop] += block[strip] @ block[: strip.stop].T
    lengths = np.maximum(np.sqrt(products.diagonal()), LEAST_LENGTH)
    for strip in strips:
        products[strip, : strip.stop] /= np.outer(lengths[strip], lengths[: strip.stop])
        lower = np.tril(products[strip, strip])
        products[strip, strip] = lower + np.tril(lower, -1).T
        products[: strip.start, strip] = products[strip, : strip.start].T
    return products


def _weighed(window: Sequence[WordCounts]) -> Iterator[NDArray[np.float32]]:
    """The TF-IDF weights of each article's stems."""
    documents = Counter(chain.from_iterable(counts.stems for counts in window))
    idf = {stem: math.log((1 + len(window)) / n) + 0.3 for stem, n in documents.items()}
    most = max((int(counts.halves.max(initial=0)) for counts in window), default=0)
    frequency = np.asarray([math.log1p(halves / 2) for halves in range(most + 1)])
    for counts in window:
        rarity = np.fromiter(map(idf.__getitem__, counts.stems), np.float64, len(counts.stems))
        yield (frequency[counts.halves] * rarity).astype(np.float32)


def find_names(window: Sequence[WordCounts]) -> list[frozenset[str]]:
    """The names in each article's title and lead: words that the window writes with a capital."""
    capital = Counter(chain.from_iterable(counts.capital for counts in window))
    small = Counter(chain.from_iterable(counts.small for counts in window))
    known = frozenset(stem for stem, n in capital.items() if n > 3 * small[stem])
    return [known.intersection(counts.names) for counts in window]


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
