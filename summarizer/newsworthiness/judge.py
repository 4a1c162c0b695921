"""What an editor would make of the articles of a window: on topic, news, how important."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bot.models import Article, Topic, TopicScore
from summarizer.newsworthiness.articles import (
    KEPT_CHARS,
    READ_CHARS,
    ReadArticle,
    read_article,
    with_furniture,
)
from summarizer.newsworthiness.scoring import (
    ArticleSigns,
    Model,
    Scored,
    article_signs,
    score_alone,
    score_window,
    window_signs,
)
from summarizer.newsworthiness.signs import TOPICS
from summarizer.newsworthiness.ties import TIE, tied
from summarizer.newsworthiness.vectors import Matrix, dense
from summarizer.newsworthiness.words import WordWeights
from summarizer.topics.sentence_fit import TopicFit

IN_TITLE, IN_LEAD, IN_BODY = 0.95, 0.6, 0.3
"""The chance that an article is on a channel's own topic, by where the topic's words stand."""

LEAD_CHARS = KEPT_CHARS

CERTAIN, LEAST_SCORE = 0.7, 0.5
SHOWN = ("its headline and first words report an act on the topic",)
"""When, and how, a topic is added to an article that its terms alone do not find."""

FEW = 12
"""In a window with fewer articles nothing shows what it is about: the topic's terms count too."""

MOST_KEPT = 3_000
"""Articles whose signs are kept in memory, about 6 KB each."""

_read: dict[tuple[object, ...], ArticleSigns] = {}


@dataclass(frozen=True, slots=True)
class JudgedWindow:
    """Articles of a window with their scores on one topic and how alike any two are.

    similar    cosines of all pairs, centred where there are many, of shape (articles, articles)
    furniture  sentences that belong to pages and not to articles
    """

    articles: tuple[Article, ...]
    scores: tuple[Scored, ...]
    similar: Matrix
    furniture: frozenset[str]


def judge_window(
    articles: Sequence[Article], topic: Topic, model: Model | None = None
) -> JudgedWindow:
    """Score the articles of a window against a topic, by the shipped weights or other ones."""
    model = model or shipped_model()
    given = with_furniture(articles)
    signs = window_signs([signs_of(article, page, model.words) for article, page in given])
    reads = [each.read for each in signs.articles]
    if topic.channel_id is None and topic.name in TOPICS:
        scores = score_window(signs, topic.name, model)
        few = len(reads) < FEW
        scores = [
            _by_terms(each, read.article, topic) if few or not read.english else each
            for each, read in zip(scores, reads, strict=True)
        ]
    else:
        both = [score_window(signs, name, model) for name in TOPICS]
        scores = [_own(read, topic, pair) for read, *pair in zip(reads, *both, strict=True)]
    rows = dense(signs.rows) if len(reads) < FEW else None
    similar: Matrix = signs.similar if rows is None else rows @ rows.T
    np.add(similar, np.float32(TIE), out=similar, where=tied(reads))
    return JudgedWindow(tuple(articles), tuple(scores), similar, _sentences(given))


def signs_of(article: Article, furniture: bool, words: WordWeights) -> ArticleSigns:
    """The signs of an article; read once, however many briefings it is weighed for."""
    key = (article.id, article.content_hash, article.url, article.category, furniture, words)
    if key not in _read:
        if len(_read) >= MOST_KEPT:
            _read.clear()
        _read[key] = article_signs(read_article(article, furniture=furniture), words)
    return _read[key]


def _sentences(given: Sequence[tuple[Article, bool]]) -> frozenset[str]:
    """The first sentences of texts that belong to pages and not to articles."""
    if not any(furniture for _, furniture in given):
        return frozenset()
    from summarizer.language.sentences import split  # ingestion, which judges too, splits nothing

    return frozenset(
        sentence.text
        for article, furniture in given
        if furniture
        for sentence in split(article.text[:READ_CHARS], article.language)
    )


def with_worth(article: Article) -> Article:
    """The article with what it alone is worth telling on each built-in topic.

    A topic that its headline and first words show is added where the topic's terms do not find it.
    """
    model = shipped_model()
    signs = article_signs(read_article(article), model.words)
    scores = {each.topic: each for each in article.topics}
    for name in TOPICS if signs.read.english else ():
        alone = score_alone(signs, name, model)
        if name in scores:
            scores[name] = replace(scores[name], worth=round(alone.worth, 4))
        elif alone.sure >= CERTAIN:
            scores[name] = TopicScore(name, LEAST_SCORE, SHOWN, round(alone.worth, 4))
    return replace(article, topics=tuple(scores.values()))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The weights that are shipped."""
    return Model.load()


def _by_terms(scored: Scored, article: Article, topic: Topic) -> Scored:
    """The score with at least the chance that the topic's terms give."""
    return replace(scored, on_topic=max(scored.on_topic, _stored(article, topic)))


def _stored(article: Article, topic: Topic) -> float:
    return max((each.score for each in article.topics if each.topic == topic.name), default=0.0)


def _own(read: ReadArticle, topic: Topic, scored: Sequence[Scored]) -> Scored:
    """On a channel's own topic: where its words stand; the importance is that of news at large."""
    fit, article = TopicFit(topic), read.article
    if fit.of(article.title) > 0:
        chance = IN_TITLE
    elif fit.of(article.text[:LEAD_CHARS]) > 0:
        chance = IN_LEAD
    else:
        chance = IN_BODY if _stored(article, topic) else 0.0
    return Scored(chance, max(s.news for s in scored), max(s.importance for s in scored))
