"""Rows of new digests and of their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from bot.models import SendState, Subscription
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.schema import deliveries, digests, subscriptions
from bot.store.delivery.claims import OPEN

MOVE_ON = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("of"), subscriptions.c.next_due == bindparam("seen"))
    .values(next_due=bindparam("then"))
)
"""Sets a subscription's next instant, unless it was changed in between."""


@dataclass(frozen=True, slots=True)
class NewDigest:
    """A digest to store, and when its subscription is due next."""

    subscription: Subscription
    local_date: date
    due_at: datetime
    next_due: datetime
    late: bool
    state: SendState = SendState.PENDING
    reason: str | None = None

    def row(self, now: datetime | None) -> dict[str, Any]:
        return {
            "subscription_id": self.subscription.id,
            "channel_id": self.subscription.channel_id,
            "local_date": self.local_date,
            "due_at": self.due_at,
            "state": self.state,
            "reason": self.reason,
            "late": self.late,
            "finished_at": None if self.state in OPEN else now,
        }

    def moved(self) -> dict[str, Any]:
        """Values for MOVE_ON, which does not overwrite a time that was changed in between."""
        seen = self.subscription.next_due
        return {"of": self.subscription.id, "seen": seen, "then": self.next_due}


async def add_message(
    connection: AsyncConnection,
    channel_id: int,
    payloads: Sequence[str],
    day: date,
    now: datetime,
    briefing_id: str | None = None,
) -> int:
    """Store a digest that no subscription asked for, ready to be sent; returns its id."""
    row = {
        "channel_id": channel_id,
        "local_date": day,
        "due_at": now,
        "state": SendState.SENDING,
        "late": False,
        "briefing_id": briefing_id,
    }
    made = await connection.execute(insert(digests).values(**row).returning(digests.c.id))
    digest_id: int = made.scalar_one()
    await connection.execute(insert(deliveries), new_parts(digest_id, channel_id, payloads))
    return digest_id


def new_parts(digest_id: int, channel_id: int, payloads: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a digest's parts, in order."""
    return [
        {
            "digest_id": digest_id,
            "channel_id": channel_id,
            "part": part,
            "parts": len(payloads),
            "payload": payload,
            "state": SendState.PENDING,
            "attempts": 0,
        }
        for part, payload in enumerate(payloads, start=1)
    ]
