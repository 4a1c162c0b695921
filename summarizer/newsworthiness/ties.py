"""Pairs of articles that tell one event in other words: by a price, a toll or a rare figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.importance_signs import count_toll
from summarizer.newsworthiness.phrases import Word, load_lists, rare_stems

TIE = 0.3
"""What is added to the likeness of a pair that is tied."""

LEAD_CHARS = 220
MOST_HOLDERS = 4
"""A figure that more articles have is common knowledge and ties nobody."""

SHARED_TITLE = 0.5
LEAST_TOLL = 3
_FIGURE = re.compile(r"(?<![\w.,])\d[\d.,]*\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def tied(window: Sequence[ReadArticle]) -> NDArray[np.bool_]:
    """Whether any two articles of the window are tied, of shape (articles, articles)."""
    ties = np.zeros((len(window), len(window)), np.bool_)
    for group in _groups(map(_moves, window)):
        ties[np.ix_(group, group)] = True
    for one, two in (*_rare(window), *_tolls(window)):
        ties[[one, two], [two, one]] = True
    np.fill_diagonal(ties, val=False)
    return ties


def _groups(keys: Iterable[Iterable[Hashable]]) -> Iterable[list[int]]:
    """The places of the articles that share a key, for each key."""
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, found in enumerate(keys):
        for key in found:
            holders[key].append(at)
    return holders.values()


def _moves(read: ReadArticle) -> Iterator[Hashable]:
    """The day, and the commodity whose price a headline says to move: "Oil jumps 4% as ..."."""
    day = read.article.published_at.date()
    lists = load_lists("prices")
    for at, word in enumerate(read.title):
        if lists["move"].length_at(read.title, at) and at:
            found = (name for name in lists if name in COMMODITIES)
            yield from ((day, name) for name in found if lists[name].find(read.title[:at]))
            return
        if not lists["beside"].length_at((word,), 0) and not _is_commodity(word):
            return


COMMODITIES = ("crude", "gas", "electricity", "coal", "fuel")


def _is_commodity(word: Word) -> bool:
    lists = load_lists("prices")
    return any(lists[name].length_at((word,), 0) for name in COMMODITIES)


def _rare(window: Sequence[ReadArticle]) -> Iterator[tuple[int, int]]:
    """Articles with the same rare figure, but for two whose headlines give different ones."""
    titles = [_figures(read.article.title) for read in window]
    leads = [_figures(read.text[:LEAD_CHARS]) for read in window]
    both = (title | lead for title, lead in zip(titles, leads, strict=True))
    pairs = (combinations(each, 2) for each in _groups(both) if len(each) <= MOST_HOLDERS)
    for one, two in chain.from_iterable(pairs):
        if titles[one] and titles[two] and not titles[one] & titles[two]:
            continue
        if max(_spoken_of(window[one], window[two]), _spoken_of(window[two], window[one])) > 1:
            yield one, two


def _spoken_of(one: ReadArticle, other: ReadArticle) -> int:
    """How many words of one's headline the other has in headline and lead."""
    named = rare_stems(one.title)
    return len(named & {word.stem for word in (*other.title, *other.lead)})


def _figures(text: str) -> set[str]:
    """Figures of three digits or more; no years."""
    found = {each.rstrip(".,").replace(",", "") for each in _FIGURE.findall(text)}
    return {each for each in found if len(each.replace(".", "")) > 2 and not _YEAR.match(each)}


def _tolls(window: Sequence[ReadArticle]) -> Iterator[tuple[int, int]]:
    """Headlines with a toll that share half the words of one: an earlier toll, and a later one."""
    named = {
        at: rare_stems(read.title)
        for at, read in enumerate(window)
        if count_toll(read.title) >= LEAST_TOLL
    }
    for one, two in combinations(named, 2):
        shared = len(named[one] & named[two])
        if shared >= SHARED_TITLE * min(len(named[one]), len(named[two])):
            yield one, two
