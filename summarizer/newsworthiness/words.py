"""What the words of a title and lead say of an article, by weights fitted on labelled articles.

Logistic models: for each topic "topic", the chance that the article is on it, and "importance",
its expected importance if it is; and for any topic "news", the chance that an article on one
reports news. The weights are in words.tsv; a line is a stem, or two that follow each other in a
title, and its weights.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from zlib import crc32

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.signs import TOPICS, logistic

WORDS_FILE = Path(__file__).with_name("words.tsv")
LEAD_WORDS = 40
IN_TITLE, PAIR, IN_LEAD = 1.0, 0.7, 0.4
"""What a word counts in a title, as one of a pair there, and in the lead."""

LENGTH = 3.0
"""The words of every article are brought to this length, so that a headline alone says as much as
one with a lead."""

Column = tuple[str, str]
"""A topic, or "any", and what the weights are of."""

NEWS: Column = ("any", "news")
COLUMNS: tuple[Column, ...] = (
    *((topic, part) for topic in TOPICS for part in ("topic", "importance")),
    NEWS,
)

Chances = Mapping[Column, float]
"""By column: a chance from 0 to 1."""

Row = tuple[float, ...]
_WORD = re.compile(r"^[^\t\n]+(?=\t)", re.MULTILINE)
_REMEMBERED = 2_048
"""Words whose rows are kept once they were asked for: a few stand in most articles."""


class WrittenRows(Mapping[str, Row]):
    """The rows of a file, each read when its word is asked for.

    A dictionary of them would take 5 MB of each process. `_places` holds the checksum of each word
    and after it, in the lower half, where its row starts; in ascending order.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = array("Q", sorted(_checksum(w[0]) | w.start() for w in _WORD.finditer(text)))
        self._row = lru_cache(_REMEMBERED)(self._read)

    def __getitem__(self, word: str) -> Row:
        if found := self._row(word):
            return found
        raise KeyError(word)

    def get(self, word: str, default: Any = None) -> Any:
        """The row of a word, without the cost of an error for one that is not there."""
        return self._row(word) or default

    def __iter__(self) -> Iterator[str]:
        return (found[0] for found in _WORD.finditer(self._text))

    def __len__(self) -> int:
        return len(self._places)

    def _read(self, word: str) -> Row:
        checksum, start = _checksum(word), f"{word}\t"
        for number in range(bisect_left(self._places, checksum), len(self._places)):
            at = self._places[number] - checksum
            if at >= len(self._text):
                break
            if self._text.startswith(start, at):
                return _numbers(self._text[at + len(start) : self._text.find("\n", at)])
        return ()


@dataclass(frozen=True, slots=True, eq=False)
class WordWeights:
    """Weights of words in the order of COLUMNS, and the intercept of each column."""

    intercepts: tuple[float, ...]
    by_word: Mapping[str, tuple[float, ...]] = field(repr=False)

    @classmethod
    def load(cls, path: Path = WORDS_FILE) -> WordWeights:
        """The shipped weights; the first line holds the intercepts."""
        first, _, rows = path.read_text("utf-8").partition("\n")
        return cls(_numbers(first), WrittenRows(rows))

    def save(self, path: Path = WORDS_FILE) -> None:
        """Write the weights as `load` reads them."""
        rows = ["\t".join(map(_written, self.intercepts))]
        for word, weights in sorted(self.by_word.items()):
            rows.append("\t".join((word, *map(_written, weights))))
        path.write_text("\n".join(rows) + "\n", "utf-8")

    def chances(self, read: ReadArticle) -> Chances:
        """What the words of an article say, for every column."""
        by_word = self.by_word
        found = [(n, row) for word, n in count_words(read).items() if (row := by_word.get(word))]
        return {
            column: logistic(sum([count * weights[at] for count, weights in found], first))
            for at, (column, first) in enumerate(zip(COLUMNS, self.intercepts, strict=True))
        }

    def weightiest(self, read: ReadArticle, column: Column, most: int) -> Sequence[str]:
        """The words of an article that move a column most, each with its sign, as "+ceasefir"."""
        at = COLUMNS.index(column)
        known = (
            (count * self.by_word[word][at], word)
            for word, count in count_words(read).items()
            if word in self.by_word
        )
        moved = sorted(known, key=lambda each: (-abs(each[0]), each[1]))[:most]
        return [f"{'+' if weight > 0 else '-'}{word}" for weight, word in moved if weight]


def count_words(read: ReadArticle) -> dict[str, float]:
    """The words of title and lead, and the pairs of the title, with what each counts."""
    title = [word.stem for word in read.title]
    counts = dict(_pairs(title))
    for word in read.lead[:LEAD_WORDS]:
        if not word.frequent:
            counts[word.stem] = IN_LEAD
    counts.update((stem, IN_TITLE) for stem in title if len(stem) > 1)
    scale = LENGTH / max(1e-9, sum([count * count for count in counts.values()]) ** 0.5)
    return {word: scale * count for word, count in counts.items()}


def _pairs(title: Sequence[str]) -> Iterator[tuple[str, float]]:
    for pair in pairwise(title):
        yield " ".join(pair), PAIR


def _numbers(written: str) -> Row:
    return tuple(map(_number, written.split("\t")))


@cache
def _number(written: str) -> float:
    """The same object for the same number, of which there are few hundred."""
    return float(written or 0)


def _checksum(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) << 32


def _written(weight: float) -> str:
    return f"{weight:.2f}" if weight else ""
