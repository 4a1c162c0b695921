"""The commands behind buttons on which they have no room, by chat and mark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from bot.models import Address
from bot.store.db.engine import Database
from bot.store.db.reader_tables import button_commands

MOST = 500
"""Commands of one chat; of more, those shown longest ago are deleted."""

_CHAT = ("platform", "workspace", "chat")
_KEY = (*_CHAT, "mark")


class ButtonCommands:
    """The stored commands. A chat's threads share them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, address: Address, commands: Mapping[str, str], now: datetime) -> None:
        """Store commands by their marks; one that is stored already counts as shown now."""
        chat = {name: getattr(address, name) for name in _CHAT}
        # in one order, so that no two replicas wait for each other's rows
        rows = [
            {**chat, "mark": mark, "command": command, "shown_at": now}
            for mark, command in sorted(commands.items())
        ]
        if not rows:
            return
        table, here = button_commands.c, _in_chat(address)
        latest = select(table.mark).where(here).order_by(table.shown_at.desc()).limit(MOST)
        query = self._database.upsert(button_commands, _KEY, ["command", "shown_at"])
        count = select(func.count()).select_from(button_commands).where(here)
        async with self._database.writing(durable=False) as connection:
            await connection.execute(query.values(rows))
            if (await connection.execute(count)).scalar_one() > MOST:
                surplus = table.mark.not_in(latest.scalar_subquery())
                await connection.execute(delete(button_commands).where(here, surplus))

    async def find(self, address: Address, mark: str) -> str | None:
        """Return a chat's command by its mark; None if it is not stored any more."""
        query = select(button_commands.c.command).where(
            _in_chat(address), button_commands.c.mark == mark
        )
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query)).scalar_one_or_none()
            return found

    async def forget(self, before: datetime) -> None:
        """Delete what was last shown before an instant."""
        old = button_commands.c.shown_at < before
        async with self._database.writing() as connection:
            await connection.execute(delete(button_commands).where(old))


def _in_chat(address: Address) -> ColumnElement[bool]:
    table = button_commands.c
    return (
        (table.platform == address.platform)
        & (table.workspace == address.workspace)
        & (table.chat == address.chat)
    )
