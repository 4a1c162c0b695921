"""Cached answers of language models, so that no question is paid for twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.models import KeptAnswer
from bot.store.db.engine import Database
from bot.store.db.schema import answers

KEPT = timedelta(days=45)
"""Older answers are deleted; no briefing looks back so far."""


class Answers:
    """Cached answers by a key that changes with model, prompt and story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> KeptAnswer | None:
        return (await self.get_many([key])).get(key)

    async def get_many(self, keys: Sequence[str]) -> dict[str, KeptAnswer]:
        """The answers under those of these keys that have one."""
        if not keys:
            return {}
        table = answers.c
        query = select(table.key, table.answer, table.input_tokens, table.output_tokens)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(table.key.in_(keys)))
            return {key: KeptAnswer(*rest) for key, *rest in rows}

    async def add(self, key: str, kept: KeptAnswer, now: datetime) -> None:
        """Store an answer, and delete those that are too old."""
        await self.add_many({key: kept}, now)

    async def add_many(self, kept: Mapping[str, KeptAnswer], now: datetime) -> None:
        """Store answers by their keys, and delete those that are too old."""
        if not kept:
            return
        rows = [{"key": key, "asked_at": now} | asdict(each) for key, each in sorted(kept.items())]
        changes = ["answer", "input_tokens", "output_tokens", "asked_at"]
        query = self._database.upsert(answers, ["key"], changes)
        async with self._database.writing(durable=False) as connection:
            await connection.execute(delete(answers).where(answers.c.asked_at < now - KEPT))
            await connection.execute(query, rows)
