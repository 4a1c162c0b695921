"""Where the details of a channel's digests are shown."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Name

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("channels", Column("details", Name))


def downgrade() -> None:
    op.drop_column("channels", "details")
