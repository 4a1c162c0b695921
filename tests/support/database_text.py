"""All that a database holds, as text."""

from __future__ import annotations

from sqlalchemy import select

from bot.store.db.engine import Database
from bot.store.db.schema import metadata

NEWS = frozenset({"articles", "article_topics", "article_words", "stories", "sources"})


async def texts_in(url: str) -> str:
    """Every value of every table beside those of the news, joined."""
    database = Database(url)
    tables = [table for table in metadata.sorted_tables if table.name not in NEWS]
    async with database.reading() as connection:
        rows = [row for table in tables for row in await connection.execute(select(table))]
    await database.close()
    return "\n".join(str(value) for row in rows for value in row)
