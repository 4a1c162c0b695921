"""Stored sources: settings, health and leases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, Select, delete, func, or_, select, tuple_, update

from bot.models import FetchState, Source, SourceKind
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import source_memories, sources
from bot.store.sources.due import ADD_LOCK, CLAIM_LOCK, LEASE, due

STATE = [each.name for each in fields(FetchState)]
COLUMNS = [
    sources.c[name] for name in ("name", "kind", "url", "host", "category", "weight", *STATE)
]


@dataclass(frozen=True, slots=True)
class ClaimedSource:
    """A claimed source; only the holder of `token` may settle it before the lease ends."""

    source: Source
    token: str


class Sources:
    """The stored sources."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered = database.upsert(source_memories, ["name"], ["marks"])

    async def add(self, source: Source) -> Source | None:
        """Store a new source; None if its URL exists.

        A name in use gets a number; an outlet of that name becomes the source.
        """
        async with self._database.writing() as connection:
            await self._in_turn(connection, ADD_LOCK)
            known = select(sources.c.name).where(sources.c.url == source.url)
            if (await connection.execute(known)).first():
                return None
            named = replace(source, name=await _free_name(connection, source.name))
            row = _row(named)
            insert = self._database.upsert(
                sources, ["name"], [name for name in row if name != "name"]
            )
            await connection.execute(insert, row)
            return named

    async def all(self) -> list[Source]:
        """The sources that are polled, by name."""
        query = _watched().order_by(func.lower(sources.c.name), sources.c.name)
        return await self._many(query)

    async def find(self, name_or_url: str) -> Source | None:
        """The source with this name, in any case, or this address."""
        table = sources.c
        wanted = or_(table.url == name_or_url, func.lower(table.name) == name_or_url.lower())
        found = await self._many(_watched().where(wanted))
        exact = [each for each in found if name_or_url in {each.name, each.url}]
        return next(iter([*exact, *found]), None)

    async def remove(self, name: str) -> bool:
        """Remove the source; its articles stay."""
        query = delete(sources).where(sources.c.name == name, sources.c.url.is_not(None))
        async with self._database.writing() as connection:
            return (await connection.execute(query.returning(sources.c.name))).first() is not None

    async def claim(
        self, now: datetime, limit: int, lease: timedelta = LEASE
    ) -> list[ClaimedSource]:
        """Claim up to `limit` due sources, the longest due first, one for each host.

        The claim lasts until the lease ends; `renew` extends it.
        """
        if not await self._is_any_due(now):
            return []
        token = uuid4().hex
        table = sources.c
        async with self._database.writing(durable=False) as connection:
            await self._in_turn(connection, CLAIM_LOCK)
            query = due(self._database, now).limit(limit)
            ready = (await connection.execute(query)).scalars().all()
            if not ready:
                return []
            taken = (
                select(table.name).where(table.name.in_(ready)).with_for_update(skip_locked=True)
            )
            names = (await connection.execute(taken)).scalars().all()
            leased = {"leased_until": self._database.clock(now, lease), "token": token}
            mine = update(sources).where(table.name.in_(names)).values(**leased)
            rows = (await connection.execute(mine.returning(*COLUMNS))).mappings().all()
        claimed = [ClaimedSource(_source(row), token) for row in rows]
        return sorted(claimed, key=lambda each: ready.index(each.source.name))

    async def renew(self, claimed: Sequence[ClaimedSource], now: datetime) -> None:
        """Extend leases; those held by another process by now are not changed."""
        held = [(each.source.name, each.token) for each in claimed]
        query = update(sources).where(tuple_(sources.c.name, sources.c.token).in_(held))
        leased = query.values(leased_until=self._database.clock(now, LEASE))
        async with self._database.writing(durable=False) as connection:
            await connection.execute(leased)

    async def settle(
        self, claimed: ClaimedSource, after: Source, memory: str | None = None
    ) -> bool:
        """Store the outcome of a poll and release the source; False if the claim was lost.

        `memory` None keeps the stored memory.
        """
        values = _row(after) | {"leased_until": None, "token": None}
        for name in ("name", "kind", "category", "weight"):
            del values[name]
        query = update(sources).where(*_held(claimed)).values(**values)
        durable = memory is not None
        async with self._database.writing(durable=durable) as connection:
            settled = (await connection.execute(query.returning(sources.c.name))).first()
            if settled and memory is not None:
                row = {"name": claimed.source.name, "marks": memory}
                await connection.execute(self._remembered, row)
        return settled is not None

    async def note_check(self, name: str, error: str | None, now: datetime) -> None:
        """Store that a check outside of the polls failed, or that a failing source works again.

        A source that works again is due at once.
        """
        table = sources.c
        query = update(sources).where(table.name == name, table.ended.is_(None))
        if error is None:
            well = {"error": None, "failures": 0, "given_up_at": None, "next_at": now}
            query = query.where(table.error.is_not(None)).values(**well)
        else:
            query = query.values(error=error, failures=table.failures + 1)
        async with self._database.writing(durable=False) as connection:
            await connection.execute(query)

    async def release(self, claimed: ClaimedSource) -> None:
        """Release the source unchanged, for another process to claim at once."""
        values = {"leased_until": None, "token": None}
        async with self._database.writing(durable=False) as connection:
            await connection.execute(update(sources).where(*_held(claimed)).values(**values))

    async def memory(self, name: str) -> str | None:
        """The stored marks of seen entries."""
        query = select(source_memories.c.marks).where(source_memories.c.name == name)
        async with self._database.reading() as connection:
            marks: str | None = (await connection.execute(query)).scalar_one_or_none()
            return marks

    async def hasten(self, name: str | None, now: datetime) -> int:
        """Make one source, or all that have not ended, due now; returns how many."""
        table = sources.c
        chosen = [table.name == name] if name is not None else []
        query = update(sources).where(table.url.is_not(None), table.ended.is_(None), *chosen)
        async with self._database.writing() as connection:
            done = await connection.execute(query.values(next_at=now).returning(table.name))
            return len(done.all())

    async def _is_any_due(self, now: datetime) -> bool:
        """Check in a read transaction first, so that writers are not blocked."""
        query = due(self._database, now).limit(1)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def _in_turn(self, connection: AsyncConnection, lock: int) -> None:
        """Take an advisory lock; SQLite has only one writer anyway."""
        if not self._database.sqlite:
            await connection.execute(select(func.pg_advisory_xact_lock(lock)))

    async def _many(self, query: Select[Any]) -> list[Source]:
        async with self._database.reading() as connection:
            return [_source(row) for row in (await connection.execute(query)).mappings()]


async def _free_name(connection: AsyncConnection, wanted: str) -> str:
    for number in count(1):
        name = wanted if number == 1 else f"{wanted} {number}"
        query = select(sources.c.name).where(sources.c.name == name, sources.c.url.is_not(None))
        if (await connection.execute(query)).first() is None:
            return name
    raise AssertionError("there are always more numbers")


def _held(claimed: ClaimedSource) -> tuple[ColumnElement[bool], ...]:
    return sources.c.name == claimed.source.name, sources.c.token == claimed.token


def _watched() -> Select[Any]:
    return select(*COLUMNS).where(sources.c.url.is_not(None))


def _row(source: Source) -> dict[str, Any]:
    names = ("name", "url", "host", "category", "weight")
    told: dict[str, Any] = {name: getattr(source, name) for name in names}
    state = {name: getattr(source.state, name) for name in STATE}
    return told | state | {"kind": source.kind.value}


def _source(row: RowMapping) -> Source:
    return Source(
        name=row["name"],
        kind=SourceKind(row["kind"]),
        url=row["url"],
        host=row["host"],
        category=row["category"],
        weight=row["weight"],
        state=_state(row),
    )


def _state(row: RowMapping) -> FetchState:
    return FetchState(**{name: row[name] for name in STATE})
