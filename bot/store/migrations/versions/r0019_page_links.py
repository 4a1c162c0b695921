"""The links to pages."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, ForeignKey

from bot.store.db.types import Instant, Name, Number

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "page_links",
        Column("fingerprint", Name, primary_key=True),
        Column("channel_id", Number, _to("channels.id"), nullable=False),
        Column("briefing_id", Name, _to("briefings.id")),
        Column("created_at", Instant, nullable=False),
    )
    op.create_index("ix_page_links_channel_id", "page_links", ["channel_id"])
    op.create_index("ix_page_links_briefing_id", "page_links", ["briefing_id"])


def downgrade() -> None:
    op.drop_table("page_links")


def _to(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
