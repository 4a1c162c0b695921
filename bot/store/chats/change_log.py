"""The audit log: who changed what in a channel."""

from __future__ import annotations

from sqlalchemy import case, insert, select

from bot.models import Change
from bot.store.db.engine import Database
from bot.store.db.schema import changes, channels

_COLUMNS = [column for column in changes.columns if column.name != "id"]


class ChangeLog:
    """The stored changes; they are deleted with their channel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, change: Change) -> None:
        row = {column.name: getattr(change, column.name) for column in _COLUMNS}
        async with self._database.writing() as connection:
            await connection.execute(insert(changes).values(**row))

    async def latest(self, limit: int, channel_id: int | None = None) -> list[Change]:
        """Return the newest changes first, of one channel or of all, with the channel's name."""
        titled = channels.c.title != ""
        name = case((titled, channels.c.title), else_=channels.c.chat).label("channel")
        query = select(*_COLUMNS, name, channels.c.platform).join(
            channels, channels.c.id == changes.c.channel_id
        )
        if channel_id is not None:
            query = query.where(changes.c.channel_id == channel_id)
        query = query.order_by(changes.c.at.desc(), changes.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            return [Change(**row) for row in (await connection.execute(query)).mappings()]
