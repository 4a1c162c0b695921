"""Tables of the language model: spending and kept answers."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from bot.store.db.metadata import metadata
from bot.store.db.types import Instant, Name, Number, SafeText

spending = Table(
    "spending",
    metadata,
    Column("period", Name, primary_key=True),
    Column("amount", Number, nullable=False),
    Column("calls", Integer, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("key", Name, primary_key=True),
    Column("answer", SafeText, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False, index=True),
)
