"""The present tables; `migrations/` creates them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Time,
    UniqueConstraint,
)

from bot.store.db.correction_tables import corrections as corrections  # noqa: PLC0414 - exported here
from bot.store.db.correction_tables import withdrawals as withdrawals  # noqa: PLC0414 - exported here
from bot.store.db.installation_tables import install_states as install_states  # noqa: PLC0414 - exported here
from bot.store.db.installation_tables import installations as installations  # noqa: PLC0414 - exported here
from bot.store.db.llm_tables import answers as answers  # noqa: PLC0414 - exported here
from bot.store.db.llm_tables import spending as spending  # noqa: PLC0414 - exported here
from bot.store.db.metadata import metadata as metadata  # noqa: PLC0414 - exported here
from bot.store.db.reader_tables import mutes as mutes  # noqa: PLC0414 - exported here
from bot.store.db.reader_tables import votes as votes  # noqa: PLC0414 - exported here
from bot.store.db.types import Instant, Json, Name, Number, SafeText
from bot.store.db.watch_tables import alerts as alerts  # noqa: PLC0414 - exported here
from bot.store.db.watch_tables import watch_positions as watch_positions  # noqa: PLC0414 - exported here
from bot.store.db.watch_tables import watches as watches  # noqa: PLC0414 - exported here

stories = Table(
    "stories",
    metadata,
    Column("id", Name, primary_key=True),
    Column("headline", SafeText, nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
)

story_keys = Table(
    "story_keys",
    metadata,
    Column("key", Name, primary_key=True),
    Column("story_id", ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("day", Date, primary_key=True),
    Column("seen_at", Instant, nullable=False),
    Index(None, "key", "seen_at", "story_id"),
    sqlite_with_rowid=False,
)

articles = Table(
    "articles",
    metadata,
    Column("id", Name, primary_key=True),
    Column("published_at", Instant, nullable=False),
    Column("fetched_at", Instant, nullable=False),
    Column("source", Name, nullable=False),
    Column("story_id", ForeignKey("stories.id", ondelete="SET NULL")),
    Column("content_hash", SafeText, nullable=False),
    Column("url", SafeText),
    Column("category", SafeText),
    Column("author", SafeText),
    Column("language", SafeText),
    Column("title", SafeText, nullable=False),
    Column("features", LargeBinary, nullable=False),
    Column("summary", SafeText),
    Column("text", SafeText, nullable=False),
    Column("date_precision", Name, nullable=False, server_default="time"),
    Column("date_stated", SafeText),
    Column("kind", Name, nullable=False, server_default="news"),
    Column("guid", Name, index=True),
    Index(None, "published_at", "story_id", "source"),
    Index(None, "story_id", "published_at"),
)

article_topics = Table(
    "article_topics",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("topic", Name, primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("worth", Float),
    Index(None, "topic", "published_at"),
)

article_words = Table(
    "article_words",
    metadata,
    Column("number", Number, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("title", SafeText, nullable=False),
    Column("text", SafeText, nullable=False),
    UniqueConstraint("article_id"),
)
"""Folded words for search, with an index of the database engine: see the first migration."""

sources = Table(
    "sources",
    metadata,
    Column("name", Name, primary_key=True),
    Column("url", SafeText),
    Column("kind", SafeText),
    Column("weight", Float, nullable=False, server_default="1"),
    Column("error", SafeText),
    Column("last_ok_at", Instant),
    Column("last_new_at", Instant),
    Column("host", Name),
    Column("category", SafeText),
    Column("next_at", Instant),
    Column("every", Float),
    Column("etag", SafeText),
    Column("last_modified", SafeText),
    Column("body_hash", SafeText),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("given_up_at", Instant),
    Column("ended", SafeText),
    Column("leased_until", Instant),
    Column("token", SafeText),
    Index(None, "url", unique=True),
    Index(None, "next_at"),
    Index(None, "leased_until"),
)
"""A row with `url` is a source that is polled; one without is an outlet named by articles."""

source_memories = Table(
    "source_memories",
    metadata,
    Column("name", ForeignKey("sources.name", ondelete="CASCADE"), primary_key=True),
    Column("marks", SafeText, nullable=False),
)
"""The seen items of each source, in a table of its own: large and seldom written."""

channels = Table(
    "channels",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", Name, nullable=False),
    Column("workspace", Name, nullable=False),
    Column("chat", Name, nullable=False),
    Column("thread", Name, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("timezone", SafeText, nullable=False),
    Column("disabled", SafeText),
    Column("digest_time", Time),
    Column("bullets", Integer),
    Column("language", Name),
    Column("engine", Name),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("who", Name),
    Column("paused_until", Instant),
    Column("alerts_a_day", Integer),
    Column("alerts_muted_until", Instant),
    Column("details", Name),
    Column("pictures", Name),
    Column("interface", Name),
    Column("profile_language", Name),
    UniqueConstraint("platform", "workspace", "chat", "thread"),
    sqlite_autoincrement=True,
)

channel_topics = Table(
    "channel_topics",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Name, primary_key=True),
    Column("title", SafeText, nullable=False),
    Column("description", SafeText, nullable=False),
    Column("terms", Json, nullable=False),
    Column("exclusions", Json, nullable=False),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("topics", Json, nullable=False),
    Column("topic_set", Name, nullable=False),
    Column("at", Time, nullable=False),
    Column("weekdays", Json, nullable=False),
    Column("timezone", SafeText, nullable=False),
    Column("bullets", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_due", Instant, nullable=False, index=True),
    Column("filter", Json),
    Column("slot", Name, nullable=False, server_default="1"),
    UniqueConstraint("channel_id", "topic_set"),
    sqlite_autoincrement=True,
)

briefings = Table(
    "briefings",
    metadata,
    Column("id", Name, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE")),
    Column("created_at", Instant, nullable=False, index=True),
    Column("body", Json, nullable=False),
    Index(None, "channel_id", "created_at"),
)

briefing_messages = Table(
    "briefing_messages",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", Name, nullable=False),
    Column("thread", Name, nullable=False),
    Column(
        "briefing_id", ForeignKey("briefings.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("sent_at", Instant, nullable=False, index=True),
    UniqueConstraint("channel_id", "message_id"),
    sqlite_autoincrement=True,
)
"""Which briefing an answer in a chat shows; parts of digests are in `deliveries`."""

changes = Table(
    "changes",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("user_id", Name, nullable=False),
    Column("user_name", SafeText, nullable=False),
    Column("role", Name, nullable=False),
    Column("command", Name, nullable=False),
    Column("args", SafeText, nullable=False),
    Index(None, "channel_id", "at"),
    sqlite_autoincrement=True,
)
"""The audit log: who changed what in which channel."""

digests = Table(
    "digests",
    metadata,
    Column("id", Number, primary_key=True),
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="SET NULL")),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Date, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Name, nullable=False),
    Column("reason", SafeText),
    Column("late", Boolean, nullable=False),
    Column("briefing_id", ForeignKey("briefings.id", ondelete="SET NULL"), index=True),
    Column("finished_at", Instant),
    Column("held_until", Instant),
    Column("resent_at", Instant),
    UniqueConstraint("subscription_id", "local_date"),
    Index(None, "state", "due_at"),
    Index(None, "channel_id", "due_at"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest_id", ForeignKey("digests.id", ondelete="CASCADE"), nullable=False),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("payload", SafeText, nullable=False),
    Column("state", Name, nullable=False),
    Column("token", SafeText),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Instant),
    Column("claimed_at", Instant),
    Column("finished_at", Instant),
    Column("reason", SafeText),
    Column("message_id", SafeText),
    UniqueConstraint("digest_id", "part"),
    Index(None, "state", "digest_id", "part"),
    Index(None, "channel_id", "state", "digest_id", "part"),
    sqlite_autoincrement=True,
)

paces = Table(
    "paces",
    metadata,
    Column("platform", Name, primary_key=True),
    Column("workspace", Name, primary_key=True),
    Column("chat", Name, primary_key=True),
    Column("open_at", Instant, nullable=False),
    Column("held_until", Instant),
    Column("written_at", Instant, nullable=False),
)
"""When a chat may be written to next; the row without a chat is for the whole lane."""

outages = Table(
    "outages",
    metadata,
    Column("platform", Name, primary_key=True),
    Column("workspace", Name, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("reason", SafeText, nullable=False),
    Column("probe_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
)
"""Installations whose credentials are refused; a row is deleted when they are accepted again."""

told = Table(
    "told",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", Name, primary_key=True),
    Column("text", SafeText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_digest", Boolean, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("platform", Name, primary_key=True),
    Column("update_id", Name, primary_key=True),
    Column("seen_at", Instant, nullable=False, index=True),
    Column("workspace", Name),
    Column("chat", Name),
    Column("thread", Name),
    Column("command", Name),
    Column("process", Name),
    Column("open_since", Instant, index=True),
    Column("held_until", Instant),
)
"""The address of an update is kept while it is open: until it is answered."""

notices = Table(
    "notices",
    metadata,
    Column("id", Number, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), index=True),
    Column("platform", Name, nullable=False),
    Column("workspace", Name, nullable=False),
    Column("chat", Name, nullable=False),
    Column("text", SafeText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("held_until", Instant),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("kind", Name),
    sqlite_autoincrement=True,
)
"""Notices to the operators, one row for each operator; deleted when sent.

`channel_id` is the channel that the notice is about, if any: it is deleted with the channel.
"""
