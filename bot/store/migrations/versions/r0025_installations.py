"""The workspaces that have installed the app, and the visits to its install page."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Instant, Name, SafeText

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "installations",
        Column("platform", Name, primary_key=True),
        Column("workspace", Name, primary_key=True),
        *(Column(name, SafeText, nullable=False) for name in ("title", "bot_name")),
        *(Column(name, Name, nullable=False) for name in ("enterprise", "bot_user", "bot_id")),
        *(Column(name, SafeText, nullable=False) for name in ("token", "refresh_token")),
        Column("expires_at", Instant),
        Column("renewing_until", Instant),
        Column("installed_at", Instant, nullable=False),
    )
    op.create_table(
        "install_states",
        Column("fingerprint", Name, primary_key=True),
        Column("expires_at", Instant, nullable=False),
    )
    op.create_index("ix_install_states_expires_at", "install_states", ["expires_at"])


def downgrade() -> None:
    op.drop_table("install_states")
    op.drop_table("installations")
