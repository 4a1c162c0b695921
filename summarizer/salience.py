"""How well each sentence tells its story: what the articles and their titles agree on.

Every word and pair of words is worth the share of the articles that use it. A sentence is worth
what its words are worth, how closely other articles say the same, and where it stands.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
from operator import mul
from typing import NamedTuple

from bot.models import Article
from summarizer.sentences import Sentence, split
from summarizer.words import stems

Gram = str
"""A word, or two in a row with a space between."""

Grams = tuple[frozenset[Gram], frozenset[Gram]]
"""The content words of a text, and their pairs."""

WEIGHTS = (1.75, 0.1, 0.1, -0.4, 0.45, -1.3, -0.25)
"""What a unit of each feature is worth, as `features` lists them; `benchmarks.fit` fits them."""

AVERAGE = 0.75
"""The worth of an average sentence of a story; the weights tell how much more or less."""

TITLE, POWER = 0.5, 0.7
"""A word is worth `((articles + TITLE * titles) / all articles) ** POWER`."""

READ_CHARS = 12_000
DEEPEST, MOST_SENTENCES = 40, 600
"""A story's articles are read so far, in equal parts: the news stands at the top."""


class Reading(NamedTuple):
    """A sentence as it was read: its content words, their pairs, and its length in words."""

    article: int
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[Gram]
    length: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an article with the words that matter, and its worth: about 0 to 2."""

    article: Article
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[Gram]
    length: int
    worth: float


def weigh(
    articles: Sequence[Article], weights: Sequence[float] = WEIGHTS
) -> tuple[list[Candidate], dict[Gram, float]]:
    """Every sentence with its worth, in reading order, and what each word and pair is worth."""
    readings = read(articles)
    if not readings:
        return [], {}
    titles = titled(articles)
    value = values(titles, readings)
    rows = features(titles, readings, value)
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    offset = AVERAGE - sum(map(mul, weights, mean))
    return [
        Candidate(
            articles[each.article],
            each.sentence,
            each.single,
            each.pairs,
            each.length,
            offset + sum(map(mul, weights, row)),
        )
        for each, row in zip(readings, rows, strict=True)
    ], value


def read(articles: Sequence[Article]) -> list[Reading]:
    """The sentences of the articles, each article to the same depth."""
    depth = min(DEEPEST, max(10, MOST_SENTENCES // max(1, len(articles))))
    return [
        _reading(number, sentence)
        for number, article in enumerate(articles)
        for sentence in split(article.text[:READ_CHARS], article.language)[:depth]
    ]


def titled(articles: Sequence[Article]) -> list[Grams]:
    """The words and pairs of each article's title."""
    return [_grams(article.title) for article in articles]


def values(titles: Sequence[Grams], readings: Sequence[Reading]) -> dict[Gram, float]:
    """What each content word, and each pair of neighbours among them, is worth."""
    said: list[set[Gram]] = [set() for _ in titles]
    for each in readings:
        said[each.article].update(each.single, each.pairs)
    used: Counter[Gram] = Counter(chain.from_iterable(said))
    in_titles: Counter[Gram] = Counter(chain.from_iterable(chain.from_iterable(titles)))
    by_count = [(times / len(titles)) ** POWER for times in range(len(titles) + 1)]
    value = dict(zip(used, map(by_count.__getitem__, used.values()), strict=True))
    for gram, times in in_titles.items():
        value[gram] = ((used.get(gram, 0) + TITLE * times) / len(titles)) ** POWER
    return value


def features(
    titles: Sequence[Grams], readings: Sequence[Reading], value: Mapping[Gram, float]
) -> list[tuple[float, ...]]:
    """What is known of each sentence, in the order of WEIGHTS."""
    singles = [single for single, _ in titles]
    return [
        (
            sum(map(value.__getitem__, each.single)) / each.length,
            *_title_shares(each, singles),
            *alike,
            len(each.single) / each.length,
            min(1.0, math.log1p(each.sentence.index) / 5) / len(titles),
        )
        for each, alike in zip(readings, _agreement(readings, len(titles)), strict=True)
    ]


def _reading(article: int, sentence: Sentence) -> Reading:
    single, pairs = _grams(sentence.text)
    return Reading(article, sentence, single, pairs, len(sentence.text.split()) or 1)


def _grams(text: str) -> Grams:
    said = stems(text)
    return frozenset(said), frozenset(map(" ".join, pairwise(said)))


def _title_shares(each: Reading, titles: Sequence[frozenset[str]]) -> tuple[float, float]:
    shares = [len(title & each.single) / (len(title) or 1) for title in titles]
    own = shares[each.article]
    return own, (sum(shares) - own) / (len(shares) - 1) if len(shares) > 1 else 0.0


def _agreement(readings: Sequence[Reading], articles: int) -> list[tuple[float, float]]:
    """How like the likeliest sentence of every other article is: on average, and at most."""
    if articles < 2:
        return [(0.0, 0.0)] * len(readings)
    masks = _masks(readings)
    sizes = [len(each.single) for each in readings]
    docs = [each.article for each in readings]
    top = [[0.0] * articles for _ in readings]
    for here, (mask, size, doc) in enumerate(zip(masks, sizes, docs, strict=True)):
        row = top[here]
        for there in range(bisect_right(docs, doc), len(docs)):
            if shared := (mask & masks[there]).bit_count():
                alike = shared / (size + sizes[there] - shared)
                row[docs[there]] = max(row[docs[there]], alike)
                top[there][doc] = max(top[there][doc], alike)
    return [(sum(row) / (articles - 1), max(row)) for row in top]


def _masks(readings: Sequence[Reading]) -> list[int]:
    """Each sentence's content words as bits, so that two are compared in one operation."""
    all_words = set().union(*(each.single for each in readings))
    bits = dict(zip(all_words, map((1).__lshift__, count()), strict=False))
    return [sum(map(bits.__getitem__, each.single)) for each in readings]
