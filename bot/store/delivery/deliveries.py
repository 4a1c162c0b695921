"""Deliveries: the parts of digests, each held by one sender at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select, tuple_, update

from bot.models import Delivery, Platform, SendState
from bot.store.chats.operator_notices import NoticesFor, OperatorNotice, keep_notices, no_notices
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channels, deliveries, digests
from bot.store.db.write_batches import BatchedWrites
from bot.store.delivery import claims as claiming
from bot.store.delivery.claims import HELD, OPEN, WITH_OPENING, Claim, delivery_of
from bot.store.delivery.digest_close import close, is_picture
from bot.store.delivery.digest_names import names_of
from bot.store.delivery.rate_limits import Lane, Limits

Hold = tuple[int, str]
"""The id of a part, and the token of its holder."""


@dataclass(frozen=True, slots=True)
class _End:
    """The final state of a part, from the holder of its token."""

    delivery_id: int
    token: str
    state: SendState
    now: datetime
    reason: str | None
    message_id: str | None
    notices: Sequence[OperatorNotice]

    @property
    def claim(self) -> Hold:
        return self.delivery_id, self.token

    def row(self) -> dict[str, Any]:
        return {
            "ended_id": self.delivery_id,
            "state": self.state,
            "reason": self.reason,
            "message_id": self.message_id,
            "finished_at": self.now,
        }


_ENDED = update(deliveries).where(deliveries.c.id == bindparam("ended_id"))


class Deliveries:
    """The stored deliveries: `pending`, then `sending` during the request, then final."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._beginning = BatchedWrites(self._begin)
        self._settling = BatchedWrites(self._settle)

    async def lanes(self, now: datetime) -> list[Lane]:
        """The lanes that have parts to send."""
        async with self._database.reading() as connection:
            rows = await connection.execute(claiming.lanes_with_work(now))
            return [(Platform(platform), workspace) for platform, workspace in rows]

    async def claim(
        self,
        now: datetime,
        lane: Lane,
        limits: Limits,
        *,
        limit: int,
        ahead: timedelta,
        since: datetime | None = None,
    ) -> Claim:
        """Claim parts of a lane, each with the instant at which its rate limits allow it.

        Only the first part of a channel that is not final is claimed, the oldest digest first. One
        that was released until a later instant, as an alert in quiet hours, holds up no other one.
        Several processes never claim the same part. A claim that is not begun in time expires.
        Digests wanted before `since` are left to `expire`.
        """
        async with self._database.writing() as connection:
            return await claiming.claim(
                self._database,
                connection,
                lane,
                limits,
                now=now,
                limit=limit,
                ahead=ahead,
                since=since,
            )

    async def begin(self, delivery: Delivery, now: datetime) -> Delivery | None:
        """Mark a claimed part as `sending`, right before its request.

        None if it must not be sent: its claim has expired, or its chat or lane is held.
        """
        return await self._beginning.add((delivery, now))

    async def release(self, delivery: Delivery, not_before: datetime | None = None) -> None:
        """Release a part that was claimed but not begun; it may be claimed from then on.

        The parts behind it in its digest wait until then as well.
        """
        table = deliveries.c
        mine = and_(table.id == delivery.id, table.token == delivery.token)
        behind = and_(table.digest_id == delivery.digest_id, table.part > delivery.part)
        query = update(deliveries).where(table.state == SendState.PENDING)
        query = query.values(token=HELD if not_before else None, not_before=not_before)
        async with self._database.writing() as connection:
            released = await connection.execute(query.where(mine).returning(table.id))
            if released.first() and not_before:
                await connection.execute(query.where(behind))

    async def settle(
        self,
        delivery_id: int,
        token: str,
        state: SendState,
        *,
        now: datetime,
        reason: str | None = None,
        message_id: str | None = None,
        notices: Sequence[OperatorNotice] = (),
    ) -> bool:
        """Set the final state of a part; False, without a change, if the token does not hold it.

        In the same transaction the digest ends with its last part, what it told is stored, and the
        notices are stored.
        """
        if state in OPEN:
            raise ValueError(f"{state} is not an end: use put_off to try again")
        end = _End(delivery_id, token, state, now, reason, message_id, notices)
        return await self._settling.add(end)

    async def put_off(
        self, delivery_id: int, token: str, not_before: datetime, reason: str
    ) -> bool:
        """Let a part be claimed again from `not_before` on; False if the token does not hold it."""
        again = {"state": SendState.PENDING, "token": None, "not_before": not_before}
        query = _held(delivery_id, token).values(**again, reason=reason)
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def fill(self, delivery: Delivery, payload: str) -> bool:
        """Give a part that waits its content, and let it be claimed; False if it has changed."""
        query = _waiting(delivery).values(payload=payload, token=None, not_before=None)
        async with self._database.writing() as connection:
            return (await connection.execute(query)).first() is not None

    async def leave_out(self, delivery: Delivery, reason: str, now: datetime) -> bool:
        """Skip a part that waits; False if it has changed. Its digest ends with its last part."""
        ended = {"state": SendState.SKIPPED, "reason": reason, "finished_at": now}
        async with self._database.writing() as connection:
            found = await connection.execute(_waiting(delivery).values(**ended))
            if left_out := found.first() is not None:
                await close(self._database, connection, [delivery.digest_id], now)
            return left_out

    async def expire(
        self,
        before: datetime,
        reason: str,
        *,
        now: datetime,
        notices_for: NoticesFor = no_notices,
    ) -> None:
        """End the pending parts of digests that were wanted before then.

        Parts that were never tried are skipped with this reason; the others fail with their own.
        The notices about the digests are stored in the same transaction; there are none about
        digests whose pictures alone are too late.
        """
        table = deliveries.c
        old = select(digests.c.id).where(digests.c.state.in_(OPEN), before > claiming.WANTED_AT)
        query = update(deliveries).where(table.state == SendState.PENDING, table.digest_id.in_(old))
        ended = {
            "state": case((table.attempts > 0, SendState.FAILED), else_=SendState.SKIPPED),
            "reason": func.coalesce(table.reason, reason),
            "finished_at": now,
        }
        async with self._database.writing() as connection:
            ended_parts = query.values(**ended).returning(table.digest_id, is_picture)
            found = (await connection.execute(ended_parts)).all()
            if ids := {digest for digest, _ in found}:
                await close(self._database, connection, ids, now)
            if texts := {digest for digest, picture in found if not picture}:
                names = await names_of(connection, texts)
                await keep_notices(connection, notices_for(names, len(texts)), now)

    async def postpone_lookup(self, delivery: Delivery, not_before: datetime) -> None:
        """Leave a part in `sending` out of `stuck` until then."""
        query = _held(delivery.id, delivery.token or "").values(not_before=not_before)
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def stuck(
        self,
        before: datetime,
        platforms: Collection[Platform],
        limit: int = 1000,
        *,
        now: datetime | None = None,
    ) -> list[Delivery]:
        """Parts that were begun before then and are still in `sending`: their sender has died."""
        table = deliveries.c
        waited = or_(table.not_before.is_(None), table.not_before <= (now or before))
        theirs = select(channels.c.id).where(channels.c.platform.in_(platforms))
        begun = and_(table.state == SendState.SENDING, table.claimed_at < before, waited)
        query = select(*WITH_OPENING).where(begun, table.channel_id.in_(theirs))
        return await self._many(query.order_by(table.digest_id, table.part).limit(limit))

    async def of_digest(self, digest_id: int) -> list[Delivery]:
        """The parts of a digest in order."""
        query = select(*WITH_OPENING).where(deliveries.c.digest_id == digest_id)
        return await self._many(query.order_by(deliveries.c.part))

    async def _begin(self, claimed: Sequence[tuple[Delivery, datetime]]) -> list[Delivery | None]:
        now = max(each for _, each in claimed)
        query = claiming.begin([each for each, _ in claimed], now)
        async with self._database.writing() as connection:
            begun = [delivery_of(row) for row in (await connection.execute(query)).mappings()]
        by_token = {(each.id, each.token): each for each in begun}
        return [
            replace(found, opening=each.opening)
            if (found := by_token.get((each.id, each.token)))
            else None
            for each, _ in claimed
        ]

    async def _settle(self, ends: Sequence[_End]) -> list[bool]:
        async with self._database.writing() as connection:
            digests = await _held_by(connection, ends)
            held = [each for each in ends if each.claim in digests]
            if held:
                await connection.execute(_ENDED, [each.row() for each in held])
                now = max(each.now for each in held)
                await close(self._database, connection, set(digests.values()), now)
                for each in held:
                    await keep_notices(connection, each.notices, each.now)
        return [each.claim in digests for each in ends]

    async def _many(self, query: Select[Any]) -> list[Delivery]:
        async with self._database.reading() as connection:
            return [delivery_of(row) for row in (await connection.execute(query)).mappings()]


async def _held_by(connection: AsyncConnection, ends: Sequence[_End]) -> dict[Hold, int]:
    """The digests of the parts that are held by these tokens, locked in a fixed order."""
    table = deliveries.c
    claims = [each.claim for each in ends]
    query = (
        select(table.id, table.token, table.digest_id)
        .where(tuple_(table.id, table.token).in_(claims), table.state == SendState.SENDING)
        .order_by(table.id)
        .with_for_update()
    )
    return {(row.id, row.token): row.digest_id for row in await connection.execute(query)}


def _waiting(delivery: Delivery) -> Any:
    """The update of a part that is neither begun nor has another content since it was read."""
    table = deliveries.c
    same = and_(
        table.id == delivery.id,
        table.state == SendState.PENDING,
        table.payload == delivery.payload,
    )
    return update(deliveries).where(same).returning(table.id)


def _held(delivery_id: int, token: str) -> Any:
    held = and_(
        deliveries.c.id == delivery_id,
        deliveries.c.token == token,
        deliveries.c.state == SendState.SENDING,
    )
    return update(deliveries).where(held).returning(deliveries.c.digest_id)
