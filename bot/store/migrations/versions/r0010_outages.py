"""Installations that are paused, and the kind of each notice to the operators."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer

from bot.store.db.types import Instant, Name, SafeText

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "outages",
        Column("platform", Name, primary_key=True),
        Column("workspace", Name, primary_key=True),
        Column("since", Instant, nullable=False),
        Column("reason", SafeText, nullable=False),
        Column("probe_at", Instant, nullable=False),
        Column("tries", Integer, nullable=False),
    )
    op.add_column("notices", Column("kind", Name))


def downgrade() -> None:
    op.drop_column("notices", "kind")
    op.drop_table("outages")
