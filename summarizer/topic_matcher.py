"""Finds the terms of many topics in one pass over the tokens of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.models import Topic
from summarizer.topic_tokens import BREAK, Tokens, tokenize


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


class Matcher:
    """The terms of all topics, by their first token."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[Term]]]] = {}
        for index, topic in enumerate(topics):
            for text, weight in topic.terms.items():
                self._add(Term(index, text, weight))
            for text in topic.exclusions:
                self._add(Term(index, text, None))

    def find(self, tokens: Tokens) -> Iterator[Match]:
        """Every term in the text, overlapping ones too, in the order of their start."""
        by_first = self._by_first
        for at, (stem, exact) in enumerate(zip(tokens.stems, tokens.exact, strict=True)):
            if stem in by_first:
                yield from self._at(at, by_first[stem], tokens)
            if exact in by_first and exact != stem:
                yield from self._at(at, by_first[exact], tokens)

    @staticmethod
    def _at(
        at: int, known: list[tuple[tuple[str, ...], list[Term]]], tokens: Tokens
    ) -> Iterator[Match]:
        for rest, terms in known:
            end = at + 1 + len(rest)
            found = zip(rest, tokens.stems[at + 1 : end], tokens.exact[at + 1 : end], strict=False)
            if end <= len(tokens.stems) and all(key in both for key, *both in found):
                for term in terms:
                    yield Match(at, end, term)

    def _add(self, term: Term) -> None:
        keys = pattern(term.text)
        if not keys:
            return
        known = self._by_first.setdefault(keys[0], [])
        for rest, terms in known:
            if rest == keys[1:]:
                terms.append(term)
                return
        known.append((keys[1:], [term]))


def pattern(text: str) -> tuple[str, ...]:
    """What a term is compared by: stems, or for words in capitals the word as written."""
    tokens = tokenize(text)
    pairs = zip(tokens.stems, tokens.exact, strict=True)
    return tuple(
        exact.replace(".", "") if is_acronym(exact) else stem
        for stem, exact in pairs
        if stem != BREAK
    )


def is_acronym(word: str) -> bool:
    """Whether a word was written in capitals on purpose: "US", "IT", "LNG"."""
    return len(word) > 1 and word.isupper() and word.isascii()


def settle(matches: Iterable[Match]) -> list[Match]:
    """Of the overlapping matches of one topic keep the longest, then the leftmost."""
    taken: set[int] = set()
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        span = range(match.start, match.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(match)
    return kept
