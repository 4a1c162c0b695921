"""Briefings, stored completely so that each bullet can be explained later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Briefing
from bot.store.db.engine import Database
from bot.store.db.schema import briefings


class Briefings:
    """The stored briefings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, briefing: Briefing, channel_id: int | None = None) -> None:
        """Store a briefing, with its channel if there is one."""
        row = {
            "id": briefing.id,
            "channel_id": channel_id,
            "created_at": briefing.created_at,
            "body": _codec().dump_python(briefing, mode="json"),
        }
        async with self._database.writing() as connection:
            await connection.execute(insert(briefings).values(**row))

    async def get(self, briefing_id: str) -> Briefing | None:
        return await self._one(select(briefings.c.body).where(briefings.c.id == briefing_id))

    async def latest(self, channel_id: int) -> Briefing | None:
        """Return the channel's newest briefing."""
        query = select(briefings.c.body).where(briefings.c.channel_id == channel_id)
        return await self._one(
            query.order_by(briefings.c.created_at.desc(), briefings.c.id.desc()).limit(1)
        )

    async def _one(self, query: Select[Any]) -> Briefing | None:
        async with self._database.reading() as connection:
            body = (await connection.execute(query)).scalar_one_or_none()
            return None if body is None else _codec().validate_python(body)


async def read_briefings(connection: AsyncConnection, ids: Sequence[str]) -> list[Briefing]:
    """Return the stored briefings with these ids, in the caller's transaction."""
    if not ids:
        return []
    query = select(briefings.c.body).where(briefings.c.id.in_(ids)).order_by(briefings.c.id)
    bodies = (await connection.execute(query)).scalars()
    return [_codec().validate_python(body) for body in bodies]


@cache
def _codec() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(Briefing)
