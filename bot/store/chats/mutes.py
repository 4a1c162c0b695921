"""Words that a channel does not want to read about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from bot.store.db.engine import Database
from bot.store.db.schema import mutes


class Mutes:
    """The muted words and phrases of channels, folded by the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, channel_id: int, words: Sequence[str]) -> None:
        """Mute words; those already muted stay so."""
        rows = [{"channel_id": channel_id, "word": word} for word in words]
        query = self._database.insert(mutes).on_conflict_do_nothing(
            index_elements=["channel_id", "word"]
        )
        async with self._database.writing() as connection:
            await connection.execute(query, rows)

    async def of_channel(self, channel_id: int) -> tuple[str, ...]:
        """Return the channel's muted words, in alphabetical order."""
        query = select(mutes.c.word).where(mutes.c.channel_id == channel_id).order_by(mutes.c.word)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def remove(self, channel_id: int, words: Sequence[str] | None = None) -> int:
        """Unmute words, or all for None; returns how many were muted."""
        query = delete(mutes).where(mutes.c.channel_id == channel_id)
        if words is not None:
            query = query.where(mutes.c.word.in_(words))
        async with self._database.writing() as connection:
            return len((await connection.execute(query.returning(mutes.c.word))).all())
