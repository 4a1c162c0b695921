"""The precision of an article's date, the unreadable date as written, its kind and its guid."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column

from bot.store.db.types import Name, SafeText

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("articles", Column("date_precision", Name, nullable=False, server_default="time"))
    op.add_column("articles", Column("date_stated", SafeText))
    op.add_column("articles", Column("kind", Name, nullable=False, server_default="news"))
    op.add_column("articles", Column("guid", Name))
    op.create_index("ix_articles_guid", "articles", ["guid"])


def downgrade() -> None:
    op.drop_index("ix_articles_guid", "articles")
    for name in ("guid", "kind", "date_stated", "date_precision"):
        op.drop_column("articles", name)
