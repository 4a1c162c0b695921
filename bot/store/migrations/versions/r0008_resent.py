"""When somebody asked for an ended digest again: its lateness counts from then."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("digests", Column("resent_at", Instant))


def downgrade() -> None:
    op.drop_column("digests", "resent_at")
