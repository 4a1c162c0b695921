"""Write articles in batches with few statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import delete

from bot.models import Article, Stored, TopicScore
from bot.store.articles.rows import load_articles
from bot.store.articles.search_text import folded
from bot.store.articles.story_placement import StoryPlacement, StoryPlacer
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import article_topics, article_words, articles, sources
from bot.store.db.types import LONGEST_NAME, storable

SEARCHED = 200_000
"""The maximum number of indexed characters: PostgreSQL indexes at most 1 MB of words."""

PUBLISHED = [
    each.name
    for each in fields(Article)
    if each.name not in {"id", "fetched_at", "topics", "story_id"}
]
"""The fields that make an article changed."""

PLACE = ["story_id", "features"]


@dataclass(frozen=True, slots=True)
class _Change:
    """An article to write, its stored version (None if new), and its story."""

    article: Article
    before: Article | None
    story: StoryPlacement | None

    @property
    def is_placed(self) -> bool:
        """Whether its story is set, or taken away because it must not be told."""
        return self.story is not None or not self.article.is_tellable


class ArticleWriter:
    """Writes articles inside the transaction of the caller."""

    def __init__(self, database: Database) -> None:
        self._placing = StoryPlacer(database)
        changes = [*PUBLISHED, "fetched_at"]
        self._changed = database.upsert(articles, ["id"], changes)
        self._placed = database.upsert(articles, ["id"], changes + PLACE)
        score = ["score", "reasons", "published_at", "worth"]
        self._scored = database.upsert(article_topics, ["article_id", "topic"], score)
        self._worded = database.upsert(article_words, ["article_id"], ["title", "text"])
        self._seen = database.upsert(sources, ["name"], ["last_new_at"])

    async def add(
        self, connection: AsyncConnection, arrivals: Sequence[tuple[Article, StoryPlacement | None]]
    ) -> list[Stored]:
        """Write new and changed articles; an unchanged one only gets its topic scores."""
        given = [(_storable(article), story) for article, story in arrivals]
        stored = await load_articles(connection, [article.id for article, _ in given])
        before = {article.id: article for article in stored}
        changes = [
            _Change(article, before.get(article.id), story or _kept(article, before))
            for article, story in given
            if article.id not in before or _published(before[article.id]) != _published(article)
        ]
        await self._write(connection, changes)
        written = {change.article.id for change in changes}
        for article, _ in given:
            if article.id not in written and before[article.id].topics != article.topics:
                await self._score(connection, article)
        return [_stored(article, before, written) for article, _ in given]

    async def _write(self, connection: AsyncConnection, changes: Sequence[_Change]) -> None:
        if not changes:
            return
        placed = [(each.story, each.article.published_at) for each in changes if each.story]
        await self._placing.join(connection, placed)
        for statement, rows in (
            (self._placed, [_row(each) for each in changes if each.is_placed]),
            (self._changed, [_row(each) for each in changes if not each.is_placed]),
            (self._scored, _scores([each.article for each in changes if not each.before])),
            (self._worded, [_words(each.article) for each in changes]),
            (self._seen, _seen(changes)),
        ):
            if rows:
                await connection.execute(statement, rows)
        for change in changes:
            if change.before:
                await self._score(connection, change.article)
                await self._refresh_stories(connection, change.before, change.story)

    async def _refresh_stories(
        self, connection: AsyncConnection, before: Article, story: StoryPlacement | None
    ) -> None:
        touched = {before.story_id, story.story_id if story else None}
        for story_id in sorted(each for each in touched if each):
            await self._placing.refresh(connection, story_id)

    async def _score(self, connection: AsyncConnection, article: Article) -> None:
        """Replace the article's topics, safely while another process does the same."""
        table = article_topics.c
        gone = table.topic.not_in([each.topic for each in article.topics])
        query = delete(article_topics).where(table.article_id == article.id, gone)
        await connection.execute(query)
        if article.topics:
            await connection.execute(self._scored, _scores([article]))


def _row(change: _Change) -> dict[str, Any]:
    article, story = change.article, change.story
    row = {name: getattr(article, name) for name in ("id", "fetched_at", *PUBLISHED)}
    story_id, features = (story.story_id, story.features) if story else (None, b"")
    return row | {"story_id": story_id, "features": features}


def _scores(found: Sequence[Article]) -> list[dict[str, Any]]:
    """Rows in the same order in every process, to avoid deadlocks."""
    return [
        {
            "article_id": article.id,
            "topic": score.topic,
            "score": score.score,
            "reasons": list(score.reasons),
            "published_at": article.published_at,
            "worth": score.worth,
        }
        for article in found
        for score in sorted(article.topics, key=lambda each: each.topic)
    ]


def _words(article: Article) -> dict[str, str]:
    body = article.text if article.summary is None else f"{article.summary} {article.text}"
    words = {"title": folded(article.title, 2_000), "text": folded(body, SEARCHED)}
    return words | {"article_id": article.id}


def _seen(changes: Sequence[_Change]) -> list[dict[str, Any]]:
    fetched = sorted((each.article.source, each.article.fetched_at) for each in changes)
    return [{"name": name, "last_new_at": at} for name, at in dict(fetched).items()]


def _stored(article: Article, before: dict[str, Article], written: set[str]) -> Stored:
    if article.id not in written:
        return Stored.UNCHANGED
    return Stored.CHANGED if article.id in before else Stored.NEW


def _kept(article: Article, before: dict[str, Article]) -> StoryPlacement | None:
    """The story that a new article names itself."""
    if article.id in before or not article.story_id or not article.is_tellable:
        return None
    return StoryPlacement(article.story_id, article.title)


def _published(article: Article) -> list[Any]:
    """What makes two versions differ; a guid may change without that."""
    return [getattr(article, name) for name in PUBLISHED if name != "guid"]


def _storable(article: Article) -> Article:
    """The article as the database will return it, for comparison."""
    texts: dict[str, Any] = {
        each.name: storable(value)
        for each in fields(article)
        if isinstance(value := getattr(article, each.name), str) and not isinstance(value, StrEnum)
    }
    texts["source"] = texts["source"][:LONGEST_NAME]
    topics = sorted(map(_plain, article.topics), key=lambda each: (-each.score, each.topic))
    return replace(article, **texts, topics=tuple(topics))


def _plain(score: TopicScore) -> TopicScore:
    reasons = tuple(storable(reason) for reason in score.reasons)
    topic = storable(score.topic)[:LONGEST_NAME]
    worth = None if score.worth is None else float(score.worth)
    return TopicScore(topic, float(score.score), reasons, worth)
