"""Finds the terms of many topics in one pass over the tokens of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress

from bot.models import Topic
from summarizer.topics.tokens import BREAK, Tokens, stem, tokenize


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase of one topic; `weight` is None for an exclusion."""

    topic: int
    text: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """A term found at tokens `start` up to `end`."""

    start: int
    end: int
    term: Term


_Seed = tuple[tuple[str, ...], int, str, float | None]
"""The way to a term, and its topic, text and weight."""

PLAIN_CHARS = 60
"""Characters that one token may have."""

_PLAIN = re.compile("[a-z ]+")
"""Terms whose tokens are the words between spaces."""


@dataclass(slots=True)
class _Node:
    terms: list[Term] = field(default_factory=list)
    then: dict[str | None, _Node] = field(default_factory=dict)


class Matcher:
    """The terms of all topics in one tree, a token a step.

    A term with a full stop inside ("St. Petersburg") is found with it and without. A branch is
    grown when a text first has the token that it begins with: most texts have few of them.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._branches: dict[str, _Node] = {}
        self._seeds: dict[str, list[_Seed]] = {}
        for index, topic in enumerate(topics):
            for text, weight in topic.terms.items():
                self._sow(index, text, weight)
            for text in topic.exclusions:
                self._sow(index, text, None)
        _keys.cache_clear()  # the checked terms are in the tree now

    def find(self, tokens: Tokens) -> list[Match]:
        """Every term in the text, overlapping ones too."""
        found: list[Match] = []
        first = self._seeds
        for at, word in tokens.capitals.items():
            if word in first:
                _follow(self._branch(word), at, at + 1, tokens, found)
        stems = tokens.stems
        for at in compress(range(len(stems)), map(first.__contains__, stems)):
            _follow(self._branch(stems[at]), at, at + 1, tokens, found)
        return found

    def _sow(self, topic: int, text: str, weight: float | None) -> None:
        keys = _keys(text)
        for way in (keys,) if keys and BREAK not in keys else _ways(keys):
            self._seeds.setdefault(way[0], []).append((way, topic, text, weight))

    def _branch(self, first: str) -> _Node:
        """What may follow a token, and the terms that end with it."""
        if first not in self._branches:
            branch = _Node()
            for way, topic, text, weight in self._seeds[first]:
                node = branch
                for key in way[1:]:
                    node = node.then.setdefault(key, _Node())
                node.terms.append(Term(topic, text, weight))
            self._branches[first] = branch
        return self._branches[first]


def _follow(node: _Node, start: int, end: int, tokens: Tokens, found: list[Match]) -> None:
    if node.terms:
        found.extend([Match(start, end, term) for term in node.terms])
    if not node.then or end == len(tokens.stems):
        return
    stem, word = tokens.stems[end], tokens.capitals.get(end)
    if stem in node.then:
        _follow(node.then[stem], start, end + 1, tokens, found)
    if word in node.then:
        _follow(node.then[word], start, end + 1, tokens, found)


def pattern(text: str) -> tuple[str, ...]:
    """What a term is compared by: stems, or for words in capitals the word as written."""
    keys = _keys(text)
    return keys if BREAK not in keys else tuple(key for key in keys if key != BREAK)


def _ways(keys: tuple[str, ...]) -> set[tuple[str, ...]]:
    """A term with full stops inside, as written and without them; nothing if it has no letters."""
    as_written = "\0".join(keys).strip("\0").split("\0")
    ways = {tuple(key for key in keys if key != BREAK), tuple(as_written)}
    return {way for way in ways if any(way)}


@lru_cache(maxsize=8_192)
def _keys(term: str) -> tuple[str, ...]:
    """The tokens of a term: the built-in ones are read to be checked, then for each matcher."""
    if len(term) <= PLAIN_CHARS and _PLAIN.fullmatch(term):  # as most are: a third of the time
        return tuple(map(stem, term.split()))
    tokens = tokenize(term)
    return tuple(tokens.capitals.get(at) or each for at, each in enumerate(tokens.stems))


def settle(matches: Iterable[Match]) -> list[Match]:
    """Of the overlapping matches of one topic keep the longest, then the leftmost.

    Among equally long ones a term of weight 0 gives way to all others.
    """
    taken: set[int] = set()
    kept: list[Match] = []
    for match in sorted(matches, key=_precedence):
        span = range(match.start, match.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(match)
    return kept


def _precedence(match: Match) -> tuple[int, bool, int]:
    return match.start - match.end, match.term.weight == 0, match.start
