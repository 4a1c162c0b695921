"""Corrections: each is told to its channel once, as a digest of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import and_, select, tuple_, update

from bot.models import Correction, Platform
from bot.store.chats.channel_rows import channel_of
from bot.store.chats.withdrawals import withdrawal_of_row
from bot.store.db.engine import Database
from bot.store.db.schema import channels, corrections, withdrawals
from bot.store.delivery.new_digests import add_message

_WITHDRAWAL = [column.label(f"of_{column.name}") for column in withdrawals.columns]
_CHANNEL = [column.label(f"to_{column.name}") for column in channels.columns]


class Corrections:
    """The channels that are to be told of a withdrawal."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(
        self, platforms: Collection[Platform], *, limit: int, after: Correction | None = None
    ) -> list[Correction]:
        """Return channels that are not told yet and can be, the oldest withdrawal first.

        With the last one of a page, those that come `after` it.
        """
        order = (corrections.c.withdrawal_id, corrections.c.channel_id)
        query = (
            select(corrections.c.told_at, *_WITHDRAWAL, *_CHANNEL)
            .join(withdrawals, withdrawals.c.id == corrections.c.withdrawal_id)
            .join(channels, channels.c.id == corrections.c.channel_id)
            .where(corrections.c.sent_at.is_(None), channels.c.disabled.is_(None))
            .where(channels.c.platform.in_(platforms))
            .order_by(*order)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(after.withdrawal.id, after.channel.id))
        async with self._database.reading() as connection:
            return [
                Correction(withdrawal_of_row(row, "of_"), channel_of(row, "to_"), row["told_at"])
                for row in (await connection.execute(query)).mappings()
            ]

    async def send(
        self, correction: Correction, payloads: Sequence[str], day: date, now: datetime
    ) -> bool:
        """Store a correction's parts for delivery, in one transaction with its mark.

        False, without a change, if another process did.
        """
        channel_id = correction.channel.id
        mine = and_(
            corrections.c.withdrawal_id == correction.withdrawal.id,
            corrections.c.channel_id == channel_id,
        )
        async with self._database.writing() as connection:
            marked = update(corrections).where(mine, corrections.c.sent_at.is_(None))
            taken = await connection.execute(
                marked.values(sent_at=now).returning(corrections.c.channel_id)
            )
            if taken.first() is None:
                return False
            digest_id = await add_message(connection, channel_id, payloads, day, now)
            await connection.execute(update(corrections).where(mine).values(digest_id=digest_id))
            return True
