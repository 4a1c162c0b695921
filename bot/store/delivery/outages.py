"""Installations whose credentials a platform refuses: paused, and probed until they work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, delete, select, update

from bot.models import Platform
from bot.store.chats.operator_notices import OperatorNotice, keep_notices
from bot.store.db.engine import Database
from bot.store.db.schema import outages
from bot.store.delivery.rate_limits import Lane


@dataclass(frozen=True, slots=True)
class Outage:
    """A paused installation, since when, why, and how often it was probed."""

    lane: Lane
    since: datetime
    reason: str
    tries: int


class Outages:
    """The stored outages, one for each lane at most."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(
        self,
        lane: Lane,
        reason: str,
        *,
        now: datetime,
        probe_at: datetime,
        notices: Sequence[OperatorNotice] = (),
    ) -> bool:
        """Store an outage and its notices; False, without a change, if the lane has one."""
        platform, workspace = lane
        new = (
            self._database.insert(outages)
            .values(
                platform=platform,
                workspace=workspace,
                since=now,
                reason=reason,
                probe_at=probe_at,
                tries=0,
            )
            .on_conflict_do_nothing(index_elements=["platform", "workspace"])
            .returning(outages.c.platform)
        )
        async with self._database.writing() as connection:
            begun = (await connection.execute(new)).first() is not None
            if begun:
                await keep_notices(connection, notices, now)
            return begun

    async def all(self, platforms: Collection[Platform]) -> list[Outage]:
        """The outages of these platforms."""
        query = select(outages).where(outages.c.platform.in_(platforms))
        async with self._database.reading() as connection:
            return [_outage(row) for row in (await connection.execute(query)).mappings()]

    async def claim_probe(self, outage: Outage, *, now: datetime, next_at: datetime) -> bool:
        """Whether this process is to probe now; the next probe is at `next_at`."""
        due = update(outages).where(*_of(outage.lane), outages.c.probe_at <= now)
        query = due.values(probe_at=next_at, tries=outages.c.tries + 1)
        async with self._database.writing() as connection:
            found = await connection.execute(query.returning(outages.c.platform))
            return found.first() is not None

    async def end(self, lane: Lane) -> datetime | None:
        """Delete an outage; returns when it began, or None if there was none."""
        query = delete(outages).where(*_of(lane)).returning(outages.c.since)
        async with self._database.writing() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def forget(self, before: datetime) -> None:
        """Delete outages that began before then: nobody waits for them."""
        async with self._database.writing() as connection:
            await connection.execute(delete(outages).where(outages.c.since < before))


def _of(lane: Lane) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    platform, workspace = lane
    return outages.c.platform == platform, outages.c.workspace == workspace


def _outage(row: RowMapping) -> Outage:
    lane = (Platform(row["platform"]), row["workspace"])
    return Outage(lane, row["since"], row["reason"], row["tries"])
