"""The rate limits of lanes and chats: the generic cell rate algorithm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, select, update

from bot.models import Platform
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import channels, paces

Lane = tuple[Platform, str]
"""The unit in which a platform counts: the platform, and the Slack workspace or ""."""

KEY = ("platform", "workspace", "chat")
WHOLE_LANE = ""
"""The chat in the row of a lane."""

CLOCK_JUMP = timedelta(minutes=1)
"""A row written further in the future than this is void: the clock was set back since."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One message every `interval`; `burst` messages at once after a pause."""

    interval: timedelta
    burst: int = 1

    def after(self, open_at: datetime | None, slot: datetime) -> datetime:
        """When the next message may go after one at `slot`, which might have gone at `open_at`."""
        allowance = (self.burst - 1) * self.interval
        arrival = slot if open_at is None else max(open_at + allowance, slot)
        return arrival + self.interval - allowance


@dataclass(frozen=True, slots=True)
class Limits:
    """The pace of a lane, and the pace of each of its chats by chat id.

    `a_second` is the most messages in any second, if the platform counts that way.
    """

    lane: Pace
    chat: Callable[[str], Pace]
    a_second: int | None = None


class Paces:
    """The stored paces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pause(self, lane: Lane, chat: str, until: datetime, *, now: datetime) -> None:
        """Send nothing to the chat until then, or to the whole lane if chat is WHOLE_LANE.

        A chat that was erased meanwhile is not written down again: its channel is locked, so that
        an erasure either comes first, or finds what is stored here.
        """
        platform, workspace = lane
        row = {"platform": platform, "workspace": workspace, "chat": chat}
        new = self._database.insert(paces).values(
            **row, open_at=now, held_until=until, written_at=now
        )
        held = and_(paces.c.held_until > until, fresh(now))
        later = {
            "held_until": case((held, paces.c.held_until), else_=new.excluded.held_until),
            "written_at": new.excluded.written_at,
        }
        known = select(channels.c.id).where(*(channels.c[name] == row[name] for name in KEY))
        kept = known.limit(1).with_for_update(read=True, key_share=True)
        async with self._database.writing() as connection:
            if chat == WHOLE_LANE or (await connection.execute(kept)).first():
                await connection.execute(new.on_conflict_do_update(index_elements=KEY, set_=later))

    async def release(self, lane: Lane, chat: str) -> None:
        """End a pause of the chat, or of the whole lane if chat is WHOLE_LANE."""
        platform, workspace = lane
        row = {"platform": platform, "workspace": workspace, "chat": chat}
        where = [paces.c[name] == value for name, value in row.items()]
        async with self._database.writing() as connection:
            await connection.execute(update(paces).where(*where).values(held_until=None))


async def lane_opens(
    database: Database, connection: AsyncConnection, lane: Lane, now: datetime
) -> datetime:
    """When the lane may be used next; locks its row until the transaction ends."""
    platform, workspace = lane
    row = {"platform": platform, "workspace": workspace, "chat": WHOLE_LANE}
    await connection.execute(
        database.insert(paces)
        .values(**row, open_at=now, written_at=now)
        .on_conflict_do_nothing(index_elements=KEY)
    )
    found = await connection.execute(
        select(paces.c.open_at, paces.c.held_until, paces.c.written_at)
        .where(*(paces.c[name] == value for name, value in row.items()))
        .with_for_update()
    )
    open_at, held_until, written_at = found.one()
    if written_at > now + CLOCK_JUMP:
        return now
    return max(each for each in (now, open_at, held_until) if each is not None)


async def save_paces(
    database: Database,
    connection: AsyncConnection,
    lane: Lane,
    opens: dict[str, datetime],
    now: datetime,
) -> None:
    """Store when the lane and its chats open next, without changing how long they are held."""
    platform, workspace = lane
    rows = [
        {
            "platform": platform,
            "workspace": workspace,
            "chat": chat,
            "open_at": open_at,
            "written_at": now,
        }
        for chat, open_at in sorted(opens.items())
    ]
    new = database.insert(paces)
    kept = {
        "open_at": new.excluded.open_at,
        "held_until": case((fresh(now), paces.c.held_until), else_=None),
        "written_at": new.excluded.written_at,
    }
    await connection.execute(new.on_conflict_do_update(index_elements=KEY, set_=kept), rows)


def fresh(now: datetime) -> ColumnElement[bool]:
    """Whether a pace was written before now, allowing for CLOCK_JUMP."""
    return paces.c.written_at <= now + CLOCK_JUMP
