"""Digests: one for each subscription and local date, stored before sending."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.models import Digest, DigestName, Platform, SendState, Subscription
from bot.store.chats.operator_notices import NoticesFor, OperatorNotice, keep_notices, no_notices
from bot.store.db.engine import Database
from bot.store.db.schema import channels, deliveries, digests, subscriptions
from bot.store.delivery.claims import OPEN
from bot.store.delivery.digest_close import close
from bot.store.delivery.digest_names import names_of
from bot.store.delivery.new_digests import MOVE_ON, NewDigest, new_parts
from bot.store.delivery.rate_limits import CLOCK_JUMP

COLUMNS = [column for column in digests.columns if column.name != "held_until"]

PREPARING = timedelta(minutes=1)
"""How long a claimed digest is reserved for the process that prepares it."""


class Digests:
    """The stored digests: `pending` when opened, `sending` once parts are stored, then final."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(
        self,
        subscription: Subscription,
        local_date: date,
        due_at: datetime,
        next_due: datetime,
        *,
        late: bool,
        state: SendState = SendState.PENDING,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Digest | None:
        """Store the digest and when the subscription is due next, in one transaction.

        None if that date has a digest already, or the subscription is gone. A `next_due` that
        changed since `subscription` was read is kept. `now` is the end of a digest that is final.
        """
        opening = NewDigest(subscription, local_date, due_at, next_due, late, state, reason)
        opened = await self.open_all([opening], now=now)
        return opened[0] if opened else None

    async def open_all(
        self,
        openings: Sequence[NewDigest],
        *,
        now: datetime | None = None,
        notices_for: NoticesFor = no_notices,
    ) -> list[Digest]:
        """Store digests as `open` does, in one transaction; returns the new ones.

        Subscriptions locked by another transaction are left to the next run. The notices
        about skipped digests are stored in the same transaction.
        """
        ids = [each.subscription.id for each in openings]
        async with self._database.writing() as connection:
            locked = await connection.execute(
                select(subscriptions.c.id)
                .where(subscriptions.c.id.in_(ids))
                .order_by(subscriptions.c.id)
                .with_for_update(skip_locked=True)
            )
            mine = set(locked.scalars())
            held = [each for each in openings if each.subscription.id in mine]
            if not held:
                return []
            await connection.execute(MOVE_ON, [each.moved() for each in held])
            opened = await connection.execute(
                self._database.insert(digests)
                .on_conflict_do_nothing(index_elements=["subscription_id", "local_date"])
                .returning(*COLUMNS),
                [each.row(now) for each in held],
            )
            new = [each for row in opened.mappings() if (each := _digest(row))]
            skipped = [each.id for each in new if each.state is SendState.SKIPPED]
            if skipped and now:
                names = await names_of(connection, skipped)
                await keep_notices(connection, notices_for(names, len(skipped)), now)
        return sorted(new, key=lambda each: (each.due_at, each.id))

    async def claim(
        self,
        now: datetime,
        limit: int,
        *,
        platforms: Collection[Platform],
        overdue: datetime,
        held_until: datetime,
    ) -> list[Digest]:
        """Claim opened digests for preparation until `held_until`, the longest due first.

        Takes the digests of these platforms, and digests due before `overdue` of any platform. A
        digest is claimed only after the earlier ones of its channel have ended, because what they
        told matters to it.
        """
        table = digests.c
        void = table.held_until > now + PREPARING + CLOCK_JUMP
        free = or_(table.held_until.is_(None), table.held_until <= now, void)
        ids = (
            select(table.id)
            .where(table.state == SendState.PENDING, table.due_at <= now, free)
            .where(table.id.in_(_first_of_each_channel()))
            .where(or_(_on(platforms), table.due_at < overdue))
            .order_by(table.due_at, table.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        held = update(digests).where(table.id.in_(select(ids.c.id)))
        query = held.values(held_until=held_until).returning(*COLUMNS)
        async with self._database.writing() as connection:
            rows = (await connection.execute(query)).mappings()
            taken = [each for row in rows if (each := _digest(row))]
        return sorted(taken, key=lambda each: (each.due_at, each.id))

    async def send_again(self, digest_id: int, now: datetime) -> int | None:
        """Send the parts of an ended digest again that are not known to have arrived.

        Its lateness counts from `now`. Returns the number of parts; 0 if it has none and is built
        again; None, without a change, if the digest is gone, not ended, or has arrived completely.
        """
        lost = [SendState.UNCERTAIN, SendState.FAILED, SendState.SKIPPED]
        fresh = {"token": None, "attempts": 0, "not_before": None, "finished_at": None}
        async with self._database.writing() as connection:
            ended = await connection.execute(
                update(digests)
                .where(digests.c.id == digest_id, digests.c.state.in_(lost))
                .values(state=SendState.SENDING, finished_at=None, held_until=None, resent_at=now)
                .returning(digests.c.briefing_id)
            )
            if ended.first() is None:
                return None
            again = await connection.execute(
                update(deliveries)
                .where(deliveries.c.digest_id == digest_id, deliveries.c.state.in_(lost))
                .values(state=SendState.PENDING, **fresh)
                .returning(deliveries.c.id)
            )
            if parts := len(again.all()):
                return parts
            unbuilt = update(digests).where(digests.c.id == digest_id)
            await connection.execute(unbuilt.values(state=SendState.PENDING))
            return 0

    async def add_parts(self, digest_id: int, briefing_id: str, payloads: Sequence[str]) -> bool:
        """Store the parts of a digest in one transaction; False if it has parts already.

        The briefing must be stored before. Needs at least one payload.
        """
        if not payloads:
            raise ValueError("a digest has at least one part: finish one that has nothing to send")
        async with self._database.writing() as connection:
            taken = await connection.execute(
                update(digests)
                .where(digests.c.id == digest_id, digests.c.state == SendState.PENDING)
                .values(state=SendState.SENDING, briefing_id=briefing_id)
                .returning(digests.c.channel_id)
            )
            channel_id = taken.scalar_one_or_none()
            if channel_id is None:
                return False
            await connection.execute(insert(deliveries), new_parts(digest_id, channel_id, payloads))
            return True

    async def finish(
        self,
        digest_id: int,
        state: SendState,
        *,
        now: datetime,
        reason: str | None = None,
        notices: Sequence[OperatorNotice] = (),
    ) -> bool:
        """Set the final state of an opened digest, and store the notices about it.

        False, without a change, if it has parts.
        """
        async with self._database.writing() as connection:
            done = await connection.execute(
                update(digests)
                .where(digests.c.id == digest_id, digests.c.state == SendState.PENDING)
                .values(state=state, reason=reason, finished_at=now)
                .returning(digests.c.id)
            )
            ended = done.first() is not None
            if ended:
                await keep_notices(connection, notices, now)
            return ended

    async def put_off(self, digest_id: int, until: datetime) -> None:
        """Postpone an opened digest; it does not count as late then."""
        await self._change_pending(digests.c.id == digest_id, due_at=until, late=False)

    async def bring_forward(self, channel_id: int, now: datetime) -> None:
        """Make the postponed digests of a channel due now."""
        waits = (digests.c.channel_id == channel_id) & (digests.c.due_at > now)
        await self._change_pending(waits, due_at=now)

    async def abandon(
        self, channel_id: int, reason: str, *, now: datetime, state: SendState = SendState.FAILED
    ) -> None:
        """End the digests of a channel that are not sent yet, and their pending parts.

        Parts in `sending` are left to their holder, and their digests end with them.
        """
        ended = {"state": state, "reason": reason, "finished_at": now}
        async with self._database.writing() as connection:
            parts = await connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.channel_id == channel_id, deliveries.c.state == SendState.PENDING
                )
                .values(**ended)
                .returning(deliveries.c.digest_id)
            )
            await close(self._database, connection, set(parts.scalars()), now)
            await connection.execute(
                update(digests)
                .where(digests.c.channel_id == channel_id, digests.c.state == SendState.PENDING)
                .values(**ended)
            )

    async def describe(self, digest_id: int) -> DigestName | None:
        """What operators recognise a digest by."""
        async with self._database.reading() as connection:
            return next(iter(await names_of(connection, [digest_id])), None)

    async def not_arrived(self, since: datetime, limit: int = 1000) -> list[int]:
        """The ids of digests due since then that failed, were skipped, or are uncertain."""
        lost = (SendState.UNCERTAIN, SendState.FAILED, SendState.SKIPPED)
        query = select(digests.c.id).where(digests.c.state.in_(lost), digests.c.due_at >= since)
        async with self._database.reading() as connection:
            found = await connection.execute(query.order_by(digests.c.id).limit(limit))
            return list(found.scalars())

    async def mark_arrived(self, digest_id: int, now: datetime) -> bool:
        """Note that an uncertain digest has arrived; False if it is not uncertain."""
        arrived = {"state": SendState.SENT, "reason": None, "finished_at": now}
        async with self._database.writing() as connection:
            ended = await connection.execute(
                update(digests)
                .where(digests.c.id == digest_id, digests.c.state == SendState.UNCERTAIN)
                .values(**arrived)
                .returning(digests.c.id)
            )
            if ended.first() is None:
                return False
            unsure = deliveries.c.state == SendState.UNCERTAIN
            parts = update(deliveries).where(deliveries.c.digest_id == digest_id, unsure)
            await connection.execute(parts.values(**arrived))
            return True

    async def get(self, digest_id: int) -> Digest | None:
        found = await self._many(select(*COLUMNS).where(digests.c.id == digest_id))
        return found[0] if found else None

    async def pending(self, limit: int = 1000) -> list[Digest]:
        """Digests without parts yet, the longest due first."""
        return await self._in_state(SendState.PENDING, limit)

    async def sending(self, limit: int = 1000) -> list[Digest]:
        """Digests with parts that have not ended, the longest due first."""
        return await self._in_state(SendState.SENDING, limit)

    async def history(self, channel_id: int | None = None, limit: int = 50) -> list[Digest]:
        """The digests of a channel, or of all channels, newest first."""
        query = select(*COLUMNS).order_by(digests.c.due_at.desc(), digests.c.id.desc())
        if channel_id is not None:
            query = query.where(digests.c.channel_id == channel_id)
        return await self._many(query.limit(limit))

    async def _change_pending(self, which: ColumnElement[bool], **values: Any) -> None:
        pending = update(digests).where(which, digests.c.state == SendState.PENDING)
        async with self._database.writing() as connection:
            await connection.execute(pending.values(held_until=None, **values))

    async def _in_state(self, state: SendState, limit: int) -> list[Digest]:
        query = select(*COLUMNS).where(digests.c.state == state)
        return await self._many(query.order_by(digests.c.due_at, digests.c.id).limit(limit))

    async def _many(self, query: Select[Any]) -> list[Digest]:
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings()
            return [each for row in rows if (each := _digest(row))]


def _first_of_each_channel() -> Select[Any]:
    """The oldest digest of each channel that has not ended.

    One query for all channels: a subquery for each digest took seconds with thousands due and no
    fresh statistics.
    """
    mine = digests.alias("mine")
    return select(func.min(mine.c.id)).where(mine.c.state.in_(OPEN)).group_by(mine.c.channel_id)


def _digest(row: RowMapping | None) -> Digest | None:
    return None if row is None else Digest(**{**row, "state": SendState(row["state"])})


def _on(platforms: Collection[Platform]) -> ColumnElement[bool]:
    theirs = select(channels.c.id).where(channels.c.platform.in_(platforms))
    return digests.c.channel_id.in_(theirs)
