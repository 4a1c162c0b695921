"""Counts of what is stored, for monitoring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, func, select

from bot.models import Platform, SendState
from bot.store.db.engine import Database
from bot.store.db.schema import (
    articles,
    briefings,
    channels,
    deliveries,
    digests,
    stories,
    subscriptions,
)
from bot.store.delivery.claims import WANTED_AT, waited
from bot.store.delivery.rate_limits import Lane

COUNTED = (articles, stories, briefings, channels, subscriptions)


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows by table, digests and deliveries by state, and since when the oldest part waits."""

    rows: Mapping[str, int]
    digests: Mapping[str, int]
    deliveries: Mapping[str, int]
    waiting: Mapping[Lane, datetime]


class Measures:
    """Counts rows; on a large database this takes a while."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, now: datetime) -> Measured:
        """Count everything in one transaction."""
        async with self._database.reading() as connection:

            async def counted(query: Select[Any]) -> dict[str, int]:
                found = await connection.execute(query)
                return {row[0]: row[1] for row in found}

            rows = {}
            for table in COUNTED:
                count = select(func.count()).select_from(table)
                rows[table.name] = int((await connection.execute(count)).scalar_one())
            return Measured(
                rows=rows,
                digests=await counted(_by_state(digests)),
                deliveries=await counted(_by_state(deliveries)),
                waiting={
                    (Platform(platform), workspace): since
                    for platform, workspace, since in await connection.execute(_waiting(now))
                },
            )


def _by_state(table: Table) -> Select[Any]:
    return select(table.c.state, func.count()).group_by(table.c.state)


def _waiting(now: datetime) -> Select[Any]:
    """Each lane with parts that could be sent, and since when the oldest one waits."""
    lane = (channels.c.platform, channels.c.workspace)
    since = func.min(func.coalesce(deliveries.c.not_before, WANTED_AT))
    return (
        select(*lane, since)
        .join(deliveries, deliveries.c.channel_id == channels.c.id)
        .join(digests, digests.c.id == deliveries.c.digest_id)
        .where(deliveries.c.state == SendState.PENDING, waited(now))
        .group_by(*lane)
    )
