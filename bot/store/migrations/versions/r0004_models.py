"""What language models have cost, and what they have answered."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, DateTime, Integer, Text

revision = "0004"
down_revision = "0003"

INSTANT = DateTime(timezone=True)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "spending",
        Column("period", Text, primary_key=True),
        Column("amount", NUMBER, nullable=False),
        Column("calls", Integer, nullable=False),
    )
    op.create_table(
        "answers",
        Column("key", Text, primary_key=True),
        Column("answer", Text, nullable=False),
        Column("input_tokens", Integer, nullable=False),
        Column("output_tokens", Integer, nullable=False),
        Column("asked_at", INSTANT, nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("spending")
