"""Changing a channel's address, which merges it with a channel at the new address."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from bot.store.db.async_engine import AsyncConnection
from bot.store.db.reader_tables import channel_keys, page_links
from bot.store.db.schema import (
    alerts,
    briefing_messages,
    briefings,
    changes,
    channel_topics,
    channels,
    corrections,
    deliveries,
    digests,
    mutes,
    notices,
    subscriptions,
    told,
    votes,
    watches,
)

_ONCE_A_CHANNEL = (
    (subscriptions, subscriptions.c.topic_set),
    (channel_topics, channel_topics.c.name),
    (told, told.c.story_id),
    (mutes, mutes.c.word),
    (briefing_messages, briefing_messages.c.message_id),
    (votes, votes.c.story_id),
    (watches, watches.c.wish),
    (alerts, alerts.c.story_id),
    (corrections, corrections.c.withdrawal_id),
)
_ANY_NUMBER = (briefings, digests, deliveries, notices, changes, page_links, channel_keys)


async def move(connection: AsyncConnection, channel_id: int, address: dict[str, str]) -> int:
    """Set the channel's address, in the caller's transaction; returns its new id.

    Of duplicates (topics of a subscription, own topic, story) the one at the new address is kept.
    """
    there = select(channels.c.id).where(
        *(channels.c[name] == value for name, value in address.items())
    )
    other: int | None = (await connection.execute(there)).scalar_one_or_none()
    if other is None or other == channel_id:
        await connection.execute(
            update(channels).where(channels.c.id == channel_id).values(**address)
        )
        return channel_id
    await _drop_told_before(connection, channel_id, other)
    await _drop_key(connection, channel_id, other)
    for table, name in _ONCE_A_CHANNEL:
        await _reassign(connection, table, name, channel_id, other)
    for table in _ANY_NUMBER:
        mine = table.c.channel_id == channel_id
        await connection.execute(update(table).where(mine).values(channel_id=other))
    await connection.execute(delete(channels).where(channels.c.id == channel_id))
    return other


async def _drop_told_before(connection: AsyncConnection, source: int, target: int) -> None:
    """Delete corrections that the target waits for and the source was told: it is told once."""
    mine = corrections.alias("mine")
    sent = select(mine.c.withdrawal_id).where(
        mine.c.channel_id == source, mine.c.sent_at.is_not(None)
    )
    waits = delete(corrections).where(
        corrections.c.channel_id == target,
        corrections.c.sent_at.is_(None),
        corrections.c.withdrawal_id.in_(sent),
    )
    await connection.execute(waits)


async def _drop_key(connection: AsyncConnection, source: int, target: int) -> None:
    """Delete the source's secret where the target has one."""
    theirs = channel_keys.alias("theirs")
    kept = select(theirs.c.channel_id).where(theirs.c.channel_id == target).exists()
    mine = channel_keys.c.channel_id == source
    await connection.execute(delete(channel_keys).where(mine, kept))


async def _reassign(
    connection: AsyncConnection, table: Table, name: Column[Any], source: int, target: int
) -> None:
    theirs = table.alias("theirs")
    known = select(theirs.c[name.name]).where(theirs.c.channel_id == target)
    mine = table.c.channel_id == source
    await connection.execute(delete(table).where(mine, name.in_(known)))
    await connection.execute(update(table).where(mine).values(channel_id=target))
