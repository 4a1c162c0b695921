"""Whether one of the last digests told an event already, in another story or in other words.

A logistic model of three signs of two texts, fitted by `benchmarks.fitting.repetitions` on pairs
that editors read. It knows nothing of what the words mean, so it speaks only where it is sure.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.models import Article, Bullet
from summarizer.newsworthiness.articles import act_stems
from summarizer.newsworthiness.phrases import Word, rare_stems, read_words
from summarizer.newsworthiness.signs import logistic
from summarizer.newsworthiness.ties import moved_prices

LIKENESS, HEADLINE_TOLD, LINE_RETOLD, INTERCEPT = 6.47, 2.13, 2.03, -5.36
"""The weights of the signs, in their order, and what is added."""

SURE, UNLIKE = 0.65, 0.05
"""The chance from which an event counts as told: nine in ten of such pairs without a new act or
figure were repetitions. Below the other, a story tells something else than what was told of it.
"""

LEAD_CHARS = 230
LEAST_WORDS = 3
IN_LEAD = 0.4
"""What a word counts that stands in the lead alone; in the headline it counts 1."""

_FIGURE = re.compile(r"\d+")
_COMMON = 0.3
"""The rarity of a word that all articles of the window have."""

Signs = tuple[float, float, float]
"""likeness       cosine of headline and lead with what was told
headline told  the share of the headline's words that was told
line retold    the share of the told headline's words that headline and lead have"""


@dataclass(frozen=True, slots=True)
class Words:
    """The rare stems of a headline, and those of it and what follows.

    `news` are the acts and figures that the headline names, `said` the stems of all words; `price`
    says whether the headline tells how a price moved.
    """

    headline: frozenset[str]
    all: frozenset[str]
    news: frozenset[str]
    said: frozenset[str]
    price: bool

    @classmethod
    def of(cls, headline: str, more: str) -> Words:
        """Read two texts; of the second, its beginning."""
        return _read(headline, more[:LEAD_CHARS])

    @classmethod
    def told(cls, bullet: Bullet) -> Words:
        """What a reader was told: the bullet, the headline and the words that it quotes."""
        first = bullet.citations[0]
        return cls.of(first.title, f"{bullet.text} {first.quote}")


@dataclass(frozen=True, slots=True)
class ToldLately:
    """What the last digests told, to be compared with the articles of a window."""

    lines: tuple[Words, ...]
    holders: Counter[str]
    articles: int

    @classmethod
    def of(cls, bullets: Iterable[Bullet], window: Sequence[Article]) -> ToldLately:
        """`window` shows which words are rare."""
        read = [_words(each) for each in window]
        holders = Counter(chain.from_iterable(each.all for each in read))
        return cls(tuple(map(Words.told, bullets)), holders, len(read))

    def holds(self, article: Article) -> bool:
        """Whether an article most surely tells what was told."""
        if not _is_read(article):
            return False
        new = _words(article)
        return any(may_repeat(new, line) and self._chance(new, line) >= SURE for line in self.lines)

    def is_unlike(self, article: Article, told: str) -> bool:
        """Whether an article is nothing like what was told lately, nor like the lines of `told`."""
        new = _words(article)
        lines = (*self.lines, *(Words.of(line, "") for line in told.splitlines()))
        return _is_read(article) and all(self._chance(new, line) < UNLIKE for line in lines)

    def _chance(self, new: Words, line: Words) -> float:
        if min(len(new.headline), len(line.headline)) < LEAST_WORDS:
            return 0.0
        like, told, retold = signs(new, line, self.holders, self.articles)
        return logistic(INTERCEPT + LIKENESS * like + HEADLINE_TOLD * told + LINE_RETOLD * retold)


def may_repeat(new: Words, line: Words) -> bool:
    """Whether a headline names no act or figure that was not told; a day's prices are its own.

    One word makes another event: "dies" after "arrested".
    """
    return new.news <= line.said and not new.price


def signs(new: Words, line: Words, holders: Counter[str], articles: int) -> Signs:
    """The signs of a pair; `holders` counts the articles of the window that have a word."""

    def rarity(word: str) -> float:
        return math.log((1 + articles) / max(1, holders[word])) + _COMMON

    def total(words: Iterable[str]) -> float:
        return sum(map(rarity, words))

    def square(words: Iterable[str]) -> float:
        return sum([rarity(word) ** 2 for word in words])

    title, lead = new.headline, new.all - new.headline
    shared = square(title & line.all) + IN_LEAD * square(lead & line.all)
    lengths = (square(title) + IN_LEAD**2 * square(lead)) * square(line.all)
    return (
        shared / math.sqrt(max(lengths, 1e-9)),
        total(title & line.all) / max(total(title), 1e-9),
        total(line.headline & new.all) / max(total(line.headline), 1e-9),
    )


@lru_cache(maxsize=4_096)
def _read(headline: str, more: str) -> Words:
    """The words of two texts; kept, as channels are told of the same articles."""
    title, lead = read_words(headline), read_words(more)
    first = frozenset(rare_stems(title))
    named = frozenset(map(_name, title))
    news = frozenset(each for each in named if each in act_stems() or each[0].isdigit())
    price = any(moved_prices(title))
    return Words(first, first | rare_stems(lead), news, named | set(map(_name, lead)), price)


def _name(word: Word) -> str:
    """The stem of a word; of one that begins with a figure the figure: 400 of "400mbbl"."""
    figure = _FIGURE.match(word.stem)
    return figure[0] if figure else word.stem


def _is_read(article: Article) -> bool:
    """Whether an article is in English, on which the weights were fitted."""
    return (article.language or "en").partition("-")[0] == "en"


def _words(article: Article) -> Words:
    return Words.of(article.title, article.text)
