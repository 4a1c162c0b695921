"""What operators are to be told, kept until it was; who waits for an answer to a command."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer

from bot.store.db.types import Instant, Name, Number, SafeText

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "notices",
        Column("id", Number, primary_key=True),
        Column("channel_id", Number, ForeignKey("channels.id", ondelete="CASCADE")),
        Column("platform", Name, nullable=False),
        Column("workspace", Name, nullable=False),
        Column("chat", Name, nullable=False),
        Column("text", SafeText, nullable=False),
        Column("at", Instant, nullable=False),
        Column("held_until", Instant),
        Column("tries", Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    for name in ("workspace", "chat", "thread", "command", "process"):
        op.add_column("inbox", Column(name, Name))
    for name in ("open_since", "held_until"):
        op.add_column("inbox", Column(name, Instant))
    op.create_index("ix_inbox_open_since", "inbox", ["open_since"])


def downgrade() -> None:
    op.drop_index("ix_inbox_open_since", "inbox")
    for name in ("held_until", "open_since", "process", "command", "thread", "chat", "workspace"):
        op.drop_column("inbox", name)
    op.drop_table("notices")
