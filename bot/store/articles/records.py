"""Stored articles with their topic scores and search index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from bot.models import UNDATED, Article, Stored, Window
from bot.store.articles.rows import load_articles, within
from bot.store.articles.story_placement import StoryPlacement
from bot.store.articles.writer import ArticleWriter
from bot.store.db.engine import Database
from bot.store.db.schema import article_topics, articles


@dataclass(frozen=True, slots=True)
class UndatedCount:
    """A source's articles without a known date: all, those with an unreadable date, one such."""

    source: str
    total: int
    unreadable: int
    example: str | None


class Articles:
    """The stored articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = ArticleWriter(database)

    async def add(self, article: Article, story: StoryPlacement | None = None) -> Stored:
        """Store the article, its topic scores and its place in a story, in one transaction.

        Without `story`, a stored article keeps its story and a new one goes to `article.story_id`,
        where that is set. An unchanged article keeps its story too; its topic scores are replaced.
        """
        return (await self.add_many([(article, story)]))[0]

    async def add_many(
        self, arrivals: Sequence[tuple[Article, StoryPlacement | None]]
    ) -> list[Stored]:
        """Store several articles in one transaction; ids must be distinct."""
        async with self._database.writing(durable=False) as connection:
            return await self._writer.add(connection, arrivals)

    async def get(self, article_id: str) -> Article | None:
        found = await self.many([article_id])
        return found[0] if found else None

    async def many(self, ids: Sequence[str]) -> list[Article]:
        """The articles with these ids, in this order; unknown ids are omitted."""
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

    async def undated(self, limit: int = 200) -> list[Article]:
        """The articles without a known date, those fetched last first."""
        table = articles.c
        query = select(table.id).where(table.published_at == UNDATED)
        query = query.order_by(table.fetched_at.desc(), table.id).limit(limit)
        async with self._database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            return await load_articles(connection, ids)

    async def undated_counts(self) -> list[UndatedCount]:
        """How many articles of each source have no known date, and why; most first."""
        table, count = articles.c, func.count()
        stated = table.date_stated
        query = (
            select(table.source, count, func.count(stated), func.max(stated))
            .where(table.published_at == UNDATED)
            .group_by(table.source)
            .order_by(count.desc(), table.source)
        )
        async with self._database.reading() as connection:
            return [UndatedCount(*row) for row in await connection.execute(query)]

    async def same_as(self, given: Sequence[Article]) -> dict[str, Article]:
        """For articles whose id is not stored: the stored article that each one is, by its id.

        It has the same guid at the same source, or the same title, source and time.
        """
        table = articles.c
        guids = {each.guid: each for each in given if each.guid}
        timed = {each.published_at for each in given if each.has_time}
        query = select(table.id).where(
            or_(
                table.guid.in_(list(guids)),
                and_(
                    table.published_at.in_(sorted(timed)),
                    table.title.in_([each.title for each in given]),
                ),
            )
        )
        async with self._database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            stored = await load_articles(connection, ids)
        return _matched(given, stored)

    async def with_titles_of(self, given: Sequence[Article], apart: timedelta) -> list[Article]:
        """The stored articles with the source and title of one of these, dated near one of them.

        Near means at most `apart` before or after it.
        """
        table = articles.c
        titled = and_(
            table.source.in_({each.source for each in given}),
            table.title.in_({each.title for each in given}),
        )
        wanted = {(each.source, each.title) for each in given}
        async with self._database.reading() as connection:
            ids: list[str] = []
            for since, until in _spans([each.published_at for each in given], apart):
                query = select(table.id).where(table.published_at.between(since, until), titled)
                ids += (await connection.execute(query)).scalars()
            stored = await load_articles(connection, ids)
        return [each for each in stored if (each.source, each.title) in wanted]

    async def newest_at(self) -> datetime | None:
        """When the newest dated article was published."""
        newest = func.max(articles.c.published_at)
        at: datetime | None = await self._one(
            select(newest).where(articles.c.published_at > UNDATED)
        )
        return at

    async def count(self, window: Window | None = None) -> int:
        query = select(func.count()).select_from(articles)
        return int(await self._one(_narrowed(query, window)))

    async def count_sources(self, window: Window | None = None) -> int:
        """How many sources the window's articles come from."""
        query = select(func.count(articles.c.source.distinct()))
        return int(await self._one(_narrowed(query, window)))

    async def counts_by_language(self, window: Window) -> dict[str, int]:
        """How many of the window's articles are in each language that is known."""
        language = articles.c.language
        query = (
            select(language, func.count().label("articles"))
            .where(within(articles.c.published_at, window), language.is_not(None))
            .group_by(language)
            .order_by(language)
        )
        async with self._database.reading() as connection:
            return {row.language: row.articles for row in await connection.execute(query)}

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


def _matched(given: Sequence[Article], stored: Sequence[Article]) -> dict[str, Article]:
    guids = {(each.source, each.guid): each for each in stored if each.guid}
    titles = {_title_and_time(each): each for each in stored}
    found: dict[str, Article] = {}
    for article in given:
        match = guids.get((article.source, article.guid)) if article.guid else None
        if match is None and article.has_time:
            match = titles.get(_title_and_time(article))
        if match is not None:
            found[article.id] = match
    return found


def _spans(instants: Sequence[datetime], apart: timedelta) -> list[tuple[datetime, datetime]]:
    """The times at most `apart` from these instants; spans that overlap are joined."""
    spans: list[tuple[datetime, datetime]] = []
    for at in sorted(instants):
        since = at - apart
        if spans and since <= spans[-1][1]:
            since = spans.pop()[0]
        spans.append((since, at + apart))
    return spans


def _title_and_time(article: Article) -> tuple[str, str, datetime]:
    return article.source, article.title, article.published_at


def _narrowed(query: Select[Any], window: Window | None) -> Select[Any]:
    return query if window is None else query.where(within(articles.c.published_at, window))
