"""Articles in the order in which they were stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.models import Article
from bot.store.articles.rows import load_articles
from bot.store.db.engine import Database
from bot.store.db.schema import article_words, articles


class Arrivals:
    """The stored articles by their numbers, which grow as articles are stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> int:
        """The number of the article that was stored last; 0 where there is none."""
        async with self._database.reading() as connection:
            found = await connection.execute(select(func.max(article_words.c.number)))
            return int(found.scalar_one() or 0)

    async def after(self, number: int, limit: int = 200) -> tuple[int, list[Article]]:
        """The articles stored after that number, and the number of the last of them."""
        table = article_words.c
        query = select(table.number, table.article_id).where(table.number > number)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(table.number).limit(limit))).all()
            found = await load_articles(connection, [row.article_id for row in rows])
        return (rows[-1].number if rows else number), found

    async def latest_of(self, story_ids: Sequence[str]) -> dict[str, datetime]:
        """When the newest article of each of these stories was fetched."""
        table = articles.c
        query = (
            select(table.story_id, func.max(table.fetched_at).label("at"))
            .where(table.story_id.in_(story_ids))
            .group_by(table.story_id)
        )
        async with self._database.reading() as connection:
            return {row.story_id: row.at for row in await connection.execute(query)}
