"""The secrets of channels that get mails or webhooks."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from bot.store.db.types import Instant, Name, Number

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    owner = ForeignKey("channels.id", ondelete="CASCADE")
    op.create_table(
        "channel_keys",
        Column("channel_id", Number, owner, primary_key=True),
        Column("secret", Name, nullable=False),
        Column("created_at", Instant, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("channel_keys")
