"""What a subscription is about beside its topics."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Json

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("subscriptions", Column("filter", Json))


def downgrade() -> None:
    op.drop_column("subscriptions", "filter")
