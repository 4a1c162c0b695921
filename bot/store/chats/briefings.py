"""Briefings, stored completely so that each bullet can be explained later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, exists, func, insert, or_, select

from bot.models import Address, Briefing, SendState, Window
from bot.page_links import fingerprint
from bot.store.articles.rows import within
from bot.store.chats.channels import at_address
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.reader_tables import page_links
from bot.store.db.schema import (
    briefing_messages,
    briefings,
    channels,
    deliveries,
    digests,
)


class Briefings:
    """The stored briefings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, briefing: Briefing, channel_id: int | None = None, *, token: str = ""
    ) -> None:
        """Store a briefing, with its channel if there is one.

        A channel's briefing may have a page, which the `token` of a new link opens.
        """
        row = briefing_row(briefing)
        async with self._database.writing() as connection:
            await connection.execute(insert(briefings).values(channel_id=channel_id, **row))
            if token:
                link = {"briefing_id": briefing.id, "created_at": briefing.created_at}
                query = insert(page_links).values(fingerprint=fingerprint(token), **link)
                await connection.execute(query.values(channel_id=channel_id))

    async def get(self, briefing_id: str) -> Briefing | None:
        return await self._one(select(briefings.c.body).where(briefings.c.id == briefing_id))

    async def newest_id(self, address: Address | None = None) -> str | None:
        """The id of the latest briefing; with an address, of those made there or for no channel."""
        query = select(briefings.c.id).order_by(briefings.c.created_at.desc(), briefings.c.id)
        if address is not None:
            there = select(channels.c.id).where(at_address(address))
            mine = or_(briefings.c.channel_id.is_(None), briefings.c.channel_id.in_(there))
            query = query.where(mine)
        async with self._database.reading() as connection:
            found: str | None = (await connection.execute(query.limit(1))).scalar()
            return found

    async def made(
        self, window: Window, *, last: tuple[datetime, str] | None = None, limit: int
    ) -> list[Briefing]:
        """The briefings of all channels made in a window, the newest first.

        With the instant and id of one of them, from that one on.
        """
        table = briefings.c
        query = (
            select(table.body)
            .where(within(table.created_at, window))
            .order_by(table.created_at.desc(), table.id.desc())
            .limit(limit)
        )
        if last is not None:
            at, id_ = last
            same = and_(table.created_at == at, table.id <= id_)
            query = query.where(or_(table.created_at < at, same))
        async with self._database.reading() as connection:
            bodies = (await connection.execute(query)).scalars()
            return [_codec().validate_python(body) for body in bodies]

    async def latest(self, channel_id: int) -> Briefing | None:
        """Return the channel's latest briefing that was shown.

        One that was asked for is shown at once, that of a digest when a part of it is sent.
        """
        of_digest = select(digests.c.id).where(digests.c.briefing_id == briefings.c.id)
        message = (
            select(func.coalesce(func.min(briefing_messages.c.id), 0))
            .where(briefing_messages.c.briefing_id == briefings.c.id)
            .scalar_subquery()
        )
        asked = (
            select(briefings.c.created_at.label("at"), briefings.c.id)
            .where(briefings.c.channel_id == channel_id, ~exists(of_digest))
            .order_by(briefings.c.created_at.desc(), message.desc(), briefings.c.id.desc())
            .limit(1)
        )
        sent = (
            select(deliveries.c.finished_at.label("at"), digests.c.briefing_id.label("id"))
            .join(digests, digests.c.id == deliveries.c.digest_id)
            .where(deliveries.c.channel_id == channel_id, deliveries.c.state == SendState.SENT)
            .where(digests.c.briefing_id.is_not(None))
            .order_by(deliveries.c.finished_at.desc(), deliveries.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            found = [(await connection.execute(query)).first() for query in (asked, sent)]
        shown = [(row.at, row.id) for row in found if row is not None]
        return await self.get(max(shown)[1]) if shown else None

    async def _one(self, query: Select[Any]) -> Briefing | None:
        async with self._database.reading() as connection:
            body = (await connection.execute(query)).scalar_one_or_none()
            return None if body is None else _codec().validate_python(body)


def briefing_row(briefing: Briefing) -> dict[str, Any]:
    """Return the values of a briefing's row, but for its channel."""
    return {
        "id": briefing.id,
        "created_at": briefing.created_at,
        "body": _codec().dump_python(briefing, mode="json"),
    }


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
