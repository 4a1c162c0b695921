"""Tables of withdrawn bullets, and of the channels that are told so."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from bot.store.db.metadata import metadata
from bot.store.db.types import Instant, Json, Name, Number, SafeText

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("id", Number, primary_key=True),
    Column("mark", Name, nullable=False, unique=True),
    Column("story_id", Name, nullable=False),
    Column("text", SafeText, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("quotes", Json, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""Bullets that operators have withdrawn; `mark` is the same for the same text on one story."""

corrections = Table(
    "corrections",
    metadata,
    Column("withdrawal_id", ForeignKey("withdrawals.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True, index=True
    ),
    Column("told_at", Instant, nullable=False),
    Column("sent_at", Instant, index=True),
    Column("digest_id", ForeignKey("digests.id", ondelete="SET NULL"), index=True),
)
"""One row for each channel that got a withdrawn bullet; `sent_at` once its parts are stored."""
