"""The secrets of channels, with which webhooks and links to unsubscribe are signed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from bot.store.db.engine import Database
from bot.store.db.reader_tables import channel_keys

SECRET_BYTES = 32


class ChannelKeys:
    """The stored secrets, one for each channel that needs one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, channel_id: int) -> str | None:
        """The secret of a channel; None if it has none."""
        query = select(channel_keys.c.secret).where(channel_keys.c.channel_id == channel_id)
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
            return found

    async def ensure(self, channel_id: int, now: datetime) -> str:
        """The secret of a channel; a random one is stored if it has none."""
        if found := await self.find(channel_id):
            return found
        row = {"channel_id": channel_id, "secret": _new(), "created_at": now}
        query = self._database.insert(channel_keys).values(**row)
        async with self._database.writing() as connection:
            await connection.execute(query.on_conflict_do_nothing(index_elements=["channel_id"]))
        found = await self.find(channel_id)
        assert found is not None
        return found

    async def renew(self, channel_id: int, now: datetime) -> str:
        """Give a channel a new secret: what the old one signed counts no more."""
        secret = _new()
        values = {"secret": secret, "created_at": now}
        query = self._database.insert(channel_keys).values(channel_id=channel_id, **values)
        again = query.on_conflict_do_update(index_elements=["channel_id"], set_=values)
        async with self._database.writing() as connection:
            await connection.execute(again)
        return secret


def _new() -> str:
    return secrets.token_hex(SECRET_BYTES)
