"""Withdrawn bullets, and who got them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping, Text, exists, or_, select, type_coerce

from bot.models import Bullet, Quote, SendState, Withdrawal
from bot.models.corrections import bullet_mark
from bot.store.chats.briefings import read_briefings
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import (
    briefings,
    channels,
    corrections,
    deliveries,
    digests,
    withdrawals,
)

MOST_QUOTES = 1_000
"""The latest withdrawals whose quotations are kept out of briefings."""

READ_AT_ONCE = 100

_NEVER_SHOWN = (SendState.SKIPPED, SendState.FAILED)


class Withdrawals:
    """The bullets that operators have withdrawn."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, withdrawal: Withdrawal) -> bool:
        """Store a withdrawal and who is to be told; False if the bullet was withdrawn before."""
        row = {
            "mark": withdrawal.mark,
            "story_id": withdrawal.story_id,
            "text": withdrawal.text,
            "reason": withdrawal.reason,
            "quotes": [[each.article_id, each.text] for each in withdrawal.quotes],
            "at": withdrawal.at,
        }
        query = self._database.insert(withdrawals).values(**row)
        once = query.on_conflict_do_nothing(index_elements=["mark"]).returning(withdrawals.c.id)
        async with self._database.reading() as connection:
            told = await _readers(connection, withdrawal)
        async with self._database.writing() as connection:
            added: int | None = (await connection.execute(once)).scalar_one_or_none()
            if added is not None:
                await self._keep(connection, added, told)
            return added is not None

    async def find(self, story_id: str, text: str) -> Withdrawal | None:
        """Return the withdrawal of a bullet, if there is one."""
        wanted = withdrawals.c.mark == bullet_mark(story_id, text)
        async with self._database.reading() as connection:
            row = (await connection.execute(select(withdrawals).where(wanted))).mappings().first()
            return withdrawal_of_row(row) if row else None

    async def among(self, bullets: Sequence[Bullet]) -> dict[Bullet, Withdrawal]:
        """Return the withdrawals of those of these bullets that were withdrawn."""
        marks = {each: bullet_mark(each.story_id, each.text) for each in bullets}
        found: dict[str, Withdrawal] = {}
        wanted = list(dict.fromkeys(marks.values()))
        async with self._database.reading() as connection:
            for first in range(0, len(wanted), READ_AT_ONCE):
                some = withdrawals.c.mark.in_(wanted[first : first + READ_AT_ONCE])
                rows = await connection.execute(select(withdrawals).where(some))
                found |= {row["mark"]: withdrawal_of_row(row) for row in rows.mappings()}
        return {each: found[mark] for each, mark in marks.items() if mark in found}

    async def latest(self, limit: int, since: datetime | None = None) -> list[Withdrawal]:
        """Return the latest withdrawals, the newest first."""
        query = select(withdrawals).order_by(withdrawals.c.at.desc(), withdrawals.c.id.desc())
        if since is not None:
            query = query.where(withdrawals.c.at >= since)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.limit(limit))).mappings()
            return [withdrawal_of_row(row) for row in rows]

    async def quotes(self) -> tuple[Quote, ...]:
        """Return what withdrawn bullets rested on."""
        found = await self.latest(MOST_QUOTES)
        return tuple(
            replace(quote, story_id=each.story_id) for each in found for quote in each.quotes
        )

    async def note_readers(self, withdrawal: Withdrawal, since: datetime | None = None) -> int:
        """Store who is to be told; returns how many channels got the bullet.

        A channel is stored once, however often this is called. With `since`, only briefings are
        read that were made or sent again since then.
        """
        mine = corrections.c.withdrawal_id == withdrawal.id
        async with self._database.reading() as connection:
            told = await _readers(connection, withdrawal, since)
            known: set[int] = set()
            if told:
                rows = await connection.execute(select(corrections.c.channel_id).where(mine))
                known = set(rows.scalars())
        new = {id_: at for id_, at in told.items() if id_ not in known}
        if new:
            async with self._database.writing() as connection:
                await self._keep(connection, withdrawal.id, new)
        return len(told)

    async def _keep(
        self, connection: AsyncConnection, withdrawal_id: int, told: dict[int, datetime]
    ) -> None:
        """Store channels that are to be told; one that was erased meanwhile is left out."""
        ids = sorted(told)
        for first in range(0, len(ids), READ_AT_ONCE):
            some = channels.c.id.in_(ids[first : first + READ_AT_ONCE])
            kept = select(channels.c.id).where(some).with_for_update(read=True, key_share=True)
            rows = [
                {"withdrawal_id": withdrawal_id, "channel_id": id_, "told_at": told[id_]}
                for id_ in (await connection.execute(kept)).scalars()
            ]
            if rows:
                query = self._database.insert(corrections).on_conflict_do_nothing()
                await connection.execute(query, rows)


async def _readers(
    connection: AsyncConnection, withdrawal: Withdrawal, since: datetime | None = None
) -> dict[int, datetime]:
    """Return the channels that were shown the bullet, or will be, and when they were last."""
    holds = type_coerce(briefings.c.body, Text).contains(withdrawal.story_id, autoescape=True)
    made_for = digests.c.briefing_id == briefings.c.id
    arrives = exists().where(
        made_for, deliveries.c.digest_id == digests.c.id, deliveries.c.state.not_in(_NEVER_SHOWN)
    )
    query = select(briefings.c.id, briefings.c.channel_id, briefings.c.created_at)
    query = query.where(briefings.c.channel_id.is_not(None))
    if since is not None:
        again = select(digests.c.briefing_id).where(digests.c.resent_at >= since)
        query = query.where(or_(briefings.c.created_at >= since, briefings.c.id.in_(again)))
    query = query.where(holds, or_(~exists().where(made_for), arrives))
    rows = {row.id: row for row in await connection.execute(query)}
    told: dict[int, datetime] = {}
    ids = sorted(rows)
    for first in range(0, len(ids), READ_AT_ONCE):
        for briefing in await read_briefings(connection, ids[first : first + READ_AT_ONCE]):
            marks = {bullet_mark(each.story_id, each.text) for each in briefing.bullets}
            if withdrawal.mark in marks:
                row = rows[briefing.id]
                told[row.channel_id] = max(row.created_at, told.get(row.channel_id, row.created_at))
    return told


def withdrawal_of_row(row: RowMapping, prefix: str = "") -> Withdrawal:
    """Return a row as a withdrawal."""
    return Withdrawal(
        row[f"{prefix}id"],
        row[f"{prefix}story_id"],
        row[f"{prefix}text"],
        row[f"{prefix}reason"],
        tuple(Quote(*each) for each in row[f"{prefix}quotes"]),
        row[f"{prefix}at"],
    )
