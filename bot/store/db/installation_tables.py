"""Tables of the workspaces that have installed the app, and of visits to the install page."""

from __future__ import annotations

from sqlalchemy import Column, Table

from bot.store.db.metadata import metadata
from bot.store.db.types import Instant, Name, SafeText

installations = Table(
    "installations",
    metadata,
    Column("platform", Name, primary_key=True),
    Column("workspace", Name, primary_key=True),
    Column("title", SafeText, nullable=False),
    Column("enterprise", Name, nullable=False),
    Column("bot_user", Name, nullable=False),
    Column("bot_id", Name, nullable=False),
    Column("bot_name", SafeText, nullable=False),
    Column("token", SafeText, nullable=False),
    Column("refresh_token", SafeText, nullable=False),
    Column("expires_at", Instant),
    Column("renewing_until", Instant),
    Column("installed_at", Instant, nullable=False),
)
"""`renewing_until` reserves the renewal of a token, which may be asked for once, for a process."""

install_states = Table(
    "install_states",
    metadata,
    Column("fingerprint", Name, primary_key=True),
    Column("expires_at", Instant, nullable=False, index=True),
)
"""The visits to the install page that have not come back; of each state only its hash."""
