"""Tables of what readers think of stories, and of the links, keys and buttons of their chats."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table

from bot.store.db.metadata import metadata
from bot.store.db.types import Instant, Name, SafeText

votes = Table(
    "votes",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("person", Name, primary_key=True),
    Column("story_id", Name, primary_key=True),
    Column("vote", Integer, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("words", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)
"""One vote, 1 or -1, of each person on each story, with the names and words that it is about."""

page_links = Table(
    "page_links",
    metadata,
    Column("fingerprint", Name, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("briefing_id", ForeignKey("briefings.id", ondelete="CASCADE"), index=True),
    Column("created_at", Instant, nullable=False),
)
"""The links that open pages: of one briefing, or without one of a channel's archive."""

channel_keys = Table(
    "channel_keys",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("secret", Name, nullable=False),
    Column("created_at", Instant, nullable=False),
)
"""The secret with which a channel's webhook is signed, and its links to unsubscribe."""

mutes = Table(
    "mutes",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("word", Name, primary_key=True),
)
"""Words and phrases; stories that contain one are left out of the channel's briefings."""

button_commands = Table(
    "button_commands",
    metadata,
    Column("platform", Name, primary_key=True),
    Column("workspace", Name, primary_key=True),
    Column("chat", Name, primary_key=True),
    Column("mark", Name, primary_key=True),
    Column("command", SafeText, nullable=False),
    Column("shown_at", Instant, nullable=False, index=True),
)
"""The commands behind a chat's buttons that are too long to stand there; a button has the mark."""
