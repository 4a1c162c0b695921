"""How digests end: with their last parts, and what their channels were told with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import SendState
from bot.store.briefings import read_briefings
from bot.store.claiming import OPEN
from bot.store.engine import Database
from bot.store.schema import deliveries, digests
from bot.store.told import keep, news_of

TOLD = frozenset({SendState.SENT, SendState.UNCERTAIN})
"""A digest that ended so has told its channel what it holds, or may have."""

End = tuple[SendState, str | None]


def outcome(states: Sequence[SendState]) -> SendState:
    """The worst of its parts is what became of a digest."""
    for state in (SendState.FAILED, SendState.UNCERTAIN, SendState.SKIPPED):
        if state in states:
            return state
    return SendState.SENT


async def close(
    database: Database, connection: AsyncConnection, digest_ids: Collection[int], now: datetime
) -> None:
    """End those of the digests whose parts have all ended, and remember what was told."""
    ends = await _ends(connection, digest_ids)
    told: dict[str, int] = {}
    for (state, reason), ids in ends.items():
        ended = await connection.execute(
            update(digests)
            .where(digests.c.id.in_(ids), digests.c.state.in_(OPEN))
            .values(state=state, reason=reason, finished_at=now)
            .returning(digests.c.channel_id, digests.c.briefing_id)
        )
        if state in TOLD:
            told |= {row.briefing_id: row.channel_id for row in ended if row.briefing_id}
    for briefing in await read_briefings(connection, sorted(told)):
        news = news_of(briefing, by_digest=True)
        await keep(database, connection, told[briefing.id], news)


async def _ends(connection: AsyncConnection, digest_ids: Collection[int]) -> dict[End, list[int]]:
    """Digests whose parts have all ended, by what became of them; in the same order everywhere."""
    found = await connection.execute(
        select(deliveries.c.digest_id, deliveries.c.state, deliveries.c.reason)
        .where(deliveries.c.digest_id.in_(sorted(digest_ids)))
        .order_by(deliveries.c.digest_id, deliveries.c.part)
    )
    parts = defaultdict[int, list[End]](list)
    for digest_id, state, reason in found:
        parts[digest_id].append((SendState(state), reason))
    ends = defaultdict[End, list[int]](list)
    for digest_id, own in parts.items():
        if not any(state in OPEN for state, _ in own):
            state = outcome([each for each, _ in own])
            ends[state, next((why for each, why in own if each is state and why), None)].append(
                digest_id
            )
    return ends
