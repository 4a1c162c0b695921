"""Channels, what they asked for, and what was sent to them."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    Text,
    Time,
    UniqueConstraint,
)

revision = "0002"
down_revision = "0001"

INSTANT = DateTime(timezone=True)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    _channels()
    _subscriptions()
    _digests()
    _deliveries()
    _memory()


def downgrade() -> None:
    for name in (
        *("inbox", "told", "deliveries", "digests", "briefings"),
        *("subscriptions", "channel_topics", "channels"),
    ):
        op.drop_table(name)


def _of_channel() -> ForeignKey:
    return ForeignKey("channels.id", ondelete="CASCADE")


def _channels() -> None:
    op.create_table(
        "channels",
        Column("id", NUMBER, primary_key=True),
        Column("platform", Text, nullable=False),
        Column("workspace", Text, nullable=False),
        Column("chat", Text, nullable=False),
        Column("thread", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("timezone", Text, nullable=False),
        Column("disabled", Text),
        UniqueConstraint("platform", "workspace", "chat", "thread"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "channel_topics",
        Column("channel_id", NUMBER, _of_channel(), primary_key=True),
        Column("name", Text, primary_key=True),
        Column("title", Text, nullable=False),
        Column("description", Text, nullable=False),
        Column("terms", Text, nullable=False),
        Column("exclusions", Text, nullable=False),
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        Column("id", NUMBER, primary_key=True),
        Column("channel_id", NUMBER, _of_channel(), nullable=False),
        Column("topics", Text, nullable=False),
        Column("topic_set", Text, nullable=False),
        Column("at", Time, nullable=False),
        Column("weekdays", Text, nullable=False),
        Column("timezone", Text, nullable=False),
        Column("bullets", Integer, nullable=False),
        Column("created_at", INSTANT, nullable=False),
        Column("next_due", INSTANT, nullable=False, index=True),
        UniqueConstraint("channel_id", "topic_set"),
        sqlite_autoincrement=True,
    )


def _digests() -> None:
    op.create_table(
        "briefings",
        Column("id", Text, primary_key=True),
        Column("channel_id", NUMBER, _of_channel()),
        Column("created_at", INSTANT, nullable=False),
        Column("body", Text, nullable=False),
    )
    op.create_index(None, "briefings", ["channel_id", "created_at"])
    briefing = ForeignKey("briefings.id", ondelete="SET NULL")
    subscription = ForeignKey("subscriptions.id", ondelete="SET NULL")
    op.create_table(
        "digests",
        Column("id", NUMBER, primary_key=True),
        Column("subscription_id", NUMBER, subscription),
        Column("channel_id", NUMBER, _of_channel(), nullable=False),
        Column("local_date", Date, nullable=False),
        Column("due_at", INSTANT, nullable=False),
        Column("state", Text, nullable=False),
        Column("reason", Text),
        Column("late", Boolean, nullable=False),
        Column("briefing_id", Text, briefing, index=True),
        Column("finished_at", INSTANT),
        UniqueConstraint("subscription_id", "local_date"),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "digests", ["state", "due_at"])
    op.create_index(None, "digests", ["channel_id", "due_at"])


def _deliveries() -> None:
    digest = ForeignKey("digests.id", ondelete="CASCADE")
    op.create_table(
        "deliveries",
        Column("id", NUMBER, primary_key=True),
        Column("digest_id", NUMBER, digest, nullable=False),
        Column("channel_id", NUMBER, _of_channel(), nullable=False),
        Column("part", Integer, nullable=False),
        Column("parts", Integer, nullable=False),
        Column("payload", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("token", Text),
        Column("attempts", Integer, nullable=False),
        Column("not_before", INSTANT),
        Column("claimed_at", INSTANT),
        Column("finished_at", INSTANT),
        Column("reason", Text),
        Column("message_id", Text),
        UniqueConstraint("digest_id", "part"),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "deliveries", ["state", "digest_id", "part"])
    op.create_index(None, "deliveries", ["channel_id", "state", "digest_id", "part"])


def _memory() -> None:
    op.create_table(
        "told",
        Column("channel_id", NUMBER, _of_channel(), primary_key=True),
        Column("story_id", Text, primary_key=True),
        Column("text", Text, nullable=False),
        Column("at", INSTANT, nullable=False),
        Column("by_digest", Boolean, nullable=False),
    )
    op.create_table(
        "inbox",
        Column("platform", Text, primary_key=True),
        Column("update_id", Text, primary_key=True),
        Column("seen_at", INSTANT, nullable=False, index=True),
    )
