"""Sources that are looked at by themselves: where, when next, and how they did."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, Float, ForeignKey, Integer, Text

revision = "0005"
down_revision = "0004"

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    for column in (
        Column("host", Text),
        Column("category", Text),
        Column("next_at", INSTANT),
        Column("every", Float),
        Column("etag", Text),
        Column("last_modified", Text),
        Column("body_hash", Text),
        Column("failures", Integer, nullable=False, server_default="0"),
        Column("given_up_at", INSTANT),
        Column("ended", Text),
        Column("leased_until", INSTANT),
        Column("token", Text),
    ):
        op.add_column("sources", column)
    op.create_index(None, "sources", ["url"], unique=True)
    op.create_index(None, "sources", ["next_at"])
    op.create_index(None, "sources", ["leased_until"])
    op.create_table(
        "source_memories",
        Column("name", Text, ForeignKey("sources.name", ondelete="CASCADE"), primary_key=True),
        Column("marks", Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("source_memories")
    for name in ("leased_until", "next_at", "url"):
        op.drop_index(f"ix_sources_{name}", "sources")
    for name in (
        *("token", "leased_until", "ended", "given_up_at", "failures", "body_hash"),
        *("last_modified", "etag", "every", "next_at", "category", "host"),
    ):
        op.drop_column("sources", name)
