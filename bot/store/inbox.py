"""Which updates a chat platform has handed over before, and which still wait for an answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Address, Platform
from bot.store.claiming import ADDRESS
from bot.store.engine import Database
from bot.store.schema import inbox

_CLOSED = dict.fromkeys(["open_since", "workspace", "chat", "thread", "command"])


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A command that was taken in and not answered; its name is "" for small talk."""

    update_id: str
    address: Address
    command: str
    seen_at: datetime


class Inbox:
    """The updates that were taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, update_id: str, address: Address, command: str, now: datetime) -> bool:
        """Note an update that is to be answered; false where it was noted before."""
        row = {name: getattr(address, name) for name in ADDRESS} | {"command": command}
        query = (
            self._database.insert(inbox)
            .values(**row, update_id=update_id, seen_at=now, open_since=now)
            .on_conflict_do_nothing(index_elements=["platform", "update_id"])
            .returning(inbox.c.update_id)
        )
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def answered(self, platform: Platform, update_id: str) -> None:
        """It is done with: where it came from is forgotten."""
        mine = (inbox.c.platform == platform) & (inbox.c.update_id == update_id)
        async with self._database.writing() as connection:
            await connection.execute(update(inbox).where(mine).values(_CLOSED))

    async def unanswered(
        self, platforms: Collection[Platform], before: datetime, limit: int = 100, *, now: datetime
    ) -> list[Unanswered]:
        """What was taken in before then and not answered: its process has died.

        Nobody else gets it for as long as lies between `before` and `now`.
        """
        table = inbox.c
        async with self._database.writing() as connection:
            open_ = (
                select(table.platform, table.update_id)
                .where(table.open_since < before, table.platform.in_(platforms))
                .order_by(table.open_since)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            found = (await connection.execute(open_)).all()
            return [await _taken(connection, *each, now) for each in found]

    async def forget(self, before: datetime) -> None:
        """Drop what was seen before then; platforms redeliver for a day at most."""
        async with self._database.writing() as connection:
            await connection.execute(delete(inbox).where(inbox.c.seen_at < before))


async def _taken(
    connection: AsyncConnection, platform: str, update_id: str, now: datetime
) -> Unanswered:
    table = inbox.c
    mine = (table.platform == platform) & (table.update_id == update_id)
    columns = [*(table[name] for name in ADDRESS), table.command, table.seen_at]
    taken = update(inbox).where(mine).values(open_since=now).returning(*columns)
    row = (await connection.execute(taken)).one()
    address = Address(Platform(row.platform), row.workspace, row.chat, row.thread)
    return Unanswered(update_id, address, row.command, row.seen_at)
