"""Money for language models: reserved before a call, settled after it, never above the caps.

Amounts are millionths of a dollar; days and months are those of UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import and_, delete, select, update

from bot.models import Reservation
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import spending


@dataclass(frozen=True, slots=True)
class Spent:
    """Cost of a day and of its month so far, reservations included."""

    day: int
    month: int


@dataclass(frozen=True, slots=True)
class SpendingShare:
    """A share of the money, counted under a name of its own, with its own caps."""

    name: str
    day_cap: int
    month_cap: int


class _PastTheCap(Exception):
    """Rolls back a transaction in which a period would exceed its cap."""


class Spending:
    """Spending by period."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(
        self,
        amount: int,
        *,
        day_cap: int,
        month_cap: int,
        now: datetime,
        shares: Sequence[SpendingShare] = (),
    ) -> Reservation | None:
        """Reserve an amount for a call; None where that would exceed a cap, in all or in a share.

        A reservation that a crash leaves unsettled counts as spent.
        """
        all_caps = [SpendingShare("", day_cap, month_cap), *shares]
        caps = {
            period: cap
            for share in all_caps
            for period, cap in zip(
                _periods(now, share.name), (share.day_cap, share.month_cap), strict=True
            )
        }
        try:
            async with self._database.writing() as connection:
                for period in sorted(caps):
                    await self._add(connection, period, amount, caps[period])
        except _PastTheCap:
            return None
        return Reservation(tuple(caps), amount)

    async def settle(self, reservation: Reservation, cost: int) -> None:
        """Replace a reservation by the cost of the call."""
        table = spending.c
        query = (
            update(spending)
            .where(table.period.in_(reservation.periods))
            .values(amount=table.amount + (cost - reservation.amount))
        )
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def spent(self, now: datetime, share: str = "") -> Spent:
        """What was spent in all, or of the share with this name."""
        day, month = _periods(now, share)
        query = select(spending.c.period, spending.c.amount)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(spending.c.period.in_((day, month))))
            amounts = {row.period: row.amount for row in rows}
        return Spent(amounts.get(day, 0), amounts.get(month, 0))

    async def forget_shares(self, now: datetime) -> None:
        """Delete what shares have spent in earlier periods."""
        day, month = _periods(now)
        table = spending.c
        old = and_(
            table.period.contains(" "),
            ~table.period.startswith(f"{day} "),
            ~table.period.startswith(f"{month} "),
        )
        async with self._database.writing() as connection:
            await connection.execute(delete(spending).where(old))

    async def _add(self, connection: AsyncConnection, period: str, amount: int, cap: int) -> None:
        """Add to a period; callers go through periods in one order, so no deadlock occurs."""
        table = spending.c
        new = self._database.insert(spending).values(period=period, amount=0, calls=0)
        await connection.execute(new.on_conflict_do_nothing(index_elements=["period"]))
        query = (
            update(spending)
            .where(table.period == period, table.amount + amount <= cap)
            .values(amount=table.amount + amount, calls=table.calls + 1)
            .returning(table.period)
        )
        if (await connection.execute(query)).first() is None:
            raise _PastTheCap


def _periods(now: datetime, share: str = "") -> tuple[str, str]:
    day = now.astimezone(UTC)
    name = f" {share}" if share else ""
    return f"{day:%Y-%m-%d}{name}", f"{day:%Y-%m}{name}"
