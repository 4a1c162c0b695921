"""How well each sentence tells its story: what the articles and their titles agree on.

Every word and pair of words is worth the share of the articles that use it. A sentence is worth
what its words are worth, how closely other articles say the same, and where it stands.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise, repeat
from operator import mul
from typing import NamedTuple

from bot.models import Article
from summarizer.language.content_words import stems
from summarizer.language.sentences import Sentence, split

Gram = str | tuple[str, str]
"""A content word, or two in a row."""

Grams = tuple[frozenset[str], frozenset[Gram]]
"""The content words of a text, and their pairs."""

WEIGHTS = (1.75, 0.1, 0.1, -0.4, 0.45, -1.3, -0.25)
"""Weight of each feature, in the order of `features`; fitted by `benchmarks.fitting.salience`."""

AVERAGE = 0.75
"""The worth of an average sentence of a story; the weights tell how much more or less."""

TITLE, POWER = 0.5, 0.7
"""A word is worth `((articles + TITLE * titles) / all articles) ** POWER`."""

READ_CHARS = 12_000
DEEPEST, MOST_SENTENCES = 40, 600
"""A story's articles are read so far, in equal parts: the news stands at the top."""

_DEPTH = [math.log1p(index) / 5 for index in range(DEEPEST)]
"""How deep in its article a sentence stands, by its index."""


class SentenceWords(NamedTuple):
    """A sentence as it was read: its content words, their pairs, and its length in words."""

    article: int
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[Gram]
    length: int


class Candidate(NamedTuple):
    """A sentence of an article with the words that matter, and its worth: about 0 to 2."""

    article: Article
    sentence: Sentence
    single: frozenset[str]
    pairs: frozenset[Gram]
    length: int
    worth: float


@dataclass(frozen=True, slots=True)
class Values:
    """What words and pairs are worth: `alone` where one article uses them, and no title."""

    common: Mapping[Gram, float]
    alone: float

    def of(self, grams: Iterable[Gram]) -> float:
        """What they are worth together."""
        return sum(map(self.common.get, grams, repeat(self.alone)))


def weigh(
    articles: Sequence[Article], weights: Sequence[float] = WEIGHTS
) -> tuple[list[Candidate], Values]:
    """Every sentence with its worth, in reading order, and what each word and pair is worth."""
    readings = read(articles)
    if not readings:
        return [], Values({}, 0.0)
    titles = titled(articles)
    value = values(titles, readings)
    worth = [sum(map(mul, weights, row)) for row in features(titles, readings, value)]
    offset = AVERAGE - sum(worth) / len(worth)
    return [
        Candidate(articles[article], sentence, single, pairs, length, offset + own)
        for (article, sentence, single, pairs, length), own in zip(readings, worth, strict=True)
    ], value


def read(articles: Sequence[Article]) -> list[SentenceWords]:
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


def values(titles: Sequence[Grams], readings: Sequence[SentenceWords]) -> Values:
    """What the content words, and the pairs of neighbours among them, are worth."""
    said: list[set[Gram]] = [set() for _ in titles]
    for each in readings:
        said[each.article].update(each.single, each.pairs)
    uses: dict[Gram, float] = {}
    seen: set[Gram] = set()
    for own in said:
        for gram in seen & own:
            uses[gram] = uses.get(gram, 1) + 1
        seen |= own
    for words in chain.from_iterable(titles):
        for gram in seen & words:
            uses[gram] = uses.get(gram, 1) + TITLE
    common = {gram: (times / len(titles)) ** POWER for gram, times in uses.items()}
    return Values(common, (1 / len(titles)) ** POWER)


def features(
    titles: Sequence[Grams], readings: Sequence[SentenceWords], value: Values
) -> list[tuple[float, ...]]:
    """What is known of each sentence, in the order of WEIGHTS."""
    common = frozenset(value.common)
    bit = dict(zip(common, map((1).__lshift__, count()), strict=False)).__getitem__
    masks = [sum(map(bit, common & each.single)) for each in readings]
    in_titles = [(sum(map(bit, common & single)), len(single) or 1) for single, _ in titles]
    return [
        (
            value.of(each.single) / each.length,
            *_title_shares(each.article, mask, in_titles),
            *alike,
            len(each.single) / each.length,
            _DEPTH[each.sentence.index] / len(titles),
        )
        for each, mask, alike in zip(
            readings, masks, _agreement(readings, masks, len(titles)), strict=True
        )
    ]


def _reading(article: int, sentence: Sentence) -> SentenceWords:
    single, pairs = _grams(sentence.text)
    return SentenceWords(article, sentence, single, pairs, len(sentence.text.split()) or 1)


def _grams(text: str) -> Grams:
    said = stems(text)
    return frozenset(said), frozenset(pairwise(said))


def _title_shares(
    article: int, mask: int, titles: Sequence[tuple[int, int]]
) -> tuple[float, float]:
    """The share of its own title's words that a sentence has, and of the others' on average."""
    shares = [(mask & title).bit_count() / size for title, size in titles]
    own = shares[article]
    return own, (sum(shares) - own) / (len(shares) - 1 or 1)


def _agreement(
    readings: Sequence[SentenceWords], masks: Sequence[int], articles: int
) -> list[tuple[float, float]]:
    """How like the likeliest sentence of every other article is: on average, and at most.

    The masks are the words that articles share as bits, so that two are compared in one operation.
    """
    sizes = [len(each.single) for each in readings]
    docs = [each.article for each in readings]
    top = [[0.0] * articles for _ in readings]
    for mask, size, doc, row in zip(masks, sizes, docs, top, strict=True):
        for there in range(bisect_right(docs, doc), len(docs)):
            if shared := (mask & masks[there]).bit_count():
                alike = shared / (size + sizes[there] - shared)
                other, others = docs[there], top[there]
                row[other] = max(row[other], alike)
                others[doc] = max(others[doc], alike)
    return [(sum(row) / (articles - 1 or 1), max(row)) for row in top]
