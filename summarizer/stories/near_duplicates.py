"""Which articles are near-identical copies of one text, as agencies spread them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.models import Article
from summarizer.language.content_words import words

_ALIKE = 0.6
_SHINGLE = 4
_READ = 1_500
_BY_WHOM = re.compile(r"\s\([^()]*\)\s*$|\svia\s.*$", re.IGNORECASE)


def independent(articles: Sequence[Article]) -> tuple[tuple[Article, ...], ...]:
    """Group articles by who reported: one group for an outlet, and for all copies of one text."""
    groups: list[tuple[list[Article], set[int]]] = []
    for article in articles:
        own, outlet = _shingles(article.text), outlet_of(article.source)
        for members, shingles in groups:
            if outlet == outlet_of(members[0].source) or _alike(own, shingles):
                members.append(article)
                break
        else:
            groups.append(([article], own))
    return tuple(tuple(members) for members, _ in groups)


def outlets(sources: Iterable[str]) -> frozenset[str]:
    """The outlets that report, given the names of the sources of articles."""
    return frozenset(map(outlet_of, sources))


def outlet_of(source: str) -> str:
    """Who reports, without by whom it came: "UN News (via Global Issues)" is UN News."""
    return _BY_WHOM.sub("", source).strip().casefold() or source


def _shingles(text: str) -> set[int]:
    said = words(text[:_READ])
    return {hash(tuple(said[i : i + _SHINGLE])) for i in range(max(1, len(said) - _SHINGLE + 1))}


def _alike(one: set[int], other: set[int]) -> bool:
    return len(one & other) >= _ALIKE * min(len(one), len(other))
