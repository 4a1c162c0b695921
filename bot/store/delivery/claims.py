"""Claims: which parts go next, and when, within the rate limits of a lane and its chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bot.models import Channel, Delivery, SendState
from bot.store.chats.channel_rows import channel_of
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channels, deliveries, digests, paces
from bot.store.delivery.rate_limits import (
    CLOCK_JUMP,
    WHOLE_LANE,
    Lane,
    Limits,
    fresh,
    lane_opens,
    save_paces,
)

OPEN = (SendState.PENDING, SendState.SENDING)
"""The states that are not final."""

_FIRST = deliveries.alias("first")
_OPENING = (
    select(_FIRST.c.message_id)
    .where(_FIRST.c.digest_id == deliveries.c.digest_id, _FIRST.c.part == 1)
    .where(deliveries.c.part > 1)
    .correlate(deliveries)
    .scalar_subquery()
    .label("opening")
)

COLUMNS = [column for column in deliveries.columns if column.name != "finished_at"]

WITH_OPENING = [*COLUMNS, _OPENING]
"""The values of a part and the message of its digest's first part, which is final before it."""

WANTED_AT = func.coalesce(digests.c.resent_at, digests.c.due_at)
"""When a digest is wanted."""

HELD = "held"
"""The token of a part that was released until a later instant; no claim has it."""

LEASE = timedelta(seconds=5)
"""How long a claim lasts before its part may be claimed again."""

_CHANNEL = [column.label(f"to_{column.name}") for column in channels.columns]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A part to be sent at the instant `at`, and its channel."""

    delivery: Delivery
    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """Claimed parts in order; the next slot of the lane is at `open_at`."""

    parts: tuple[Claimed, ...]
    open_at: datetime


async def claim(
    database: Database,
    connection: AsyncConnection,
    lane: Lane,
    limits: Limits,
    *,
    now: datetime,
    limit: int,
    ahead: timedelta,
    since: datetime | None,
) -> Claim:
    """Claim up to `limit` parts whose slots come within `ahead`, and advance the paces."""
    open_at = await lane_opens(database, connection, lane, now)
    if open_at > now + ahead:
        return Claim((), open_at)
    rows = await connection.execute(_claimable(lane, now, ahead, since).limit(limit))
    plan = _Plan(limits, open_at, now + ahead)
    parts = tuple(part for row in rows.mappings() if (part := plan.assign(row)))
    if not parts:
        return Claim((), open_at)
    opens = {**plan.chats, WHOLE_LANE: plan.open_at}
    await save_paces(database, connection, lane, opens, now)
    token = uuid4().hex
    leased = {"token": token, "not_before": now + ahead + LEASE, "claimed_at": now}
    ids = [part.delivery.id for part in parts]
    await connection.execute(update(deliveries).where(deliveries.c.id.in_(ids)).values(**leased))
    held = (replace(part, delivery=replace(part.delivery, token=token)) for part in parts)
    return Claim(tuple(held), plan.open_at)


class _Plan:
    """Assigns the slots of a lane to parts, leaving out parts whose chat is not open yet."""

    def __init__(self, limits: Limits, open_at: datetime, until: datetime) -> None:
        self.open_at = open_at
        self.chats: dict[str, datetime] = {}
        self._limits = limits
        self._until = until

    def assign(self, row: RowMapping) -> Claimed | None:
        channel = channel_of(row, "to_")
        chat = channel.address.chat
        chat_opens = self.chats.get(chat, row["chat_opens"])
        if self.open_at > self._until or (chat_opens and chat_opens > self.open_at):
            return None
        slot = self.open_at
        self.chats[chat] = self._limits.chat(chat).after(chat_opens, slot)
        self.open_at = self._limits.lane.after(None, slot)
        return Claimed(delivery_of(row), channel, slot)


def begin(claimed: Sequence[Delivery], now: datetime) -> Any:
    """The statement that marks claimed parts as `sending`, if neither chat nor lane is held."""
    held = exists(
        select(paces.c.chat)
        .join(
            channels,
            and_(
                channels.c.platform == paces.c.platform,
                channels.c.workspace == paces.c.workspace,
                or_(paces.c.chat == channels.c.chat, paces.c.chat == WHOLE_LANE),
            ),
        )
        .where(channels.c.id == deliveries.c.channel_id, paces.c.held_until > now, fresh(now))
        .correlate(deliveries)
    )
    table = deliveries.c
    held_by_us = [(each.id, each.token) for each in claimed]
    sending = {
        "state": SendState.SENDING,
        "attempts": table.attempts + 1,
        "not_before": None,
        "claimed_at": now,
    }
    return (
        update(deliveries)
        .where(
            tuple_(table.id, table.token).in_(held_by_us),
            table.state == SendState.PENDING,
            ~held,
        )
        .values(**sending)
        .returning(*COLUMNS)
    )


def lanes_with_work(now: datetime) -> Select[Any]:
    """The lanes with parts to send now or soon."""
    query = select(channels.c.platform, channels.c.workspace).join(
        deliveries, deliveries.c.channel_id == channels.c.id
    )
    return query.where(deliveries.c.state == SendState.PENDING, waited(now)).distinct()


def delivery_of(row: RowMapping) -> Delivery:
    values = {column.name: row[column.name] for column in COLUMNS}
    values["opening"] = row.get("opening")
    return Delivery(**values | {"state": SendState(row["state"])})


def _claimable(lane: Lane, now: datetime, ahead: timedelta, since: datetime | None) -> Select[Any]:
    """Pending parts wanted `since`, the oldest first, whose chat is open within `ahead`."""
    platform, workspace = lane
    table = deliveries.c
    chat_opens = _fresh_only(paces.c.open_at, now).label("chat_opens")
    chat_is_open = or_(
        paces.c.chat.is_(None),
        ~fresh(now),
        and_(
            paces.c.open_at <= now + ahead,
            or_(paces.c.held_until.is_(None), paces.c.held_until <= now),
        ),
    )
    same_chat = and_(
        paces.c.platform == channels.c.platform,
        paces.c.workspace == channels.c.workspace,
        paces.c.chat == channels.c.chat,
    )
    return (
        select(*WITH_OPENING, *_CHANNEL, chat_opens)
        .join(channels, channels.c.id == table.channel_id)
        .join(digests, digests.c.id == table.digest_id)
        .outerjoin(paces, same_chat)
        .where(
            true() if since is None else since <= WANTED_AT,
            table.state == SendState.PENDING,
            waited(now),
            ~_waits(now),
            channels.c.platform == platform,
            channels.c.workspace == workspace,
            chat_is_open,
        )
        .order_by(table.digest_id, table.part)
        .with_for_update(of=deliveries, skip_locked=True)
    )


def _fresh_only(column: ColumnElement[Any], now: datetime) -> ColumnElement[Any]:
    """The column, or NULL if its pace was written by a clock that was later set back."""
    return case((fresh(now), column), else_=None)


def waited(now: datetime) -> ColumnElement[bool]:
    """Whether a part need not wait any more."""
    table = deliveries.c
    void = table.claimed_at > now + CLOCK_JUMP
    return or_(table.not_before.is_(None), table.not_before <= now, void)


def _waits(now: datetime) -> ColumnElement[bool]:
    """Whether an earlier part of the same channel is not final, and goes first."""
    earlier = deliveries.alias("earlier")
    held = and_(
        earlier.c.digest_id != deliveries.c.digest_id,
        earlier.c.token == HELD,
        earlier.c.not_before > now,
    )
    return exists(
        select(earlier.c.id).where(
            earlier.c.channel_id == deliveries.c.channel_id,
            earlier.c.state.in_(OPEN),
            tuple_(earlier.c.digest_id, earlier.c.part)
            < tuple_(deliveries.c.digest_id, deliveries.c.part),
            ~func.coalesce(held, false()),
        )
    )
