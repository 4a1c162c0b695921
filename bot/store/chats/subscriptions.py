"""Subscriptions: the topics of each channel's digests and their next dates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Delete, RowMapping, Select, delete, select, update

from bot.models import FIRST_SLOT, NO_FILTER, NewsFilter, Subscription
from bot.store.chats.filter_values import filter_from, filter_values
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channels, subscriptions

COLUMNS = [column for column in subscriptions.columns if column.name != "topic_set"]


class Subscriptions:
    """The stored subscriptions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        channel_id: int,
        topics: Sequence[str],
        at: time,
        weekdays: Iterable[int],
        timezone: str,
        bullets: int,
        now: datetime,
        next_due: datetime,
        given: NewsFilter = NO_FILTER,
        slot: str = FIRST_SLOT,
    ) -> Subscription:
        """Store a subscription; one with the same topics, filter and slot is replaced."""
        values = {
            "topics": list(topics),
            "at": at,
            "weekdays": sorted(weekdays),
            "timezone": timezone,
            "bullets": bullets,
            "next_due": next_due,
            "filter": filter_values(given),
            "slot": slot,
        }
        async with self._database.writing() as connection:
            stored = await connection.execute(
                self._database.insert(subscriptions)
                .values(
                    channel_id=channel_id,
                    topic_set=_set(topics, given, slot),
                    created_at=now,
                    **values,
                )
                .on_conflict_do_update(index_elements=["channel_id", "topic_set"], set_=values)
                .returning(*COLUMNS)
            )
            return subscription_of(stored.mappings().one())

    async def get(self, subscription_id: int) -> Subscription | None:
        found = await self._many(select(*COLUMNS).where(subscriptions.c.id == subscription_id))
        return found[0] if found else None

    async def of_channel(self, channel_id: int) -> list[Subscription]:
        """The channel's subscriptions, oldest first."""
        async with self._database.reading() as connection:
            return await _of_channel(connection, channel_id)

    async def all(self, limit: int = 1000, after: int = 0) -> list[Subscription]:
        """Return subscriptions with an id greater than `after`, oldest first."""
        query = select(*COLUMNS).where(subscriptions.c.id > after).order_by(subscriptions.c.id)
        return await self._many(query.limit(limit))

    async def due(self, now: datetime, limit: int = 1000) -> list[Subscription]:
        """Return those due by now, oldest first, without disabled channels."""
        query = (
            select(*COLUMNS)
            .join(channels, channels.c.id == subscriptions.c.channel_id)
            .where(subscriptions.c.next_due <= now, channels.c.disabled.is_(None))
            .order_by(subscriptions.c.next_due, subscriptions.c.id)
        )
        return await self._many(query.limit(limit))

    async def set_next_due(self, subscription_id: int, instant: datetime) -> None:
        """Set the next date without opening a digest."""
        async with self._database.writing() as connection:
            await connection.execute(
                update(subscriptions)
                .where(subscriptions.c.id == subscription_id)
                .values(next_due=instant)
            )

    async def move_next_due(self, subscription: Subscription, instant: datetime) -> bool:
        """Set the next date; false if it was changed since it was read."""
        table = subscriptions.c
        unchanged = (table.id == subscription.id) & (table.next_due == subscription.next_due)
        query = update(subscriptions).where(unchanged).values(next_due=instant)
        async with self._database.writing() as connection:
            return (await connection.execute(query.returning(table.id))).first() is not None

    async def remove(
        self, channel_id: int, topics: Sequence[str] | None = None
    ) -> list[Subscription]:
        """End these topics, or all for None; returns the changed subscriptions as they were before.

        A subscription without topics is deleted, and one that becomes equal to another.
        """
        async with self._database.writing() as connection:
            stored = await _of_channel(connection, channel_id)
            ended = {topic for each in stored for topic in each.topics}
            ended = ended if topics is None else ended & set(topics)
            sets = {_set(each.topics, each.filter, each.slot) for each in stored}
            changed = [each for each in stored if ended & set(each.topics)]
            for each in changed:
                left = [topic for topic in each.topics if topic not in ended]
                named = _set(left, each.filter, each.slot)
                keep = bool(left) and named not in sets
                sets.add(named)
                await _shrink(connection, each, left if keep else [])
            return changed

    async def remove_one(self, subscription_id: int) -> None:
        """End this subscription only, even if others have the same topics."""
        async with self._database.writing() as connection:
            await connection.execute(_deletion(subscription_id))

    async def _many(self, query: Select[Any]) -> list[Subscription]:
        async with self._database.reading() as connection:
            return [subscription_of(row) for row in (await connection.execute(query)).mappings()]


async def _of_channel(connection: AsyncConnection, channel_id: int) -> list[Subscription]:
    query = select(*COLUMNS).where(subscriptions.c.channel_id == channel_id)
    rows = (await connection.execute(query.order_by(subscriptions.c.id))).mappings()
    return [subscription_of(row) for row in rows]


async def _shrink(
    connection: AsyncConnection, subscription: Subscription, topics: list[str]
) -> None:
    if not topics:
        await connection.execute(_deletion(subscription.id))
        return
    changes = {"topics": topics, "topic_set": _set(topics, subscription.filter, subscription.slot)}
    itself = subscriptions.c.id == subscription.id
    await connection.execute(update(subscriptions).where(itself).values(**changes))


def _deletion(subscription_id: int) -> Delete:
    return delete(subscriptions).where(subscriptions.c.id == subscription_id)


def _set(topics: Iterable[str], given: NewsFilter, slot: str) -> str:
    """Return a hash that is the same for the same topics, filter and slot in any order."""
    named: list[object] = [*sorted(set(topics))]
    if given:
        named.append(
            sorted(json.dumps(each, sort_keys=True) for each in filter_values(given) or ())
        )
    if slot != FIRST_SLOT:
        named.append({"slot": slot})
    return sha256(json.dumps(named).encode()).hexdigest()


def subscription_of(row: RowMapping) -> Subscription:
    return Subscription(
        **{
            **row,
            "topics": tuple(row["topics"]),
            "weekdays": frozenset(row["weekdays"]),
            "filter": filter_from(row["filter"]),
        }
    )
