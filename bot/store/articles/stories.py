"""Stories: the articles on one event, found by topic, by window, or by an article."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select

from bot.models import Article, Story, StoryCandidate, Window
from bot.store.articles.rows import (
    AT_ONCE,
    load_articles,
    newest_members,
    within,
    worthiest_members,
)
from bot.store.articles.story_placement import StoryPlacer
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import article_topics, articles, stories

PER_STORY = 12
"""The number of articles loaded with a story, unless all are requested."""

PLACING_LOCK = 0x706C6163
"""The advisory lock under which replicas place articles."""

ALWAYS = Window(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class Stories:
    """The stored stories."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._joining = StoryPlacer(database)
        self._placing = asyncio.Lock()

    @asynccontextmanager
    async def placing(self) -> AsyncIterator[None]:
        """Prevent concurrent placing between `candidates` and `articles.add`.

        Otherwise two articles on one event that arrive together would begin two stories.
        """
        async with self._placing:
            if self._database.sqlite:
                yield
                return
            async with self._database.writing() as connection:
                await connection.execute(select(func.pg_advisory_xact_lock(PLACING_LOCK)))
                yield

    async def candidates(
        self, keys: Sequence[str], window: Window, *, per_key: int = 40, limit: int = 40
    ) -> list[StoryCandidate]:
        """The stories in the window that share keys, rare keys first.

        Of each key only its `per_key` newest uses are looked at, so that the cost stays flat.
        """
        return (await self.candidates_many([keys], window, per_key=per_key, limit=limit))[0]

    async def candidates_many(
        self,
        wanted: Sequence[Sequence[str]],
        window: Window,
        *,
        per_key: int = 40,
        limit: int = 40,
    ) -> list[list[StoryCandidate]]:
        """The result of `candidates` for the keys of each of several articles."""
        async with self._database.reading() as connection:
            return await self._joining.candidates(
                connection, wanted, window, per_key=per_key, limit=limit
            )

    async def for_topic(self, topic: str, window: Window, *, limit: int = 60) -> list[Story]:
        """Stories with an article on the topic in the window: best first, by worth and sources.

        Each has its newest articles in the window, on any topic, oldest first.
        """
        scored = article_topics.c
        found = (
            select(articles.c.story_id)
            .join(articles, articles.c.id == scored.article_id)
            .where(scored.topic == topic, within(scored.published_at, window))
        )
        worth = func.max(func.coalesce(scored.worth, 0.0))
        newest = func.max(scored.published_at)
        order = [worth.desc(), _sources(), func.max(scored.score).desc(), newest.desc()]
        return await self._found(found, order, window, limit)

    async def in_window(self, window: Window, *, limit: int = 60) -> list[Story]:
        """The window's stories: most sources first, then newest."""
        found = select(articles.c.story_id).where(within(articles.c.published_at, window))
        return await self._found(found, [_sources(), _newest()], window, limit)

    async def of_articles(
        self, article_ids: Sequence[str], window: Window, *, limit: int = 60
    ) -> list[Story]:
        """The stories that these articles belong to: most sources in the window first."""
        ids: list[str] = []
        for start in range(0, len(article_ids), AT_ONCE):
            some = article_ids[start : start + AT_ONCE]
            ids += await self._ids(select(articles.c.story_id).where(articles.c.id.in_(some)))
        mine = articles.c.story_id.in_(list(dict.fromkeys(ids)))
        found = select(articles.c.story_id).where(mine, within(articles.c.published_at, window))
        return await self._found(found, [_sources(), _newest()], window, limit)

    async def get(self, story_id: str) -> Story | None:
        """The story with all its articles."""
        async with self._database.reading() as connection:
            found = await _loaded(self._database, connection, [story_id], ALWAYS, 1_000)
        return found[0] if found else None

    async def _ids(self, query: Select[Any]) -> list[str]:
        async with self._database.reading() as connection:
            return [each for each in (await connection.execute(query)).scalars() if each]

    async def _found(
        self, query: Select[Any], order: Sequence[Any], window: Window, limit: int
    ) -> list[Story]:
        grouped = (
            query.where(articles.c.story_id.is_not(None))
            .group_by(articles.c.story_id)
            .order_by(*order, articles.c.story_id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            ids = (await connection.execute(grouped)).scalars().all()
            return await _loaded(self._database, connection, ids, window, PER_STORY)


def _sources() -> Any:
    return func.count(articles.c.source.distinct()).desc()


def _newest() -> Any:
    return func.max(articles.c.published_at).desc()


async def _loaded(
    database: Database,
    connection: AsyncConnection,
    ids: Sequence[str],
    window: Window,
    per_story: int,
) -> list[Story]:
    """The stories in this order, each with some of its articles in the window, oldest first.

    These are its newest ones and those worth most.
    """
    newest = newest_members(database, window, per_story)
    best = worthiest_members(database, window, per_story // 2)
    query = select(stories, newest, best).where(stories.c.id.in_(ids))
    rows = (await connection.execute(query)).all()
    wanted = {row.id: {*(row.members or ()), *(row.worthiest or ())} for row in rows}
    loaded = await load_articles(connection, sorted(set().union(*wanted.values())))
    articles_by_id = {each.id: each for each in loaded}
    found = {
        row.id: Story(
            row.id,
            row.headline,
            row.first_seen,
            row.last_seen,
            tuple(sorted((articles_by_id[each] for each in wanted[row.id]), key=_by_time)),
        )
        for row in rows
        if row.members
    }
    return [found[each] for each in ids if each in found]


def _by_time(article: Article) -> tuple[datetime, str]:
    return article.published_at, article.id
