"""Why an article is told or not: its chances and importance, with the named signs behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.models import Article
from summarizer.newsworthiness.articles import with_furniture
from summarizer.newsworthiness.judge import shipped_model, signs_of
from summarizer.newsworthiness.scoring import (
    ArticleSigns,
    Model,
    Scored,
    Weights,
    add_context,
    score_window,
    window_signs,
)
from summarizer.newsworthiness.signs import Signs
from summarizer.newsworthiness.words import NEWS, Column

MOST, LEAST = 4, 0.02
"""The weightiest signs of each part are named: so many, those that move it by so much."""

Share = tuple[str, float]
"""A sign and what it adds to its part: log odds of topic and genre, points of importance."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """An article's score on a topic, and the signs that weigh most in each part of it."""

    score: Scored
    topic: tuple[Share, ...]
    genre: tuple[Share, ...]
    importance: tuple[Share, ...]
    topic_words: tuple[str, ...]
    news_words: tuple[str, ...]
    importance_words: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """One line a part, such as "on topic 0.93: title strong +2.01, rival -0.40"."""
        yield f"worth {self.score.worth:.2f}"
        yield _line("on topic", self.score.on_topic, self.topic, self.topic_words)
        yield _line("news", self.score.news, self.genre, self.news_words)
        yield _line("importance", self.score.importance, self.importance, self.importance_words)


def explain(articles: Sequence[Article], topic: str) -> Mapping[str, Reasons]:
    """The reasons by article id, for the articles of a window and a built-in topic."""
    model = shipped_model()
    given = with_furniture(articles)
    signs = window_signs([signs_of(each, page, model.words) for each, page in given])
    topical, weighty = add_context(signs, topic, model.topic)
    scores = score_window(signs, topic, model)
    return {
        each.read.article.id: Reasons(
            score,
            _shares(model.topic, on_topic),
            _shares(model.genre, each.genre),
            _shares(model.importance[topic], important),
            *(_words(model, each, column) for column in _columns(topic)),
        )
        for each, score, on_topic, important in zip(
            signs.articles, scores, topical, weighty, strict=True
        )
    }


def _shares(weights: Weights, signs: Signs) -> tuple[Share, ...]:
    found = ((name, weights.get(name, 0.0) * value) for name, value in signs.items())
    weighty = sorted((each for each in found if abs(each[1]) >= LEAST), key=lambda s: -abs(s[1]))
    return tuple(weighty[:MOST])


def _columns(topic: str) -> tuple[Column, ...]:
    return (topic, "topic"), NEWS, (topic, "importance")


def _words(model: Model, each: ArticleSigns, column: Column) -> tuple[str, ...]:
    return tuple(model.words.weightiest(each.read, column, MOST)) if each.words else ()


def _line(part: str, value: float, shares: Sequence[Share], words: Sequence[str] = ()) -> str:
    named = [f"{name.replace('_', ' ')} {share:+.2f}" for name, share in shares]
    if words:
        named.append(f"words {' '.join(words)}")
    return f"{part} {value:.2f}" + (f": {', '.join(named)}" if named else "")
