"""Articles, their topics, their stories, and the search over them."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

INSTANT = DateTime(timezone=True)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    _stories()
    _articles()
    _sources()
    if op.get_context().dialect.name == "sqlite":
        _search_in_sqlite()
    else:
        _search_in_postgresql()


def _stories() -> None:
    op.create_table(
        "stories",
        Column("id", Text, primary_key=True),
        Column("headline", Text, nullable=False),
        Column("first_seen", INSTANT, nullable=False),
        Column("last_seen", INSTANT, nullable=False),
    )
    op.create_table(
        "story_keys",
        Column("key", Text, primary_key=True),
        Column("story_id", Text, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
        Column("day", Date, primary_key=True),
        Column("seen_at", INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(None, "story_keys", ["key", "seen_at", "story_id"])


def _articles() -> None:
    op.create_table(
        "articles",
        Column("id", Text, primary_key=True),
        Column("published_at", INSTANT, nullable=False),
        Column("fetched_at", INSTANT, nullable=False),
        Column("source", Text, nullable=False),
        Column("story_id", Text, ForeignKey("stories.id", ondelete="SET NULL")),
        Column("content_hash", Text, nullable=False),
        Column("url", Text),
        Column("category", Text),
        Column("author", Text),
        Column("language", Text),
        Column("title", Text, nullable=False),
        Column("features", LargeBinary, nullable=False),
        Column("summary", Text),
        Column("text", Text, nullable=False),
    )
    op.create_index(None, "articles", ["published_at", "story_id", "source"])
    op.create_index(None, "articles", ["story_id", "published_at"])
    article = ForeignKey("articles.id", ondelete="CASCADE")
    op.create_table(
        "article_topics",
        Column("article_id", Text, article, primary_key=True),
        Column("topic", Text, primary_key=True),
        Column("score", Float, nullable=False),
        Column("reasons", Text, nullable=False),
        Column("published_at", INSTANT, nullable=False),
    )
    op.create_index(None, "article_topics", ["topic", "published_at"])


def _sources() -> None:
    op.create_table(
        "sources",
        Column("name", Text, primary_key=True),
        Column("url", Text),
        Column("kind", Text),
        Column("weight", Float, nullable=False, server_default="1"),
        Column("error", Text),
        Column("last_ok_at", INSTANT),
        Column("last_new_at", INSTANT),
    )
    op.create_table(
        "article_words",
        Column("number", NUMBER, primary_key=True),
        Column("article_id", Text, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        Column("title", Text, nullable=False),
        Column("text", Text, nullable=False),
        UniqueConstraint("article_id"),
    )


def _search_in_sqlite() -> None:
    """https://www.sqlite.org/fts5.html#external_content_tables"""
    forget = (
        "INSERT INTO article_index (article_index, rowid, title, text) "
        "VALUES ('delete', old.number, old.title, old.text);"
    )
    learn = (
        "INSERT INTO article_index (rowid, title, text) VALUES (new.number, new.title, new.text);"
    )
    op.execute(
        "CREATE VIRTUAL TABLE article_index USING fts5 (title, text, content = 'article_words', "
        "content_rowid = 'number', tokenize = 'porter unicode61 remove_diacritics 0')"
    )
    for event, body in (("INSERT", learn), ("DELETE", forget), ("UPDATE", forget + " " + learn)):
        op.execute(
            f"CREATE TRIGGER article_words_{event.lower()} AFTER {event} ON article_words "
            f"BEGIN {body} END"
        )


def _search_in_postgresql() -> None:
    """A configuration that stems as SQLite's does, and drops no word as too common."""
    op.execute(
        "CREATE TEXT SEARCH DICTIONARY briefbot_stem (TEMPLATE = snowball, LANGUAGE = english)"
    )
    op.execute("CREATE TEXT SEARCH CONFIGURATION briefbot (COPY = simple)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION briefbot "
        "ALTER MAPPING FOR asciiword, word WITH briefbot_stem"
    )
    op.execute(
        "ALTER TABLE article_words ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        "(setweight(to_tsvector('briefbot', title), 'A') || to_tsvector('briefbot', text)) STORED"
    )
    op.execute("CREATE INDEX ix_article_words_vector ON article_words USING gin (vector)")
