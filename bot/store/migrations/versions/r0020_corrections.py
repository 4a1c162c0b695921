"""Withdrawn bullets, and the channels that are told so."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, UniqueConstraint

from bot.store.db.types import Instant, Json, Name, Number, SafeText

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        Column("id", Number, primary_key=True),
        Column("mark", Name, nullable=False),
        Column("story_id", Name, nullable=False),
        Column("text", SafeText, nullable=False),
        Column("reason", SafeText, nullable=False),
        Column("quotes", Json, nullable=False),
        Column("at", Instant, nullable=False),
        UniqueConstraint("mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_withdrawals_at", "withdrawals", ["at"])
    op.create_table(
        "corrections",
        Column("withdrawal_id", Number, _to("withdrawals.id"), primary_key=True),
        Column("channel_id", Number, _to("channels.id"), primary_key=True),
        Column("told_at", Instant, nullable=False),
        Column("sent_at", Instant),
        Column("digest_id", Number, ForeignKey("digests.id", ondelete="SET NULL")),
    )
    for column in ("channel_id", "sent_at", "digest_id"):
        op.create_index(f"ix_corrections_{column}", "corrections", [column])


def downgrade() -> None:
    op.drop_table("corrections")
    op.drop_table("withdrawals")


def _to(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
