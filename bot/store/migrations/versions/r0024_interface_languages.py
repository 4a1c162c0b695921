"""The language in which the bot speaks in a chat, and that of the profile of its person."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Name

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("channels", Column("interface", Name))
    op.add_column("channels", Column("profile_language", Name))


def downgrade() -> None:
    op.drop_column("channels", "profile_language")
    op.drop_column("channels", "interface")
