"""Full-text search over articles; SQLite's FTS5 and PostgreSQL's tsvector behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select
from sqlalchemy import column as named
from sqlalchemy import table as bare

from bot.models import Article, Window
from bot.store.engine import Database
from bot.store.folding import folded, parsed, snippet
from bot.store.loading import load_articles, within
from bot.store.schema import article_words, articles

MOST_TERMS = 200
"""Words and phrases that one search takes."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that was found, and the part of its text that shows why."""

    article: Article
    snippet: str


class Search:
    """Finds articles by their words. Any text is a valid query."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._matches = _in_sqlite if database.sqlite else _in_postgresql

    async def find(
        self, query: str, *, window: Window | None = None, limit: int = 10
    ) -> list[SearchHit]:
        """Articles with all the words, best first; understands "a phrase" and -not."""
        asked = parsed(query)
        if not asked.wanted:
            return []
        matches = self._matches(asked.wanted, asked.unwanted, every=True)
        order = [matches.selected_columns.rank, articles.c.published_at.desc()]
        found = await self._load(matches, window, order, limit)
        return [SearchHit(each, snippet(each.text, asked.wanted)) for each in found]

    async def matching(
        self, terms: Sequence[str], window: Window | None = None, limit: int = 500
    ) -> list[Article]:
        """Articles with any of these words or phrases, newest first."""
        wanted = [term for term in dict.fromkeys(map(folded, terms)) if term][:MOST_TERMS]
        if not wanted:
            return []
        matches = self._matches(wanted, (), every=False)
        return await self._load(matches, window, [articles.c.published_at.desc()], limit)

    async def _load(
        self, matches: Select[Any], window: Window | None, order: Sequence[Any], limit: int
    ) -> list[Article]:
        found = matches.join(articles, articles.c.id == article_words.c.article_id)
        if window is not None:
            found = found.where(within(articles.c.published_at, window))
        async with self._database.reading() as connection:
            rows = await connection.execute(found.order_by(*order, articles.c.id).limit(limit))
            return await load_articles(connection, [row.article_id for row in rows])


def _in_sqlite(wanted: Sequence[str], unwanted: Sequence[str], *, every: bool) -> Select[Any]:
    """Every phrase is quoted: FTS5 reads a bare one as a column or an operator."""
    expression = (" AND " if every else " OR ").join(f'"{phrase}"' for phrase in wanted)
    if unwanted:
        expression = f"({expression}) NOT (" + " OR ".join(f'"{each}"' for each in unwanted) + ")"
    index = bare("article_index", named("rowid"))
    itself: ColumnElement[Any] = literal_column("article_index")
    return (
        select(article_words.c.article_id, func.bm25(itself, 4.0, 1.0).label("rank"))
        .select_from(index)
        .join(article_words, article_words.c.number == index.c.rowid)
        .where(itself.op("MATCH")(expression))
    )


def _in_postgresql(wanted: Sequence[str], unwanted: Sequence[str], *, every: bool) -> Select[Any]:
    join = func.tsquery_and if every else func.tsquery_or
    query = reduce(join, map(_phrase, wanted))
    for phrase in unwanted:
        query = func.tsquery_and(query, func.tsquery_not(_phrase(phrase)))
    vector: ColumnElement[Any] = literal_column("article_words.vector")
    rank = -func.ts_rank(vector, query)
    return select(article_words.c.article_id, rank.label("rank")).where(vector.op("@@")(query))


def _phrase(words: str) -> Any:
    return func.phraseto_tsquery(literal_column("'briefbot'::regconfig"), literal(words))
