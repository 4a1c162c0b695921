"""Deliveries: the parts of digests on their way, each held by one sender at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, Select, and_, exists, or_, select, tuple_, update

from bot.models import Delivery, Platform, SendState
from bot.store.engine import Database
from bot.store.schema import channels, deliveries

OPEN = (SendState.PENDING, SendState.SENDING)
"""The states that are not final."""

COLUMNS = [
    column for column in deliveries.columns if column.name not in {"claimed_at", "finished_at"}
]

Lane = tuple[Platform, str]
"""Where a platform counts: itself, and the Slack workspace or ""."""


class Deliveries:
    """The stored deliveries."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, *, limit: int, lane: Lane | None = None) -> list[Delivery]:
        """Take parts to send: each becomes `sending`, with a token that only the caller has.

        A channel's part comes only once its earlier ones are final, so there is one a channel.
        Several processes never take the same part. Oldest digest first.
        """
        free = _claimable(now, lane).limit(limit)
        locked = free.with_for_update(of=deliveries, skip_locked=True).cte("free")
        changes = {
            "state": SendState.SENDING,
            "token": uuid4().hex,
            "attempts": deliveries.c.attempts + 1,
            "not_before": None,
            "claimed_at": now,
        }
        query = update(deliveries).where(deliveries.c.id.in_(select(locked.c.id))).values(**changes)
        async with self._database.writing() as connection:
            rows = (await connection.execute(query.returning(*COLUMNS))).mappings()
            claimed = [_delivery(row) for row in rows]
        return sorted(claimed, key=lambda each: (each.digest_id, each.part))

    async def settle(
        self,
        delivery_id: int,
        token: str,
        state: SendState,
        *,
        now: datetime,
        reason: str | None = None,
        message_id: str | None = None,
    ) -> bool:
        """Set how it ended; false, and nothing changes, when the token does not hold it."""
        if state in OPEN:
            raise ValueError(f"{state} is not an end: use put_off to try again")
        end = {"state": state, "reason": reason, "message_id": message_id, "finished_at": now}
        return await self._change(delivery_id, token, end)

    async def put_off(
        self, delivery_id: int, token: str, not_before: datetime, reason: str
    ) -> bool:
        """Let it be claimed again from then on; false when the token does not hold it."""
        again = {"state": SendState.PENDING, "token": None, "not_before": not_before}
        return await self._change(delivery_id, token, again | {"reason": reason})

    async def stuck(self, before: datetime, limit: int = 1000) -> list[Delivery]:
        """Those claimed before then and still on their way: their sender has died, or will."""
        table = deliveries.c
        query = select(*COLUMNS).where(table.state == SendState.SENDING, table.claimed_at < before)
        return await self._many(query.order_by(table.digest_id, table.part).limit(limit))

    async def of_digest(self, digest_id: int) -> list[Delivery]:
        """The digest's parts in order."""
        query = select(*COLUMNS).where(deliveries.c.digest_id == digest_id)
        return await self._many(query.order_by(deliveries.c.part))

    async def abandon(
        self, digest_id: int, state: SendState, *, now: datetime, reason: str
    ) -> list[Delivery]:
        """End the digest's parts that nobody holds; returns them."""
        query = (
            update(deliveries)
            .where(deliveries.c.digest_id == digest_id, deliveries.c.state == SendState.PENDING)
            .values(state=state, reason=reason, finished_at=now)
        )
        async with self._database.writing() as connection:
            rows = (await connection.execute(query.returning(*COLUMNS))).mappings()
            return sorted((_delivery(row) for row in rows), key=lambda each: each.part)

    async def _change(self, delivery_id: int, token: str, values: dict[str, Any]) -> bool:
        held = and_(
            deliveries.c.id == delivery_id,
            deliveries.c.token == token,
            deliveries.c.state == SendState.SENDING,
        )
        query = update(deliveries).where(held).values(values).returning(deliveries.c.id)
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def _many(self, query: Select[Any]) -> list[Delivery]:
        async with self._database.reading() as connection:
            return [_delivery(row) for row in (await connection.execute(query)).mappings()]


def _claimable(now: datetime, lane: Lane | None) -> Select[tuple[int]]:
    table = deliveries.c
    query = select(table.id).where(
        table.state == SendState.PENDING,
        or_(table.not_before.is_(None), table.not_before <= now),
        ~_waits(),
    )
    if lane is not None:
        platform, workspace = lane
        of_lane = select(channels.c.id).where(
            channels.c.platform == platform, channels.c.workspace == workspace
        )
        query = query.where(table.channel_id.in_(of_lane))
    return query.order_by(table.digest_id, table.part)


def _waits() -> ColumnElement[bool]:
    """Whether an earlier part of the same channel is not final."""
    earlier = deliveries.alias("earlier")
    return exists(
        select(earlier.c.id).where(
            earlier.c.channel_id == deliveries.c.channel_id,
            earlier.c.state.in_(OPEN),
            tuple_(earlier.c.digest_id, earlier.c.part)
            < tuple_(deliveries.c.digest_id, deliveries.c.part),
        )
    )


def _delivery(row: RowMapping) -> Delivery:
    return Delivery(**{**row, "state": SendState(row["state"])})
