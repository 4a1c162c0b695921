"""Several digests of a channel on the same topics."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Name

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("subscriptions", Column("slot", Name, nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("subscriptions", "slot")
