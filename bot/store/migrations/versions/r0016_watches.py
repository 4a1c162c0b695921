"""What channels watch for and follow, and what was found for them."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, ForeignKey, Integer, UniqueConstraint

from bot.store.db.types import Instant, Json, Name, Number, SafeText

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("channels", Column("alerts_a_day", Integer))
    op.add_column("channels", Column("alerts_muted_until", Instant))
    op.create_table(
        "watches",
        Column("id", Number, primary_key=True),
        Column("channel_id", Number, _to("channels.id"), nullable=False),
        Column("wish", Name, nullable=False),
        Column("topics", Json, nullable=False),
        Column("filter", Json),
        Column("story_id", Name),
        Column("headline", SafeText, nullable=False),
        Column("told", SafeText, nullable=False),
        Column("told_at", Instant),
        Column("looked_at", Instant),
        Column("created_at", Instant, nullable=False),
        UniqueConstraint("channel_id", "wish"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watches_story_id", "watches", ["story_id"])
    op.create_table(
        "alerts",
        Column("id", Number, primary_key=True),
        Column("channel_id", Number, _to("channels.id"), nullable=False),
        Column("story_id", Name, nullable=False),
        Column("change", Name, nullable=False),
        Column("watch_id", Number, ForeignKey("watches.id", ondelete="SET NULL")),
        Column("found_at", Instant, nullable=False),
        Column("state", Name, nullable=False),
        Column("reason", SafeText),
        Column("not_before", Instant),
        Column("local_date", Date),
        Column("digest_id", Number, ForeignKey("digests.id", ondelete="SET NULL")),
        UniqueConstraint("channel_id", "story_id", "change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_watch_id", "alerts", ["watch_id"])
    op.create_index("ix_alerts_digest_id", "alerts", ["digest_id"])
    op.create_index("ix_alerts_state_not_before", "alerts", ["state", "not_before"])
    op.create_index("ix_alerts_channel_id_local_date", "alerts", ["channel_id", "local_date"])
    op.create_table(
        "watch_positions",
        Column("name", Name, primary_key=True),
        Column("number", Number, nullable=False),
    )


def downgrade() -> None:
    for name in ("watch_positions", "alerts", "watches"):
        op.drop_table(name)
    for name in ("alerts_muted_until", "alerts_a_day"):
        op.drop_column("channels", name)


def _to(column: str) -> ForeignKey:
    return ForeignKey(column, ondelete="CASCADE")
