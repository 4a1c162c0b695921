"""Whose turn it is: the sources that are due, one of each host."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from bot.store.db.engine import Database
from bot.store.db.schema import sources

LEASE = timedelta(minutes=1)
"""Who claims a source has so long, unless it renews the lease; then another may take it up."""

FURTHEST = timedelta(days=9)
"""No look is put off for longer: what lies beyond was written by a clock that was wrong."""

CLAIM_LOCK = 0x736F7572
"""Names the advisory lock under which replicas claim in turn, so that no host is asked twice."""


ADD_LOCK = 0x61646473
"""Names the advisory lock under which sources are added in turn, so that no name is given twice."""


def due(database: Database, now: datetime) -> Select[Any]:
    """The longest due source of each host of which none is being looked at."""
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
    """Whether it is being looked at; a lease beyond any that is given came of a wrong clock."""
    latest = database.clock(now, 2 * LEASE)
    lasts: ColumnElement[bool] = table.leased_until.between(database.clock(now), latest)
    return lasts
