"""Digest requests, read for many subscriptions at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from bot.models import Channel, SendState, Subscription, Topic
from bot.store.chats.channel_rows import channel_of
from bot.store.chats.subscriptions import COLUMNS, subscription_of
from bot.store.chats.topics import topic_of
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channel_topics, channels, digests, subscriptions

OUT = (SendState.SENT, SendState.UNCERTAIN)
"""The states of a digest that was sent or may have been sent."""


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """A subscription, its channel, the channel's own topics, and when one like it was last due."""

    subscription: Subscription
    channel: Channel
    own_topics: tuple[Topic, ...]
    last_due: datetime | None


class DigestRequests:
    """The stored digest requests."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def for_subscriptions(
        self, subscription_ids: Collection[int]
    ) -> dict[int, DigestRequest]:
        """The requests by subscription id; ended subscriptions are left out."""
        async with self._database.reading() as connection:
            found = await _subscriptions(connection, subscriptions.c.id.in_(subscription_ids))
            places = {each.channel_id for each in found}
            channels_ = await _channels(connection, places)
            topics = await _topics(connection, places)
            beside = await _subscriptions(connection, subscriptions.c.channel_id.in_(places))
            last = await _last_due(connection, [each.id for each in beside])
        return {
            each.id: DigestRequest(
                each,
                channels_[each.channel_id],
                topics[each.channel_id],
                _last_of_series(each, beside, last),
            )
            for each in found
            if each.channel_id in channels_
        }


async def _subscriptions(
    connection: AsyncConnection, which: ColumnElement[bool]
) -> tuple[Subscription, ...]:
    query = select(*COLUMNS).where(which)
    return tuple(subscription_of(row) for row in (await connection.execute(query)).mappings())


def _last_of_series(
    subscription: Subscription, beside: Collection[Subscription], last: Mapping[int, datetime]
) -> datetime | None:
    """When a digest on the same topics was last due: one of the morning counts for the evening."""
    dues = [
        last[each.id]
        for each in beside
        if each.id in last
        and each.channel_id == subscription.channel_id
        and each.weekly == subscription.weekly
        and each.about == subscription.about
    ]
    return max(dues, default=None)


async def _channels(connection: AsyncConnection, ids: Collection[int]) -> dict[int, Channel]:
    query = select(channels).where(channels.c.id.in_(ids))
    rows = (await connection.execute(query)).mappings()
    return {row["id"]: channel_of(row) for row in rows}


async def _topics(
    connection: AsyncConnection, ids: Collection[int]
) -> dict[int, tuple[Topic, ...]]:
    table = channel_topics
    query = select(table).where(table.c.channel_id.in_(ids)).order_by(table.c.name)
    found = [topic_of(row) for row in (await connection.execute(query)).mappings()]
    return {id_: tuple(each for each in found if each.channel_id == id_) for id_ in ids}


async def _last_due(connection: AsyncConnection, ids: Collection[int]) -> dict[int, datetime]:
    table = digests.c
    query = (
        select(table.subscription_id, func.max(table.due_at).label("last"))
        .where(table.subscription_id.in_(ids), table.state.in_(OUT))
        .group_by(table.subscription_id)
    )
    return {row.subscription_id: row.last for row in (await connection.execute(query)).all()}
