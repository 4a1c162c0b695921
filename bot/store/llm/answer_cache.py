"""Cached answers of language models, so that no question is paid for twice."""

from __future__ import annotations

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
        table = answers.c
        query = select(table.answer, table.input_tokens, table.output_tokens)
        async with self._database.reading() as connection:
            row = (await connection.execute(query.where(table.key == key))).one_or_none()
        return None if row is None else KeptAnswer(*row)

    async def add(self, key: str, kept: KeptAnswer, now: datetime) -> None:
        """Store an answer, and delete those that are too old."""
        query = self._database.upsert(
            answers, ["key"], ["answer", "input_tokens", "output_tokens", "asked_at"]
        ).values(
            key=key,
            answer=kept.answer,
            input_tokens=kept.input_tokens,
            output_tokens=kept.output_tokens,
            asked_at=now,
        )
        async with self._database.writing(durable=False) as connection:
            await connection.execute(delete(answers).where(answers.c.asked_at < now - KEPT))
            await connection.execute(query)
