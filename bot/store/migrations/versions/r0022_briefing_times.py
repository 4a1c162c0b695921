"""An index for the briefings of all channels by the instant at which they were made."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"

NAME = "ix_briefings_created_at"


def upgrade() -> None:
    op.create_index(NAME, "briefings", ["created_at"])


def downgrade() -> None:
    op.drop_index(NAME, "briefings")
