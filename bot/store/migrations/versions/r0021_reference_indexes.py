"""Indexes for the references that deleting a story or a channel follows."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"

INDEXES = {
    "ix_story_keys_story_id": ("story_keys", "story_id"),
    "ix_notices_channel_id": ("notices", "channel_id"),
}


def upgrade() -> None:
    for name, (table, column) in INDEXES.items():
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table)
