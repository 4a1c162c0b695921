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
from itertools import pairwise
from operator import mul

from bot.models import Article
from summarizer.sentences import Sentence, split
from summarizer.words import stems

Gram = str | tuple[str, str]

WEIGHTS = (1.75, 0.1, 0.1, -0.4, 0.45, -1.3, -0.25)
"""What a unit of each feature is worth, as `features` lists them; `benchmarks.fit` fits them."""

AVERAGE = 0.75
"""The worth of an average sentence of a story; the weights tell how much more or less."""

TITLE, POWER = 0.5, 0.7
"""A word is worth `((articles + TITLE * titles) / all articles) ** POWER`."""

READ_CHARS = 12_000
DEEPEST, MOST_SENTENCES = 40, 600
"""A story's articles are read so far, in equal parts: the news stands at the top."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it was read: its content words, their pairs, and its length in words."""

    article: int
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    length: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of an article with the words that matter, and its worth: about 0 to 2."""

    article: Article
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    length: int
    worth: float


def weigh(
    articles: Sequence[Article], weights: Sequence[float] = WEIGHTS
) -> tuple[list[Candidate], dict[Gram, float]]:
    """Every sentence with its worth, in reading order, and what each word and pair is worth."""
    readings = read(articles)
    if not readings:
        return [], {}
    value = values(articles, readings)
    rows = features(articles, readings, value)
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


def values(articles: Sequence[Article], readings: Sequence[Reading]) -> dict[Gram, float]:
    """What each content word, and each pair of neighbours among them, is worth."""
    said: list[set[Gram]] = [set() for _ in articles]
    for each in readings:
        said[each.article].update(each.single, each.pairs)
    used: Counter[Gram] = Counter()
    titled: Counter[Gram] = Counter()
    for grams, article in zip(said, articles, strict=True):
        used.update(grams)
        for found in _grams(article.title):
            titled.update(found)
    by_count = [(count / len(articles)) ** POWER for count in range(len(articles) + 1)]
    value = {gram: by_count[count] for gram, count in used.items()}
    for gram, count in titled.items():
        value[gram] = ((used[gram] + TITLE * count) / len(articles)) ** POWER
    return value


def features(
    articles: Sequence[Article], readings: Sequence[Reading], value: Mapping[Gram, float]
) -> list[tuple[float, ...]]:
    """What is known of each sentence, in the order of WEIGHTS."""
    titles = [_grams(article.title)[0] for article in articles]
    return [
        (
            sum(map(value.__getitem__, each.single)) / each.length,
            *_title_shares(each, titles),
            *alike,
            len(each.single) / each.length,
            min(1.0, math.log1p(each.sentence.index) / 5) / len(articles),
        )
        for each, alike in zip(readings, _agreement(readings, len(articles)), strict=True)
    ]


def _reading(article: int, sentence: Sentence) -> Reading:
    single, pairs = _grams(sentence.text)
    return Reading(article, sentence, single, pairs, len(sentence.text.split()) or 1)


def _grams(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    said = stems(text)
    return frozenset(said), frozenset(pairwise(said))


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
    bits = {word: 1 << place for place, word in enumerate(all_words)}
    return [sum(map(bits.__getitem__, each.single)) for each in readings]
