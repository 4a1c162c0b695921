"""Past digests: a channel's for its readers, all of them for operators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from bot.models import Briefing, Platform, SendState
from bot.store.chats.briefings import read_briefings
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channels, deliveries, digests
from bot.store.delivery.digest_close import TOLD


@dataclass(frozen=True, slots=True)
class PastDigest:
    """A digest that a channel got, with its briefing."""

    id: int
    local_date: date
    briefing: Briefing


@dataclass(frozen=True, slots=True)
class PartState:
    """Where one part of a digest stands, and why."""

    part: int
    state: SendState
    attempts: int
    reason: str | None
    not_before: datetime | None


@dataclass(frozen=True, slots=True)
class DigestState:
    """Where a digest stands, with its parts and what its channel is called."""

    id: int
    channel_id: int
    platform: Platform
    channel: str
    local_date: date
    due_at: datetime
    state: SendState
    reason: str | None
    late: bool
    finished_at: datetime | None
    parts: tuple[PartState, ...]


@dataclass(frozen=True, slots=True)
class Troubled:
    """How many digests share a state, and the newest of them."""

    count: int
    examples: tuple[DigestState, ...]


class DigestArchive:
    """Reads digests; it changes none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_channel(self, channel_id: int, *, start: int, limit: int) -> list[PastDigest]:
        """The digests that a channel got, newest first, without the `start` newest."""
        query = self._told(channel_id).order_by(digests.c.due_at.desc(), digests.c.id.desc())
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.offset(start).limit(limit))).all()
            found = await read_briefings(connection, [row.briefing_id for row in rows])
        known = {each.id: each for each in found}
        return [
            PastDigest(row.id, row.local_date, known[row.briefing_id])
            for row in rows
            if row.briefing_id in known
        ]

    async def briefing_of(self, channel_id: int, digest_id: int) -> Briefing | None:
        """The briefing of a digest that this channel got."""
        query = self._told(channel_id).where(digests.c.id == digest_id)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).first()
            found = await read_briefings(connection, [row.briefing_id] if row else [])
        return found[0] if found else None

    async def states(self, *, start: int, limit: int, trouble: bool = False) -> list[DigestState]:
        """All channels' digests, newest first; with `trouble` those alone that were not sent."""
        unsent = [digests.c.state != SendState.SENT] if trouble else []
        async with self._database.reading() as connection:
            return await _states(connection, unsent, start=start, limit=limit)

    async def troubled(self, since: datetime, state: SendState, *, examples: int) -> Troubled:
        """The digests in a state that were due since then, but for those of disabled channels."""
        where = (
            digests.c.state == state,
            digests.c.due_at >= since,
            channels.c.disabled.is_(None),
        )
        joined = digests.join(channels, channels.c.id == digests.c.channel_id)
        query = select(func.count()).select_from(joined).where(*where)
        async with self._database.reading() as connection:
            count = (await connection.execute(query)).scalar_one()
            newest = await _states(connection, where, limit=examples) if count else []
        return Troubled(count, tuple(newest))

    def _told(self, channel_id: int) -> Select[Any]:
        table = digests.c
        return select(table.id, table.local_date, table.briefing_id).where(
            table.channel_id == channel_id, table.briefing_id.is_not(None), table.state.in_(TOLD)
        )


async def _states(
    connection: AsyncConnection,
    where: Sequence[ColumnElement[bool]],
    *,
    limit: int,
    start: int = 0,
) -> list[DigestState]:
    query = (
        select(digests, channels.c.platform, channels.c.title.label("channel"))
        .join(channels, channels.c.id == digests.c.channel_id)
        .where(*where)
        .order_by(digests.c.due_at.desc(), digests.c.id.desc())
    )
    found = await connection.execute(query.offset(start).limit(limit))
    rows = found.mappings().all()
    parts = await _parts(connection, [row["id"] for row in rows])
    return [
        DigestState(
            id=row["id"],
            channel_id=row["channel_id"],
            platform=Platform(row["platform"]),
            channel=row["channel"],
            local_date=row["local_date"],
            due_at=row["due_at"],
            state=SendState(row["state"]),
            reason=row["reason"],
            late=row["late"],
            finished_at=row["finished_at"],
            parts=tuple(parts[row["id"]]),
        )
        for row in rows
    ]


async def _parts(connection: AsyncConnection, ids: Sequence[int]) -> dict[int, list[PartState]]:
    table = deliveries.c
    columns = (table.part, table.state, table.attempts, table.reason, table.not_before)
    query = select(table.digest_id, *columns).where(table.digest_id.in_(ids)).order_by(table.part)
    found: dict[int, list[PartState]] = defaultdict(list)
    for digest_id, part, state, *rest in await connection.execute(query):
        found[digest_id].append(PartState(part, SendState(state), *rest))
    return found
