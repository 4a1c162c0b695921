"""Queries for the sources that are due, one for each host."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.store.db.engine import Database
from bot.store.db.schema import sources

LEASE = timedelta(minutes=1)
"""The duration of a lease; after it another process may claim the source."""

FURTHEST = timedelta(days=9)
"""The maximum delay of a poll: a later time was written by a wrong clock."""

CLAIM_LOCK = 0x736F7572
"""The advisory lock for claiming, so that no host is polled twice at the same time."""


ADD_LOCK = 0x61646473
"""The advisory lock for adding sources, so that names are unique."""


def due(database: Database, now: datetime) -> Select[Any]:
    """The longest due source of each host that is not being polled."""
    table, other = sources.c, sources.alias("other").c
    asked = select(other.host).where(_leased(database, other, now), other.host.is_not(None))
    ours = func.row_number().over(partition_by=table.host, order_by=(table.next_at, table.name))
    ranked = (
        select(table.name, table.next_at, ours.label("rank"))
        .where(or_(table.next_at <= now, table.next_at > now + FURTHEST))
        .where(table.host.not_in(asked))
        .subquery("ranked")
    )
    query = select(ranked.c.name).where(ranked.c.rank == 1)
    return query.order_by(ranked.c.next_at, ranked.c.name)


def _leased(database: Database, table: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a source is leased; a lease in the far future was written by a wrong clock."""
    latest = database.clock(now, 2 * LEASE)
    lasts: ColumnElement[bool] = table.leased_until.between(database.clock(now), latest)
    return lasts
