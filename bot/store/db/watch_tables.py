"""Tables of what channels watch for and follow, and of what was found for them."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table, UniqueConstraint

from bot.store.db.metadata import metadata
from bot.store.db.types import Instant, Json, Name, Number, SafeText

watches = Table(
    "watches",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("wish", Name, nullable=False),
    Column("topics", Json, nullable=False),
    Column("filter", Json),
    Column("story_id", Name, index=True),
    Column("headline", SafeText, nullable=False),
    Column("told", SafeText, nullable=False),
    Column("told_at", Instant),
    Column("looked_at", Instant),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("channel_id", "wish"),
    sqlite_autoincrement=True,
)
"""`wish` is the same for the same topics and filter, or the same story."""

alerts = Table(
    "alerts",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("story_id", Name, nullable=False),
    Column("change", Name, nullable=False),
    Column("watch_id", ForeignKey("watches.id", ondelete="SET NULL"), index=True),
    Column("found_at", Instant, nullable=False),
    Column("state", Name, nullable=False),
    Column("reason", SafeText),
    Column("not_before", Instant),
    Column("local_date", Date),
    Column("digest_id", ForeignKey("digests.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("channel_id", "story_id", "change"),
    Index(None, "state", "not_before"),
    Index(None, "channel_id", "local_date"),
    sqlite_autoincrement=True,
)
"""One row for each story, and for each change of a followed one, that was found for a channel."""

watch_positions = Table(
    "watch_positions",
    metadata,
    Column("name", Name, primary_key=True),
    Column("number", Number, nullable=False),
)
"""The number of the last article that was compared with the watches."""
