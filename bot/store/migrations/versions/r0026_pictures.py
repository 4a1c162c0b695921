"""Whether a channel's weekly digests have a chart."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Name

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("channels", Column("pictures", Name))


def downgrade() -> None:
    op.drop_column("channels", "pictures")
