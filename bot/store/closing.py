"""How a digest ends: with its last part, and what its channel was told with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import SendState
from bot.store.briefings import read_briefing
from bot.store.claiming import OPEN
from bot.store.engine import Database
from bot.store.schema import deliveries, digests
from bot.store.told import keep, news_of

TOLD = frozenset({SendState.SENT, SendState.UNCERTAIN})
"""A digest that ended so has told its channel what it holds, or may have."""


def outcome(states: Sequence[SendState]) -> SendState:
    """The worst of its parts is what became of a digest."""
    for state in (SendState.FAILED, SendState.UNCERTAIN, SendState.SKIPPED):
        if state in states:
            return state
    return SendState.SENT


async def close(
    database: Database, connection: AsyncConnection, digest_id: int, now: datetime
) -> None:
    """End the digest if all its parts have ended, and remember what was told; else do nothing."""
    found = await connection.execute(
        select(deliveries.c.state, deliveries.c.reason)
        .where(deliveries.c.digest_id == digest_id)
        .order_by(deliveries.c.part)
    )
    parts = [(SendState(state), reason) for state, reason in found]
    if not parts or any(state in OPEN for state, _ in parts):
        return
    state = outcome([each for each, _ in parts])
    reason = next((why for each, why in parts if each is state and why), None)
    ended = await connection.execute(
        update(digests)
        .where(digests.c.id == digest_id, digests.c.state.in_(OPEN))
        .values(state=state, reason=reason, finished_at=now)
        .returning(digests.c.channel_id, digests.c.briefing_id)
    )
    row = ended.one_or_none()
    if row is None or state not in TOLD or row.briefing_id is None:
        return
    briefing = await read_briefing(connection, row.briefing_id)
    if briefing is not None:
        await keep(database, connection, row.channel_id, news_of(briefing, by_digest=True))
