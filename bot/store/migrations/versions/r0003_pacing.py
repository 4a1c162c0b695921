"""How fast each platform and chat may be written to, and who prepares a digest."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, DateTime, Text

revision = "0003"
down_revision = "0002"

INSTANT = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "paces",
        Column("platform", Text, primary_key=True),
        Column("workspace", Text, primary_key=True),
        Column("chat", Text, primary_key=True),
        Column("open_at", INSTANT, nullable=False),
        Column("held_until", INSTANT),
        Column("written_at", INSTANT, nullable=False),
    )
    op.add_column("digests", Column("held_until", INSTANT))


def downgrade() -> None:
    op.drop_column("digests", "held_until")
    op.drop_table("paces")
