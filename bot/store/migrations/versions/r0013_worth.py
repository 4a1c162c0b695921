"""What an article is worth telling on each of its topics."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Float

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("article_topics", Column("worth", Float))


def downgrade() -> None:
    op.drop_column("article_topics", "worth")
