"""Fills stores with generated articles, to measure how cost grows with their number."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import insert as insert_or

from bot.models import Article, ParsedArticle, TopicScore
from bot.models.identity import as_article
from bot.store import Store
from bot.store.articles.search_text import folded
from bot.store.db import schema
from summarizer.stories import clustering as stories
from summarizer.topics.scorer import TopicScorer

ARTICLES_A_DAY = 1000
ARTICLES_AN_EVENT = 4
_AT_ONCE = 2000
_SYLLABLES = (
    "bar",
    "ven",
    "tor",
    "mal",
    "dri",
    "kos",
    "len",
    "var",
    "gun",
    "ath",
    "rel",
    "mon",
    "sik",
)
_EVENTS = (
    "A gas pipeline near {place} was shut after a leak that cut {number} homes off, {firm} said.",
    "Insurgents attacked an army base at {place} and killed {number} soldiers, officials said.",
    "{firm} will build a solar park of {number} megawatts near {place}, its owner {person} said.",
    "Hackers stole the records of {number} customers of {firm}, based in {place}, it said.",
    "{place} won the regional cup by {number} points with two tries from {person} of {firm}.",
    "The council of {place} voted to spend {number} dollars on a library named after {person}.",
    "Load-shedding of {number} hours a day began in {place}, the grid operator {firm} said.",
    "A court in {place} fined {firm} {number} dollars after a complaint by {person}.",
)
_MORE = (
    "{person} of {firm} said that work in {place} would go on for {number} days.",
    "People in {place} told reporters that they had seen {person} there in the morning.",
    "It is the third time this year that {firm} is in the news in {place}.",
    "{person}, who has led the inquiry since spring, asked for {number} more witnesses.",
    "Neighbours of {place} offered help, and {firm} thanked them in a short statement.",
)


def made_up(count: int, until: datetime, scorer: TopicScorer) -> Iterator[Article]:
    """`count` scored articles, oldest first, ARTICLES_A_DAY on each day."""
    chance = random.Random(count)
    step = timedelta(days=1) / ARTICLES_A_DAY
    for number in range(count):
        event = random.Random(number // (ARTICLES_AN_EVENT * 5) * 5 + number % 5)
        yield one_more(event, chance, until - step * (count - number), scorer)


def one_more(
    event: random.Random, chance: random.Random, at: datetime, scorer: TopicScorer
) -> Article:
    """An article on the event of the first generator, worded by the second one."""
    article = as_article(told(event, chance, at), source=None, now=at)
    return replace(article, topics=scorer.score(article.title, article.text))


def told(event: random.Random, chance: random.Random, at: datetime) -> ParsedArticle:
    """The event as one outlet reports it."""
    words = {
        "place": _name(event, 2),
        "firm": f"{_name(event, 2)} {_name(event, 1)}",
        "person": f"{_name(event, 2)} {_name(event, 3)}",
        "number": str(event.randrange(2, 900)),
    }
    lead = event.choice(_EVENTS).format(**words)
    more = [each.format(**words) for each in chance.sample(_MORE, 3)]
    url = f"https://outlet{chance.randrange(120)}.example/{chance.getrandbits(60)}"
    title = " ".join(lead.split()[: chance.randrange(8, 12)])
    return ParsedArticle(title, "\n\n".join([lead, *more]), url=url, published_at=at)


async def fill(store: Store, articles: Sequence[Article]) -> None:
    """Store many articles quickly, with one story for each event, as ingestion does."""
    for start in range(0, len(articles), _AT_ONCE):
        await _insert(store, articles[start : start + _AT_ONCE])


async def _insert(store: Store, batch: Sequence[Article]) -> None:
    features = [stories.features_of(article) for article in batch]
    names = [f"s-{article.title.split()[0]}-{article.published_at:%j%H}" for article in batch]
    keys = {
        (key, name, article.published_at.date()): article.published_at
        for name, article, each in zip(names, batch, features, strict=True)
        for key in stories.keys(each)
    }
    placed = list(zip(names, batch, features, strict=True))
    async with store._database.writing(durable=False) as connection:  # noqa: SLF001 - in bulk
        await connection.execute(
            insert_or(schema.stories).on_conflict_do_nothing(),
            [_story_row(name, article) for name, article, _ in placed],
        )
        await connection.execute(
            insert(schema.articles),
            [_article_row(article, name, each.to_bytes()) for name, article, each in placed],
        )
        await connection.execute(
            insert(schema.article_words), [_word_row(article) for article in batch]
        )
        await connection.execute(
            insert(schema.article_topics),
            [_score_row(article, score) for article in batch for score in article.topics],
        )
        await connection.execute(
            insert_or(schema.story_keys).on_conflict_do_nothing(),
            [
                {"key": key, "story_id": name, "day": day, "seen_at": at}
                for (key, name, day), at in keys.items()
            ],
        )


def _story_row(name: str, article: Article) -> dict[str, object]:
    at = article.published_at
    return {"id": name, "headline": article.title, "first_seen": at, "last_seen": at}


def _article_row(article: Article, name: str, features: bytes) -> dict[str, object]:
    stored = {column.name for column in schema.articles.columns} - {"story_id", "features"}
    row = {column: getattr(article, column) for column in stored if hasattr(article, column)}
    return row | {"story_id": name, "features": features}


def _word_row(article: Article) -> dict[str, object]:
    title, text = folded(article.title, 2_000), folded(article.text, 20_000)
    return {"article_id": article.id, "title": title, "text": text}


def _score_row(article: Article, score: TopicScore) -> dict[str, object]:
    return {
        "article_id": article.id,
        "topic": score.topic,
        "score": score.score,
        "reasons": list(score.reasons),
        "published_at": article.published_at,
    }


def _name(source: random.Random, syllables: int) -> str:
    return "".join(source.choice(_SYLLABLES) for _ in range(syllables)).capitalize()
