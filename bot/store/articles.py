"""Articles as they were published, with their topic scores and their words for search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Article, Stored, TopicScore, Window
from bot.store.engine import Database
from bot.store.folding import folded
from bot.store.loading import load_articles, within
from bot.store.placing import StoryPlacement, begin_story, note_keys, refresh_story
from bot.store.schema import article_topics, article_words, articles, sources
from bot.store.types import LONGEST_NAME, storable

SEARCHED = 200_000
"""Folded characters of an article that search sees: PostgreSQL indexes at most 1 MB of words."""

NOT_PUBLISHED = {"fetched_at", "topics", "story_id"}
"""What may differ between two readings of an article that did not change."""


class Articles:
    """The stored articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, article: Article, story: StoryPlacement | None = None) -> Stored:
        """Store the article, its topic scores and its place in a story, in one transaction.

        Without `story`, a stored article keeps its story and a new one goes to `article.story_id`,
        where that is set. An unchanged article keeps its story too; its topic scores are replaced.
        """
        article = _storable(article)
        async with self._database.writing() as connection:
            stored = await load_articles(connection, [article.id])
            before = stored[0] if stored else None
            if before and _published(before) == _published(article):
                if before.topics != article.topics:
                    await _replace_topics(connection, article)
                return Stored.UNCHANGED
            await self._write(connection, article, before, story or _own_placement(article, before))
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
        if topic is None:
            table = articles.c
            query = select(table.id)
        else:
            query = select(article_topics.c.article_id).where(article_topics.c.topic == topic)
        instant = articles.c.published_at if topic is None else article_topics.c.published_at
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
        query = select(table.topic, func.count().label("articles")).where(
            within(table.published_at, window)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query.group_by(table.topic).order_by(table.topic))
            return {row.topic: row.articles for row in rows}

    async def _one(self, query: Any) -> Any:
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one()

    async def _write(
        self,
        connection: AsyncConnection,
        article: Article,
        before: Article | None,
        story: StoryPlacement | None,
    ) -> None:
        if story:
            await begin_story(self._database, connection, story, article.published_at)
        await self._write_row(connection, article, story)
        await _replace_topics(connection, article)
        await self._write_words(connection, article)
        await self._note_source(connection, article)
        if story:
            await note_keys(self._database, connection, story, article.published_at)
        places = (story and story.story_id, before and before.story_id)
        for story_id in sorted({each for each in places if each}):
            await refresh_story(connection, story_id)

    async def _write_row(
        self, connection: AsyncConnection, article: Article, story: StoryPlacement | None
    ) -> None:
        row = {name: value for name, value in asdict(article).items() if name != "topics"}
        row |= {"story_id": None, "features": b""}
        placed = {"story_id": story.story_id, "features": story.features} if story else {}
        changes = {
            name: value for name, value in row.items() if name not in {"id", "story_id", "features"}
        }
        await connection.execute(
            self._database.insert(articles)
            .values(row | placed)
            .on_conflict_do_update(index_elements=["id"], set_=changes | placed)
        )

    async def _write_words(self, connection: AsyncConnection, article: Article) -> None:
        body = article.text if article.summary is None else f"{article.summary} {article.text}"
        words = {"title": folded(article.title, 2_000), "text": folded(body, SEARCHED)}
        await connection.execute(
            self._database.insert(article_words)
            .values(article_id=article.id, **words)
            .on_conflict_do_update(index_elements=["article_id"], set_=words)
        )

    async def _note_source(self, connection: AsyncConnection, article: Article) -> None:
        new = {"last_new_at": article.fetched_at}
        await connection.execute(
            self._database.insert(sources)
            .values(name=article.source, **new)
            .on_conflict_do_update(index_elements=["name"], set_=new)
        )


async def _replace_topics(connection: AsyncConnection, article: Article) -> None:
    await connection.execute(
        delete(article_topics).where(article_topics.c.article_id == article.id)
    )
    rows = [
        {
            "article_id": article.id,
            "topic": score.topic,
            "score": score.score,
            "reasons": list(score.reasons),
            "published_at": article.published_at,
        }
        for score in article.topics
    ]
    if rows:
        await connection.execute(insert(article_topics), rows)


def _narrowed(query: Any, window: Window | None) -> Any:
    return query if window is None else query.where(within(articles.c.published_at, window))


def _own_placement(article: Article, before: Article | None) -> StoryPlacement | None:
    if before or article.story_id is None:
        return None
    return StoryPlacement(article.story_id, article.title)


def _published(article: Article) -> dict[str, Any]:
    return {name: value for name, value in asdict(article).items() if name not in NOT_PUBLISHED}


def _storable(article: Article) -> Article:
    """The article as it will come back: comparable with what is stored."""
    texts: dict[str, Any] = {
        name: storable(value) for name, value in asdict(article).items() if isinstance(value, str)
    }
    texts["source"] = texts["source"][:LONGEST_NAME]
    topics = sorted(map(_plain, article.topics), key=lambda each: (-each.score, each.topic))
    return replace(article, **texts, topics=tuple(topics))


def _plain(score: TopicScore) -> TopicScore:
    reasons = tuple(storable(reason) for reason in score.reasons)
    return TopicScore(storable(score.topic)[:LONGEST_NAME], float(score.score), reasons)
