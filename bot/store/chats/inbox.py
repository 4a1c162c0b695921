"""The updates received from chat platforms, and which of them are not answered yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, and_, delete, or_, select, true, tuple_, update

from bot.models import Address, Platform
from bot.store.chats.channel_rows import ADDRESS
from bot.store.db.engine import Database
from bot.store.db.schema import inbox

CLOSED = dict.fromkeys(["open_since", "workspace", "chat", "thread", "command", "process"])
"""The columns that are cleared when an update is answered."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A stored command without an answer; its name is "" for plain text."""

    update_id: str
    address: Address
    command: str
    seen_at: datetime


class Inbox:
    """The stored updates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, update: Unanswered, process: str) -> bool:
        """Store an update to be answered by `process`; false if it was stored before."""
        row = {name: getattr(update.address, name) for name in ADDRESS}
        query = (
            self._database.insert(inbox)
            .values(
                **row,
                update_id=update.update_id,
                seen_at=update.seen_at,
                command=update.command,
                process=process,
                open_since=update.seen_at,
            )
            .on_conflict_do_nothing(index_elements=["platform", "update_id"])
            .returning(inbox.c.update_id)
        )
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def answered(self, platform: Platform, update_id: str) -> None:
        """Mark an update as answered and clear where it came from."""
        mine = (inbox.c.platform == platform) & (inbox.c.update_id == update_id)
        async with self._database.writing() as connection:
            await connection.execute(update(inbox).where(mine).values(CLOSED))

    async def unanswered(
        self,
        platforms: Collection[Platform],
        *,
        but_of: str,
        before: datetime | None,
        held_until: datetime,
        now: datetime,
        limit: int = 100,
    ) -> list[Unanswered]:
        """Return updates of processes other than `but_of` that are not answered.

        With `before`, only older ones. They are reserved for the caller until `held_until`.
        """
        table = inbox.c
        open_ = and_(table.open_since.is_not(None), table.process != but_of)
        free = or_(table.held_until.is_(None), table.held_until <= now)
        old = true() if before is None else table.open_since < before
        query = (
            select(inbox)
            .where(table.platform.in_(platforms), open_, free, old)
            .order_by(table.open_since)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        async with self._database.writing() as connection:
            found = (await connection.execute(query)).mappings().all()
            keys = [(each["platform"], each["update_id"]) for each in found]
            taken = update(inbox).where(tuple_(table.platform, table.update_id).in_(keys))
            await connection.execute(taken.values(held_until=held_until))
        return [_unanswered(each) for each in found]

    async def forget(self, before: datetime) -> None:
        """Delete updates received before then; platforms redeliver for at most a day."""
        async with self._database.writing() as connection:
            await connection.execute(delete(inbox).where(inbox.c.seen_at < before))


def _unanswered(row: RowMapping) -> Unanswered:
    where = {name: row[name] for name in ADDRESS} | {"platform": Platform(row["platform"])}
    return Unanswered(row["update_id"], Address(**where), row["command"], row["seen_at"])
