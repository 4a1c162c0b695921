"""Alerts: stories found for channels, each sent at most once as a digest of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from bot.models import Alert, Briefing, FoundAlert, Platform
from bot.store.chats.briefings import briefing_row
from bot.store.chats.channel_rows import channel_of
from bot.store.chats.watches import COLUMNS as WATCH_COLUMNS
from bot.store.chats.watches import watch_of
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import alerts, briefings, channels, watches
from bot.store.delivery.new_digests import add_message


class AlertState(StrEnum):
    """The state of an alert: `untold` ones may still be told, when more is known."""

    WAITING = "waiting"
    SENT = "sent"
    UNTOLD = "untold"
    DROPPED = "dropped"


_WATCH = [column.label(f"of_{column.name}") for column in WATCH_COLUMNS]
_CHANNEL = [column.label(f"to_{column.name}") for column in channels.columns]


class Alerts:
    """The stored alerts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, found: Sequence[FoundAlert], now: datetime) -> None:
        """Store what was found; a story or change that a channel has an alert for gets no other.

        An alert that could not be told yet is tried again.
        """
        rows = {
            (each.watch.channel_id, each.story_id, each.change): {
                "channel_id": each.watch.channel_id,
                "story_id": each.story_id,
                "change": each.change,
                "watch_id": each.watch.id,
                "found_at": now,
                "state": AlertState.WAITING,
            }
            for each in found
        }
        if not rows:
            return
        new = self._database.insert(alerts)
        again = new.on_conflict_do_update(
            index_elements=["channel_id", "story_id", "change"],
            set_={"state": AlertState.WAITING, "found_at": new.excluded.found_at},
            where=alerts.c.state == AlertState.UNTOLD,
        )
        ordered = [rows[key] for key in sorted(rows)]
        async with self._database.writing() as connection:
            await connection.execute(again, ordered)

    async def waiting(
        self,
        now: datetime,
        platforms: Collection[Platform],
        *,
        after: int = 0,
        limit: int = 100,
    ) -> list[Alert]:
        """Alerts with a greater id that may be sent now to these platforms, oldest first.

        Those whose watch has ended are dropped.
        """
        table = alerts.c
        due = and_(
            table.state == AlertState.WAITING,
            or_(table.not_before.is_(None), table.not_before <= now),
        )
        query = (
            select(table.id, table.found_at, table.story_id, *_WATCH, *_CHANNEL)
            .join(watches, watches.c.id == table.watch_id)
            .join(channels, channels.c.id == table.channel_id)
            .where(due, table.id > after)
            .where(channels.c.disabled.is_(None), channels.c.platform.in_(platforms))
            .order_by(table.id)
            .limit(limit)
        )
        ended = and_(table.state == AlertState.WAITING, table.watch_id.is_(None))
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
            orphaned = (await connection.execute(select(table.id).where(ended).limit(1))).first()
        if orphaned:
            await self._end(ended, AlertState.DROPPED, "the watch has ended")
        return [
            Alert(
                row["id"],
                row["found_at"],
                row["story_id"],
                watch_of(row, "of_"),
                channel_of(row, "to_"),
            )
            for row in rows
        ]

    async def put_off_all(self, channel_id: int, until: datetime) -> None:
        """Let the waiting alerts of a channel wait until then."""
        mine = and_(alerts.c.channel_id == channel_id, _waits())
        async with self._database.writing() as connection:
            await connection.execute(update(alerts).where(mine).values(not_before=until))

    async def drop_all(self, channel_id: int, reason: str) -> None:
        """End the waiting alerts of a channel, for a reason."""
        mine = and_(alerts.c.channel_id == channel_id, _waits())
        await self._end(mine, AlertState.DROPPED, reason)

    async def end(self, alert_id: int, state: AlertState, reason: str) -> None:
        """End an alert that is not sent, for a reason."""
        await self._end(and_(alerts.c.id == alert_id, _waits()), state, reason)

    async def sent_on(self, channel_id: int, day: date) -> int:
        """How many alerts a channel got on one of its days."""
        async with self._database.reading() as connection:
            return await _count(connection, channel_id, day)

    async def send(
        self,
        alert: Alert,
        briefing: Briefing,
        payloads: Sequence[str],
        day: date,
        *,
        most: int,
        now: datetime,
    ) -> bool:
        """Store an alert's parts for delivery, in one transaction with what is told by it.

        False, without a change, if another process sent it, its watch has changed since it was
        read, or the channel has had `most` alerts that day.
        """
        channel_id = alert.channel.id
        async with self._database.writing() as connection:
            mine = select(channels.c.id).where(channels.c.id == channel_id).with_for_update()
            await connection.execute(mine)
            if await _count(connection, channel_id, day) >= most:
                return False
            if not await _unchanged(connection, alert):
                return False
            await _note(connection, alert, briefing)
            row = {"channel_id": channel_id, **briefing_row(briefing)}
            await connection.execute(insert(briefings).values(**row))
            digest_id = await add_message(connection, channel_id, payloads, day, now, briefing.id)
            sent = {"state": AlertState.SENT, "local_date": day, "digest_id": digest_id}
            mine_sent = update(alerts).where(alerts.c.id == alert.id).values(**sent)
            await connection.execute(mine_sent)
            return True

    async def sends(self, digest_id: int) -> bool:
        """Whether a digest is that of an alert."""
        query = select(alerts.c.id).where(alerts.c.digest_id == digest_id)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).first() is not None

    async def forget(self, before: datetime) -> None:
        """Delete alerts that were found before then and have ended."""
        old = and_(alerts.c.found_at < before, alerts.c.state != AlertState.WAITING)
        async with self._database.writing() as connection:
            await connection.execute(delete(alerts).where(old))

    async def _end(self, which: ColumnElement[bool], state: AlertState, reason: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(update(alerts).where(which).values(state=state, reason=reason))


async def _unchanged(connection: AsyncConnection, alert: Alert) -> bool:
    """Whether the alert still waits, and its watch is as it was read; the channel is locked."""
    told_at = alert.watch.told_at
    same = watches.c.told_at.is_(None) if told_at is None else watches.c.told_at == told_at
    query = select(alerts.c.id).join(watches, watches.c.id == alerts.c.watch_id)
    found = await connection.execute(query.where(alerts.c.id == alert.id, _waits(), same))
    return found.first() is not None


async def _note(connection: AsyncConnection, alert: Alert, briefing: Briefing) -> None:
    """Store what a follower is told now."""
    if alert.watch.story_id is None:
        return
    told = "\n".join(bullet.text for bullet in briefing.bullets)
    values = {"told": told, "told_at": briefing.created_at}
    query = update(watches).where(watches.c.id == alert.watch.id).values(**values)
    await connection.execute(query)


async def _count(connection: AsyncConnection, channel_id: int, day: date) -> int:
    table = alerts.c
    mine = and_(
        table.channel_id == channel_id,
        table.local_date == day,
        table.state == AlertState.SENT,
    )
    found = await connection.execute(select(func.count()).select_from(alerts).where(mine))
    return int(found.scalar_one())


def _waits() -> ColumnElement[bool]:
    return alerts.c.state == AlertState.WAITING
