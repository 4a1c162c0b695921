"""Pauses of channels, and votes of their readers."""

from __future__ import annotations

from alembic import op
from sqlalchemy import JSON, Column, ForeignKey, Integer

from bot.store.db.types import Instant, Name, Number

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("channels", Column("paused_until", Instant))
    channel = ForeignKey("channels.id", ondelete="CASCADE")
    op.create_table(
        "votes",
        Column("channel_id", Number, channel, primary_key=True),
        Column("person", Name, primary_key=True),
        Column("story_id", Name, primary_key=True),
        Column("vote", Integer, nullable=False),
        Column("sources", JSON, nullable=False),
        Column("words", JSON, nullable=False),
        Column("at", Instant, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("votes")
    op.drop_column("channels", "paused_until")
