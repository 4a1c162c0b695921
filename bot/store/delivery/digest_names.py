"""What operators need to know of a digest to recognise it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from bot.models import Address, DigestName, Platform
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.schema import channels, digests, subscriptions

_WHERE = ("platform", "workspace", "chat", "thread")

MOST = 10
"""The most digests that are described; a notice about more counts the rest."""


async def names_of(connection: AsyncConnection, ids: Collection[int]) -> list[DigestName]:
    """Describe digests, at most MOST of them, in the order of their ids."""
    query = (
        select(
            digests.c.id,
            digests.c.due_at,
            channels.c.title,
            channels.c.timezone,
            subscriptions.c.topics,
            *(channels.c[name] for name in _WHERE),
        )
        .join(channels, channels.c.id == digests.c.channel_id)
        .outerjoin(subscriptions, subscriptions.c.id == digests.c.subscription_id)
        .where(digests.c.id.in_(sorted(ids)[:MOST]))
        .order_by(digests.c.id)
    )
    return [
        DigestName(
            id=row["id"],
            address=Address(
                **{name: row[name] for name in _WHERE} | {"platform": Platform(row["platform"])}
            ),
            title=row["title"],
            due_at=row["due_at"],
            timezone=row["timezone"],
            topics=tuple(row["topics"] or ()),
        )
        for row in (await connection.execute(query)).mappings()
    ]
