"""Who may change a channel, the audit log, briefings by message, muted words."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, UniqueConstraint

from bot.store.db.types import Instant, Name, Number, SafeText

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("channels", Column("who", Name))
    op.create_table(
        "briefing_messages",
        Column("id", Number, primary_key=True),
        Column("channel_id", Number, _channel(), nullable=False),
        Column("message_id", Name, nullable=False),
        Column("thread", Name, nullable=False),
        Column("briefing_id", Name, ForeignKey("briefings.id", ondelete="CASCADE"), nullable=False),
        Column("sent_at", Instant, nullable=False),
        UniqueConstraint("channel_id", "message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_briefing_messages_briefing_id", "briefing_messages", ["briefing_id"])
    op.create_index("ix_briefing_messages_sent_at", "briefing_messages", ["sent_at"])
    op.create_table(
        "changes",
        Column("id", Number, primary_key=True),
        Column("channel_id", Number, _channel(), nullable=False),
        Column("at", Instant, nullable=False),
        Column("user_id", Name, nullable=False),
        Column("user_name", SafeText, nullable=False),
        Column("role", Name, nullable=False),
        Column("command", Name, nullable=False),
        Column("args", SafeText, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_channel_id_at", "changes", ["channel_id", "at"])
    op.create_table(
        "mutes",
        Column("channel_id", Number, _channel(), primary_key=True),
        Column("word", Name, primary_key=True),
    )
    # What a person asked for no longer counts as told: only digests do.
    op.execute("DELETE FROM told WHERE NOT by_digest")


def downgrade() -> None:
    for name in ("mutes", "changes", "briefing_messages"):
        op.drop_table(name)
    op.drop_column("channels", "who")


def _channel() -> ForeignKey:
    return ForeignKey("channels.id", ondelete="CASCADE")
