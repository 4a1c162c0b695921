"""A text analysed once for the evidence checker, with a cache."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TypeVar

from summarizer.language.dates import Clock, Day, clocks, days, weekdays
from summarizer.language.names import acronyms, placed
from summarizer.language.numbers import quantities
from summarizer.language.quantity import Quantity
from summarizer.language.sentences import split
from summarizer.language.tokens import LONGEST, Token, fold, tokens, without_invisible
from summarizer.lazy_pattern import lazy_pattern

_TEXTS_KEPT = 256
_FAMILY = 3
_NOT_LETTERS = lazy_pattern(r"[^\w%$€£]+")
_SPACED_STOP = lazy_pattern(r"\s[.!?]\s|;\s")
_ANY_STOP = lazy_pattern(r"\s[.!?]\s|;\s|(?<=[a-z\d)]{3})[.!?][\"'’”]*\s")
_GIANT = 300
"""From this length on a sentence is taken for several: some texts have no capitals."""


Key = TypeVar("Key")
Pair = tuple[str, str]
Triple = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Text:
    """The words and sentences of a text, with its quantities, days and places.

    `sentences` are token ranges, the end excluded, and `spans` their characters; `where` is each
    word's sentence. The indexes are made when they are first asked for: a bullet needs few of them.
    """

    text: str
    folded: str
    words: Sequence[Token]
    stems: Sequence[str]
    sentences: Sequence[tuple[int, int]]
    spans: Sequence[tuple[int, int]]
    where: Sequence[int]
    quantities: Sequence[Quantity]
    days: Sequence[Day]
    weekdays: frozenset[str]
    clocks: Sequence[Clock]

    @cached_property
    def at(self) -> Mapping[str, Sequence[int]]:
        """The words where a stem stands."""
        return _gathered(zip(self.stems, range(len(self.stems)), strict=True))

    @cached_property
    def at_triple(self) -> Mapping[Triple, Sequence[int]]:
        """The words where three stems in a row begin."""
        triples = zip(self.stems, self.stems[1:], self.stems[2:], strict=False)
        return _gathered((triple, at) for at, triple in enumerate(triples))

    @cached_property
    def sentences_of(self) -> Mapping[str, frozenset[int]]:
        """The sentences of a stem."""
        return _sets(zip(self.stems, self.where, strict=True))

    @cached_property
    def sentences_of_pair(self) -> Mapping[Pair, frozenset[int]]:
        """The sentences of two stems in a row."""
        return _sets(zip(pairwise(self.stems), self.where, strict=False))

    @cached_property
    def families(self) -> Mapping[str, frozenset[str]]:
        """The stems by their first letters."""
        return _sets((each[:_FAMILY], each) for each in set(self.stems))

    @cached_property
    def lows(self) -> frozenset[str]:
        """The words in lower case."""
        return frozenset([token.word.low for token in self.words])

    @cached_property
    def places(self) -> Mapping[str, frozenset[int]]:
        """The sentences of a place, by its canonical form."""
        return _sets((name, self.where[first]) for first, _, name in placed(self.words))

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The initials of each run of capitalised words."""
        return acronyms(self.folded, self.words)

    @cached_property
    def lettered(self) -> str:
        """The text without punctuation and capitals, for finding quotations."""
        return lettered(self.folded)

    def index(self) -> None:
        """Make all indexes now, for a text that many others are compared with."""
        for name in _INDEXES:
            getattr(self, name)

    def family(self, stemmed: str) -> frozenset[str]:
        """The text's stems that begin as this one does."""
        return self.families.get(stemmed[:_FAMILY], frozenset())

    def gap(self, at: int) -> str:
        """What stands between a word and the one before it: " ", ", " or ": "."""
        return self.folded[self.words[at - 1].end : self.words[at].start]

    def said(self, first: int, last: int) -> str:
        """The characters of some words, `last` included."""
        return self.folded[self.words[first].start : self.words[last].end]


_INDEXES = [name for name, each in vars(Text).items() if isinstance(each, cached_property)]


@lru_cache(maxsize=_TEXTS_KEPT)
def read(text: str) -> Text:
    """Analyse and index a source, and cache it; at most LONGEST characters."""
    source = read_once(text)
    source.index()
    return source


def read_once(text: str) -> Text:
    """Analyse a text without caching it."""
    text = text[:LONGEST]
    folded = fold(text)
    words = tokens(folded)
    stems = [token.word.stem for token in words]
    spans = list(_sentences(text)) or [(0, len(text))]
    sentences = _ranges(words, spans)
    where = [place for place, (first, end) in enumerate(sentences) for _ in range(first, end)]
    return Text(
        text=text,
        folded=folded,
        words=words,
        stems=stems,
        sentences=sentences,
        spans=spans,
        where=where,
        quantities=quantities(folded, words),
        days=days(folded, words),
        weekdays=weekdays(words),
        clocks=clocks(words),
    )


def lettered(folded: str) -> str:
    """A folded text as lower-case words between single spaces, apostrophes dropped."""
    plain = without_invisible(folded).lower().replace("'", "")
    return f" {_NOT_LETTERS.sub(' ', plain).strip()} "


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences begin and end; a semicolon ends one, and a full stop between spaces."""
    for each in split(text):
        begin = each.start
        parts = _ANY_STOP if each.end - each.start > _GIANT else _SPACED_STOP
        for stop in parts.finditer(text, each.start, each.end):
            yield begin, stop.end() - 1
            begin = stop.end()
        if begin < each.end:
            yield begin, each.end


def _ranges(words: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences as ranges of words, those without words left empty; every word is in one."""
    starts = [token.start for token in words]
    ranges = []
    first = 0
    for place, (_, end) in enumerate(spans):
        last = len(words) if place == len(spans) - 1 else bisect_right(starts, end - 1)
        ranges.append((first, max(first, last)))
        first = max(first, last)
    return ranges


def _gathered(found: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    by_key: dict[Key, list[int]] = defaultdict(list)
    for key, value in found:
        by_key[key].append(value)
    return dict(by_key)


Value = TypeVar("Value", int, str)


def _sets(found: Iterable[tuple[Key, Value]]) -> dict[Key, frozenset[Value]]:
    by_key: dict[Key, set[Value]] = defaultdict(set)
    for key, value in found:
        by_key[key].add(value)
    return {key: frozenset(values) for key, values in by_key.items()}


def clause_around(edges: re.Pattern[str], text: str, start: int, end: int) -> str:
    """The part of a text between the edges of clauses nearest to some characters."""
    first = max((edge.end() for edge in edges.finditer(text, 0, start)), default=0)
    following = edges.search(text, end)
    return text[first : following.start() if following else len(text)]
