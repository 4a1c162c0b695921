"""Which updates a chat platform has handed over before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from bot.store.engine import Database
from bot.store.schema import inbox


class Inbox:
    """The updates that were taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first_time(self, platform: str, update_id: str, now: datetime) -> bool:
        """Whether this update is new; asked again, it no longer is."""
        query = (
            self._database.insert(inbox)
            .values(platform=platform, update_id=update_id, seen_at=now)
            .on_conflict_do_nothing(index_elements=["platform", "update_id"])
            .returning(inbox.c.update_id)
        )
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def forget(self, before: datetime) -> None:
        """Drop what was seen before then; platforms redeliver for a day at most."""
        async with self._database.writing() as connection:
            await connection.execute(delete(inbox).where(inbox.c.seen_at < before))
