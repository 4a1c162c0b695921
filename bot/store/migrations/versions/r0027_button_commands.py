"""The commands behind buttons that are too long to stand there."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Instant, Name, SafeText

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "button_commands",
        *(Column(name, Name, primary_key=True) for name in ("platform", "workspace", "chat")),
        Column("mark", Name, primary_key=True),
        Column("command", SafeText, nullable=False),
        Column("shown_at", Instant, nullable=False),
    )
    op.create_index("ix_button_commands_shown_at", "button_commands", ["shown_at"])


def downgrade() -> None:
    op.drop_table("button_commands")
