"""Erasing all that is stored about a chat or a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, update

from bot.models import Address, Platform
from bot.store.chats.inbox import CLOSED
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.reader_tables import button_commands
from bot.store.db.schema import (
    briefings,
    changes,
    channel_topics,
    channels,
    digests,
    inbox,
    metadata,
    mutes,
    notices,
    subscriptions,
    watches,
)

_OF_A_CHAT = ("platform", "workspace", "chat")


def _with_columns(*names: str) -> tuple[Table, ...]:
    return tuple(
        table
        for table in metadata.sorted_tables
        if table not in (channels, inbox) and set(names) <= set(table.columns.keys())
    )


_ADDRESSED = _with_columns(*_OF_A_CHAT)
"""Tables whose rows name a chat by its address, not by its channel."""

_IN_WORKSPACES = _with_columns("platform", "workspace")
"""Tables whose rows name a workspace."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much is stored about a chat, or was erased."""

    channels: int = 0
    subscriptions: int = 0
    topics: int = 0
    mutes: int = 0
    briefings: int = 0
    digests: int = 0
    changes: int = 0
    watches: int = 0
    buttons: int = 0

    @property
    def anything(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


_COUNTED = {
    "subscriptions": subscriptions,
    "topics": channel_topics,
    "mutes": mutes,
    "briefings": briefings,
    "digests": digests,
    "changes": changes,
    "watches": watches,
}


class Erasure:
    """Counts and erases what is stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def stored(self, address: Address) -> Erased:
        """Count what is stored about a chat, all its threads included."""
        async with self._database.reading() as connection:
            buttons = _in_chat(button_commands, address)
            return await _count(connection, _in_chat(channels, address), buttons)

    async def erase_chat(self, address: Address) -> Erased:
        """Erase all about a chat, all its threads included; returns how much that was."""
        return await self._erase(
            [_in_chat(table, address) for table in (channels, inbox)],
            [(table, _in_chat(table, address)) for table in _ADDRESSED],
        )

    async def erase_workspace(self, platform: Platform, workspace: str) -> Erased:
        """Erase all about a workspace, notices to its people included."""

        def here(table: Table) -> ColumnElement[bool]:
            within = table.c.workspace == workspace
            if table is notices:
                within = or_(within, table.c.workspace == "")
            return and_(table.c.platform == platform, within)

        others = [(table, here(table)) for table in _IN_WORKSPACES]
        return await self._erase([here(channels), here(inbox)], others)

    async def _erase(
        self,
        where: Sequence[ColumnElement[bool]],
        others: Sequence[tuple[Table, ColumnElement[bool]]],
    ) -> Erased:
        channel, update_ = where
        async with self._database.writing() as connection:
            erased = await _count(connection, channel, dict(others)[button_commands])
            await connection.execute(delete(channels).where(channel))
            await connection.execute(update(inbox).where(update_).values(CLOSED))
            for table, condition in others:
                await connection.execute(delete(table).where(condition))
        return erased


def _in_chat(table: Table, address: Address) -> ColumnElement[bool]:
    return and_(*(table.c[name] == getattr(address, name) for name in _OF_A_CHAT))


async def _count(
    connection: AsyncConnection, where: ColumnElement[bool], buttons: ColumnElement[bool]
) -> Erased:
    ids = select(channels.c.id).where(where)
    counts = {
        "channels": select(func.count()).select_from(ids.subquery()),
        "buttons": select(func.count()).select_from(button_commands).where(buttons),
    } | {
        name: select(func.count()).select_from(table).where(table.c.channel_id.in_(ids))
        for name, table in _COUNTED.items()
    }
    found = {name: (await connection.execute(query)).scalar_one() for name, query in counts.items()}
    return Erased(**found)
