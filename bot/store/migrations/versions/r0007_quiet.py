"""Quiet hours of a channel: local times between which no digest comes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Time

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("channels", Column("quiet_from", Time))
    op.add_column("channels", Column("quiet_until", Time))


def downgrade() -> None:
    op.drop_column("channels", "quiet_until")
    op.drop_column("channels", "quiet_from")
