"""Sources: where articles came from, and how they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.store.engine import Database
from bot.store.schema import sources

SILENT = timedelta(days=2)
"""A fetched source without one good fetch for so long is failing, whatever the last error says."""


@dataclass(frozen=True, slots=True)
class SourcesHealth:
    """The names of the sources that do well and of those that do not."""

    total: int
    healthy: tuple[str, ...]
    failing: tuple[str, ...]


class Sources:
    """The stored sources."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def health(self, now: datetime) -> SourcesHealth:
        """How the sources do; one that only hands articles in is always healthy."""
        table = sources.c
        query = select(table.name, table.error, table.last_ok_at).order_by(table.name)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        failing = tuple(
            row.name
            for row in rows
            if row.error or (row.last_ok_at and row.last_ok_at < now - SILENT)
        )
        healthy = tuple(row.name for row in rows if row.name not in set(failing))
        return SourcesHealth(len(rows), healthy, failing)
