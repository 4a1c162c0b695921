"""Scores of articles: on topic, news, important; from named signs and fitted weights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer.newsworthiness.articles import ReadArticle
from summarizer.newsworthiness.genre_signs import genre_signs
from summarizer.newsworthiness.headlines import main_clause
from summarizer.newsworthiness.importance_signs import importance_signs
from summarizer.newsworthiness.phrases import IndexedWords
from summarizer.newsworthiness.signs import TOPICS, Signs, logistic
from summarizer.newsworthiness.topic_signs import count_strong, topic_signs
from summarizer.newsworthiness.vectors import (
    Matrix,
    SparseRow,
    WordCounts,
    build_rows,
    echo,
    find_names,
    inherit,
    likeness,
    nearness,
    source_shares,
)
from summarizer.newsworthiness.words import NEWS, Chances, WordWeights

Weights = Mapping[str, float]
WEIGHTS_FILE = Path(__file__).with_name("weights.json")
LEAST_IMPORTANCE = 0.05
SURE = 0.5
WORDS_IN_TOPIC, WORDS_IN_NEWS, WORDS_IN_IMPORTANCE = 0.6, 0.6, 0.5
"""How much of a score its words give, beside the named signs."""

WORDS_SCALE = 1.5
"""What brings the importance that words give, a cautious mean, to the scale of the signs."""

NEUTRAL = frozenset({"question", "genre_path", "against_path", "year"})


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by sign, with an "intercept": `topic` and `genre` logistic, `importance` linear.

    `words` are the weights of single words, which stand beside the signs.
    """

    topic: Weights
    genre: Weights
    importance: Mapping[str, Weights]
    words: WordWeights

    @classmethod
    def load(cls, path: Path = WEIGHTS_FILE) -> Model:
        """The shipped weights."""
        return cls(**json.loads(path.read_text("utf-8")), words=WordWeights.load())


@dataclass(frozen=True, slots=True)
class ArticleSigns:
    """What the signs of one article are, whatever stands beside it; those that are 0 are left out.

    `read` is without its body: of that, `counts` has what a window needs. `words` is what its
    words say of it; empty for an article that is not English.
    """

    read: ReadArticle
    counts: WordCounts
    genre: Signs
    topic: Mapping[str, Signs]
    importance: Mapping[str, Signs]
    words: Chances


@dataclass(frozen=True, slots=True)
class WindowSigns:
    """The signs of a window's articles, before the weights that depend on other articles.

    rows     unit TF-IDF vectors
    similar  cosines of the centred vectors, of shape (articles, articles)
    echoes   how many other sources tell much the same, 0 to 1
    """

    articles: tuple[ArticleSigns, ...]
    names: tuple[frozenset[str], ...]
    rows: tuple[SparseRow, ...]
    similar: Matrix
    echoes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's place in its window: probabilities, importance of 0 to 1, and their product."""

    on_topic: float
    news: float
    importance: float
    toll: float = 0.0

    @property
    def sure(self) -> float:
        """The chance that the article is news on the topic."""
        return self.on_topic * self.news

    @property
    def worth(self) -> float:
        """What the article is worth telling."""
        return min(1.0, self.on_topic / SURE) * self.news * self.importance


def article_signs(read: ReadArticle, words: WordWeights) -> ArticleSigns:
    """The signs of one article; of one that is not English, those that ask for no words."""
    names = {word.written for word in read.title if word.name}
    clauses = {topic: main_clause(read.article.title, topic, names) for topic in TOPICS}
    indexed = _indexed(read)
    counts = count_strong(indexed, TOPICS)
    return ArticleSigns(
        replace(read, body=()),
        WordCounts.of(read),
        _found(genre_signs(indexed, list(clauses.values())), read),
        {t: _found(topic_signs(indexed, t, clauses[t], counts), read) for t in TOPICS},
        {t: _found(importance_signs(indexed, t, clauses[t]), read) for t in TOPICS},
        words.chances(read) if read.english else {},
    )


def _indexed(read: ReadArticle) -> ReadArticle:
    """The article with its words indexed, which takes too much memory to be kept."""
    title, lead, body = map(IndexedWords, (read.title, read.lead, read.body))
    return replace(read, title=title, lead=lead, body=body)


def window_signs(articles: Sequence[ArticleSigns]) -> WindowSigns:
    """The signs of all articles of a window, with what each has in common with the others."""
    counts = [each.counts for each in articles]
    rows = build_rows(counts)
    similar = likeness(rows)
    echoes = echo(similar, [each.read.article.source for each in articles])
    names = tuple(find_names(counts))
    return WindowSigns(tuple(articles), names, tuple(rows), similar, tuple(echoes))


def _found(signs: Signs, read: ReadArticle) -> Signs:
    """The signs that are there; of an article not in English, those that ask for no such words."""
    return {n: v for n, v in signs.items() if v and (read.english or n in NEUTRAL)}


def linear(weights: Weights, signs: Signs) -> float:
    """The weighted sum of signs."""
    return weights["intercept"] + sum(
        [weights.get(name, 0.0) * value for name, value in signs.items() if value]
    )


def chance(weights: Weights, signs: Signs) -> float:
    """The weighted sum of signs as a probability."""
    return logistic(linear(weights, signs))


def add_context(signs: WindowSigns, topic: str, first: Weights) -> tuple[list[Signs], list[Signs]]:
    """Topic and importance signs with those that the rest of the window gives."""
    alone = [chance(first, each.topic[topic]) for each in signs.articles]
    titles = [frozenset(word.stem for word in each.read.title) for each in signs.articles]
    inherited = inherit(signs.names, titles, alone)
    shares = source_shares([each.read.article.source for each in signs.articles], alone)
    near = nearness(signs.rows, alone)
    topical = [
        each.topic[topic] | {"inherited": line, "source_share": share}
        for each, line, share in zip(signs.articles, inherited, shares, strict=True)
    ]
    return topical, [
        each.importance[topic] | {"echo": echoed, "near": close, "storyline": line}
        for each, echoed, close, line in zip(
            signs.articles, signs.echoes, near, inherited, strict=True
        )
    ]


def score_alone(signs: ArticleSigns, topic: str, model: Model) -> Scored:
    """One article, scored for a topic without a window to compare it with."""
    return _scored(signs, topic, model, signs.topic[topic], signs.importance[topic])


def score_window(signs: WindowSigns, topic: str, model: Model) -> list[Scored]:
    """The articles of a window, scored for a topic."""
    topical, weighty = add_context(signs, topic, model.topic)
    return [
        _scored(each, topic, model, on_topic, important)
        for each, on_topic, important in zip(signs.articles, topical, weighty, strict=True)
    ]


def _scored(
    each: ArticleSigns, topic: str, model: Model, on_topic: Signs, important: Signs
) -> Scored:
    by_signs = min(1.0, linear(model.importance[topic], important))
    by_words = WORDS_SCALE * each.words[topic, "importance"] if each.words else None
    return Scored(
        _beside(chance(model.topic, on_topic), each.words.get((topic, "topic")), WORDS_IN_TOPIC),
        _beside(chance(model.genre, each.genre), each.words.get(NEWS), WORDS_IN_NEWS),
        min(1.0, max(LEAST_IMPORTANCE, _beside(by_signs, by_words, WORDS_IN_IMPORTANCE))),
        important.get("toll", 0.0),
    )


def _beside(by_signs: float, by_words: float | None, share: float) -> float:
    """The mean of what signs and words say, the words with their share; or what the signs say."""
    return by_signs if by_words is None else (1 - share) * by_signs + share * by_words
