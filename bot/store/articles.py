"""Articles as they were published, with their topic scores and their words for search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Article, Stored, TopicScore, Window
from bot.store.engine import Database
from bot.store.folding import folded
from bot.store.loading import load_articles, within
from bot.store.placing import Placing, StoryPlacement
from bot.store.schema import article_topics, article_words, articles, sources
from bot.store.types import LONGEST_NAME, storable

SEARCHED = 200_000
"""Folded characters of an article that search sees: PostgreSQL indexes at most 1 MB of words."""

PUBLISHED = [
    each.name
    for each in fields(Article)
    if each.name not in {"id", "fetched_at", "topics", "story_id"}
]
"""What makes an article another one than it was."""

PLACE = ["story_id", "features"]


class Articles:
    """The stored articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._placing = Placing(database)
        changes = [*PUBLISHED, "fetched_at"]
        self._changed = database.upsert(articles, ["id"], changes)
        self._placed = database.upsert(articles, ["id"], changes + PLACE)
        score = ["score", "reasons", "published_at"]
        self._scored = database.upsert(article_topics, ["article_id", "topic"], score)
        self._worded = database.upsert(article_words, ["article_id"], ["title", "text"])
        self._seen = database.upsert(sources, ["name"], ["last_new_at"])

    async def put(self, article: Article, story: StoryPlacement | None = None) -> Stored:
        """Store the article, its topic scores and its place in a story, in one transaction.

        Without `story`, a stored article keeps its story and a new one goes to `article.story_id`,
        where that is set. An unchanged article keeps its story too; its topic scores are replaced.
        """
        article = _storable(article)
        async with self._database.writing(durable=False) as connection:
            stored = await load_articles(connection, [article.id])
            before = stored[0] if stored else None
            if before is None:
                story = story or _own_placement(article)
            elif _published(before) == _published(article):
                if before.topics != article.topics:
                    await self._score(connection, article)
                return Stored.UNCHANGED
            await self._write(connection, article, before, story)
        return Stored.CHANGED if before else Stored.NEW

    async def get(self, article_id: str) -> Article | None:
        found = await self.many([article_id])
        return found[0] if found else None

    async def many(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, in this order; unknown ids are left out."""
        async with self._database.reading() as connection:
            return await load_articles(connection, ids)

    async def in_window(
        self, window: Window, *, topic: str | None = None, limit: int = 500
    ) -> list[Article]:
        """The window's articles, on the topic where one is given, newest first."""
        query, instant = select(articles.c.id), articles.c.published_at
        if topic is not None:
            query = select(article_topics.c.article_id).where(article_topics.c.topic == topic)
            instant = article_topics.c.published_at
        query = query.where(within(instant, window)).order_by(instant.desc()).limit(limit)
        async with self._database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            return await load_articles(connection, ids)

    async def newest_at(self) -> datetime | None:
        """When the newest article was published."""
        newest: datetime | None = await self._one(select(func.max(articles.c.published_at)))
        return newest

    async def count(self, window: Window | None = None) -> int:
        query = select(func.count()).select_from(articles)
        return int(await self._one(_narrowed(query, window)))

    async def count_sources(self, window: Window | None = None) -> int:
        """How many sources the window's articles come from."""
        query = select(func.count(articles.c.source.distinct()))
        return int(await self._one(_narrowed(query, window)))

    async def counts_by_topic(self, window: Window) -> dict[str, int]:
        """How many of the window's articles are on each topic that has any."""
        table = article_topics.c
        query = (
            select(table.topic, func.count().label("articles"))
            .where(within(table.published_at, window))
            .group_by(table.topic)
            .order_by(table.topic)
        )
        async with self._database.reading() as connection:
            return {row.topic: row.articles for row in await connection.execute(query)}

    async def _one(self, query: Select[Any]) -> Any:
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def _write(
        self,
        connection: AsyncConnection,
        article: Article,
        before: Article | None,
        story: StoryPlacement | None,
    ) -> None:
        row = {name: getattr(article, name) for name in ("id", "fetched_at", *PUBLISHED)}
        if story:
            await self._placing.join(connection, story, article.published_at)
            placed = {"story_id": story.story_id, "features": story.features}
            await connection.execute(self._placed, row | placed)
        else:
            await connection.execute(self._changed, row | {"story_id": None, "features": b""})
        if before:
            await self._refresh_stories(connection, before, story)
        await self._score(connection, article)
        await connection.execute(self._worded, _words(article))
        seen = {"name": article.source, "last_new_at": article.fetched_at}
        await connection.execute(self._seen, seen)

    async def _refresh_stories(
        self, connection: AsyncConnection, before: Article, story: StoryPlacement | None
    ) -> None:
        touched = {before.story_id, story.story_id if story else None}
        for story_id in sorted(each for each in touched if each):
            await self._placing.refresh(connection, story_id)

    async def _score(self, connection: AsyncConnection, article: Article) -> None:
        """Make the article's topics exactly these, even while another process does the same."""
        topics = sorted(article.topics, key=lambda each: each.topic)
        table = article_topics.c
        gone = table.topic.not_in([each.topic for each in topics])
        query = delete(article_topics).where(table.article_id == article.id, gone)
        await connection.execute(query)
        if topics:
            await connection.execute(self._scored, [_score_row(article, each) for each in topics])


def _score_row(article: Article, score: TopicScore) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "topic": score.topic,
        "score": score.score,
        "reasons": list(score.reasons),
        "published_at": article.published_at,
    }


def _words(article: Article) -> dict[str, str]:
    body = article.text if article.summary is None else f"{article.summary} {article.text}"
    words = {"title": folded(article.title, 2_000), "text": folded(body, SEARCHED)}
    return words | {"article_id": article.id}


def _narrowed(query: Select[Any], window: Window | None) -> Select[Any]:
    return query if window is None else query.where(within(articles.c.published_at, window))


def _own_placement(article: Article) -> StoryPlacement | None:
    return StoryPlacement(article.story_id, article.title) if article.story_id else None


def _published(article: Article) -> list[Any]:
    return [getattr(article, name) for name in PUBLISHED]


def _storable(article: Article) -> Article:
    """The article as it will come back: comparable with what is stored."""
    texts: dict[str, Any] = {
        each.name: storable(value)
        for each in fields(article)
        if isinstance(value := getattr(article, each.name), str)
    }
    texts["source"] = texts["source"][:LONGEST_NAME]
    topics = sorted(map(_plain, article.topics), key=lambda each: (-each.score, each.topic))
    return replace(article, **texts, topics=tuple(topics))


def _plain(score: TopicScore) -> TopicScore:
    reasons = tuple(storable(reason) for reason in score.reasons)
    return TopicScore(storable(score.topic)[:LONGEST_NAME], float(score.score), reasons)
