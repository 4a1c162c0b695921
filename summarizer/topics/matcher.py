"""Finds the terms of many topics in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress

from bot.models import Topic
from summarizer.topics.tokens import BREAK, Tokens, tokenize


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


@dataclass(slots=True)
class _Node:
    terms: list[Term] = field(default_factory=list)
    then: dict[str | None, _Node] = field(default_factory=dict)


class Matcher:
    """The terms of all topics in one tree, a token a step.

    A term with a full stop inside ("St. Petersburg") is found with it and without.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._root = _Node()
        for index, topic in enumerate(topics):
            for text, weight in topic.terms.items():
                self._add(Term(index, text, weight))
            for text in topic.exclusions:
                self._add(Term(index, text, None))

    def find(self, tokens: Tokens) -> list[Match]:
        """Every term in the text, overlapping ones too."""
        found: list[Match] = []
        first = self._root.then
        for at, word in tokens.capitals.items():
            if word in first:
                _follow(first[word], at, at + 1, tokens, found)
        stems = tokens.stems
        for at in compress(range(len(stems)), map(first.__contains__, stems)):
            _follow(first[stems[at]], at, at + 1, tokens, found)
        return found

    def _add(self, term: Term) -> None:
        keys = _keys(term.text)
        as_written = "\0".join(keys).strip("\0").split("\0")
        for way in {tuple(key for key in keys if key != BREAK), tuple(as_written)}:
            node = self._root
            for key in way:
                node = node.then.setdefault(key, _Node())
            if any(way):
                node.terms.append(term)


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
    return tuple(key for key in _keys(text) if key != BREAK)


@lru_cache(maxsize=8_192)
def _keys(term: str) -> tuple[str, ...]:
    """The tokens of a term: the built-in ones are read to be checked, then for each matcher."""
    tokens = tokenize(term)
    return tuple(tokens.capitals.get(at) or stem for at, stem in enumerate(tokens.stems))


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
