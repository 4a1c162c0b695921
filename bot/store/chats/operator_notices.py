"""Notices to the operators, stored until they are sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from bot.models import Address, DigestName, Platform
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import notices

ADDRESS = ("platform", "workspace", "chat")


@dataclass(frozen=True, slots=True)
class OperatorNotice:
    """A line for one operator; `channel_id` is the channel that it is about, if any.

    `tries` counts the attempts to send it.
    """

    to: Address
    text: str
    channel_id: int | None = None
    tries: int = 0
    kind: str = ""


NoticesFor = Callable[[Sequence[DigestName], int], Sequence[OperatorNotice]]
"""Returns the notices about digests: some of them described, and the number of all."""


def no_notices(_: Sequence[DigestName], _count: int) -> Sequence[OperatorNotice]:
    """Return no notices."""
    return ()


class OperatorNotices:
    """The stored notices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, wanted: Sequence[OperatorNotice], now: datetime) -> None:
        async with self._database.writing() as connection:
            await keep_notices(connection, wanted, now)

    async def claim(
        self, platforms: Collection[Platform], limit: int, *, now: datetime, held_until: datetime
    ) -> dict[int, OperatorNotice]:
        """Return notices for these platforms by id, oldest first, reserved for the caller.

        Unless they are dropped, they can be claimed again after `held_until`.
        """
        table = notices.c
        free = or_(table.held_until.is_(None), table.held_until <= now)
        ids = (
            select(table.id)
            .where(table.platform.in_(platforms), free)
            .order_by(table.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        held = update(notices).where(table.id.in_(select(ids.c.id)))
        taken = {"held_until": held_until, "tries": table.tries + 1}
        async with self._database.writing() as connection:
            rows = await connection.execute(held.values(taken).returning(*table))
            found = sorted(rows, key=lambda row: int(row.id))
        return {row.id: _notice(row) for row in found}

    async def hold(self, ids: Collection[int], until: datetime) -> None:
        """Make them available again from then on."""
        query = update(notices).where(notices.c.id.in_(ids)).values(held_until=until)
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def drop(self, ids: Collection[int]) -> None:
        """Delete notices that were sent, or cannot be."""
        async with self._database.writing() as connection:
            await connection.execute(delete(notices).where(notices.c.id.in_(ids)))

    async def forget(self, before: datetime) -> None:
        """Delete notices from before then."""
        async with self._database.writing() as connection:
            await connection.execute(delete(notices).where(notices.c.at < before))


async def keep_notices(
    connection: AsyncConnection, wanted: Sequence[OperatorNotice], now: datetime
) -> None:
    """Store notices in the caller's transaction."""
    rows = [
        {name: getattr(each.to, name) for name in ADDRESS}
        | {"channel_id": each.channel_id, "text": each.text, "kind": each.kind, "at": now}
        for each in wanted
    ]
    if rows:
        await connection.execute(insert(notices), rows)


def _notice(row: Row[Any]) -> OperatorNotice:
    to = Address(Platform(row.platform), row.workspace, row.chat)
    return OperatorNotice(to, row.text, row.channel_id, row.tries, row.kind or "")
