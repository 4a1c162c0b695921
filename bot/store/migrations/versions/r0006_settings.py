"""A channel's own settings: when its digests come, how long they are, who words them, and how."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, Text, Time

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for column in (
        Column("digest_time", Time),
        Column("bullets", Integer),
        Column("language", Text),
        Column("engine", Text),
    ):
        op.add_column("channels", column)


def downgrade() -> None:
    for name in ("engine", "language", "bullets", "digest_time"):
        op.drop_column("channels", name)
