"""Channels: the addresses that the bot talks to, with their settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, tuple_, update

from bot.models import Address, Channel
from bot.store.chats.channel_move import move
from bot.store.chats.channel_rows import ADDRESS, channel_of
from bot.store.chats.inbox import CLOSED
from bot.store.chats.operator_notices import OperatorNotice, keep_notices
from bot.store.db.engine import Database
from bot.store.db.reader_tables import button_commands
from bot.store.db.schema import channels, inbox, paces, subscriptions

SETTINGS = (
    *("timezone", "digest_time", "bullets", "language", "engine"),
    *("quiet_from", "quiet_until", "who", "paused_until"),
    *("alerts_a_day", "alerts_muted_until", "details", "pictures"),
    *("interface", "profile_language"),
)
"""The columns that hold a channel's settings."""


class Channels:
    """The stored channels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ensure(self, address: Address, *, title: str, timezone: str) -> Channel:
        """Return the channel at this address; it is created if new.

        An existing one gets the title, unless that is empty, and keeps its time zone.
        """
        async with self._database.writing() as connection:
            await connection.execute(
                self._database.insert(channels)
                .values(**_row(address), title=title, timezone=timezone)
                .on_conflict_do_nothing(index_elements=ADDRESS)
            )
            if title:
                await connection.execute(
                    update(channels)
                    .where(at_address(address), channels.c.title != title)
                    .values(title=title)
                )
            found = await connection.execute(select(channels).where(at_address(address)))
            return channel_of(found.mappings().one())

    async def get(self, channel_id: int) -> Channel | None:
        return await self._one(channels.c.id == channel_id)

    async def find(self, address: Address) -> Channel | None:
        return await self._one(at_address(address))

    async def of_chat(self, address: Address) -> list[Channel]:
        """Return the channels of a chat, one per thread."""
        query = select(channels).where(at_address(address, any_thread=True)).order_by(channels.c.id)
        async with self._database.reading() as connection:
            return [channel_of(row) for row in (await connection.execute(query)).mappings()]

    async def subscribed(self) -> list[Channel]:
        """The channels that have subscriptions, the oldest first."""
        mine = exists().where(subscriptions.c.channel_id == channels.c.id)
        query = select(channels).where(mine).order_by(channels.c.id)
        async with self._database.reading() as connection:
            return [channel_of(row) for row in (await connection.execute(query)).mappings()]

    async def disable(
        self, channel_id: int, reason: str, *, now: datetime, notices: Sequence[OperatorNotice] = ()
    ) -> bool:
        """Disable the channel for a reason; false if it was disabled before.

        The notices are stored in the same transaction, unless it was disabled before.
        """
        enabled = (channels.c.id == channel_id) & channels.c.disabled.is_(None)
        query = update(channels).where(enabled).values(disabled=reason).returning(channels.c.id)
        async with self._database.writing() as connection:
            disabled = (await connection.execute(query)).first() is not None
            if disabled:
                await keep_notices(connection, notices, now)
            return disabled

    async def enable(self, channel_id: int) -> None:
        await self._set(channel_id, disabled=None)

    async def change(self, before: Channel, after: Channel) -> None:
        """Store the settings that differ."""
        said = {name: getattr(after, name) for name in SETTINGS}
        values = {name: said[name] for name in said if said[name] != getattr(before, name)}
        if values:
            await self._set(before.id, **values)

    async def set_timezone(self, channel_id: int, timezone: str) -> None:
        """Set the channel's time zone; its subscriptions keep theirs."""
        await self._set(channel_id, timezone=timezone)

    async def move(self, channel_id: int, address: Address) -> None:
        """Change the channel's address; it is merged with a channel at the new address."""
        async with self._database.writing() as connection:
            await move(connection, channel_id, _row(address))

    async def move_chat(self, address: Address, chat: str) -> None:
        """Change the id of a chat, in the channels of all its threads.

        Buttons are made for the old id, so what is kept behind them is deleted.
        """
        names = ADDRESS[:3]
        here = [channels.c[name] == getattr(address, name) for name in names]
        buttons = [button_commands.c[name] == getattr(address, name) for name in names]
        async with self._database.writing() as connection:
            rows = await connection.execute(select(channels.c.id, channels.c.thread).where(*here))
            for channel_id, thread in rows.all():
                there = replace(address, chat=chat, thread=thread)
                await move(connection, channel_id, _row(there))
            await connection.execute(delete(button_commands).where(*buttons))

    async def forget(self, channel_id: int) -> None:
        """Delete the channel and all its data."""
        mine = channels.c.id == channel_id
        address = select(channels.c.platform, channels.c.workspace, channels.c.chat).where(mine)
        pace = tuple_(paces.c.platform, paces.c.workspace, paces.c.chat)
        asked = tuple_(inbox.c.platform, inbox.c.workspace, inbox.c.chat)
        async with self._database.writing() as connection:
            await connection.execute(address.with_for_update())  # no pause is stored meanwhile
            await connection.execute(delete(paces).where(pace.in_(address)))
            await connection.execute(update(inbox).where(asked.in_(address)).values(CLOSED))
            await connection.execute(delete(channels).where(mine))

    async def _one(self, condition: ColumnElement[bool]) -> Channel | None:
        async with self._database.reading() as connection:
            found = await connection.execute(select(channels).where(condition))
            row = found.mappings().one_or_none()
            return channel_of(row) if row else None

    async def _set(self, channel_id: int, **values: Any) -> None:
        async with self._database.writing() as connection:
            await connection.execute(
                update(channels).where(channels.c.id == channel_id).values(**values)
            )


def _row(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in ADDRESS}


def at_address(address: Address, *, any_thread: bool = False) -> ColumnElement[bool]:
    """Return the condition for a channel's address, or for all threads of its chat."""
    table = channels.c
    chat = (
        (table.platform == address.platform)
        & (table.workspace == address.workspace)
        & (table.chat == address.chat)
    )
    return chat if any_thread else chat & (table.thread == address.thread)
