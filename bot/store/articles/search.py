"""Full-text search over articles, with SQLite's FTS5 or PostgreSQL's tsvector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select
from sqlalchemy import column as named
from sqlalchemy import table as bare

from bot.models import Article, Window
from bot.store.articles.rows import load_articles, within
from bot.store.articles.search_text import folded, parsed, snippet
from bot.store.db.engine import Database
from bot.store.db.schema import article_words, articles

WEIGHTS = (4.0, 1.0)
"""What a word in the title counts, and one in the text."""

MOST_TERMS = 200
"""The maximum number of terms in one search."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A found article and the matching part of its text."""

    article: Article
    snippet: str


class Search:
    """Finds articles by their words. Any text is a valid query."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hits = _in_sqlite if database.sqlite else _in_postgresql

    async def find(
        self, query: str, *, window: Window | None = None, limit: int = 10
    ) -> list[SearchHit]:
        """Articles with all the words, best first; understands "a phrase" and -not."""
        asked = parsed(query)
        if not asked.wanted:
            return []
        hits = self._hits(asked.wanted, asked.unwanted, every=True)
        if window is None:
            hits = hits.order_by("rank").limit(limit)
        found = await self._load(hits, window, ["rank"], limit)
        return [SearchHit(each, snippet(each.text, asked.wanted)) for each in found]

    async def matching(
        self, terms: Sequence[str], window: Window, limit: int = 500
    ) -> list[Article]:
        """Articles with any of these words or phrases, newest first."""
        wanted = [term for term in dict.fromkeys(map(folded, terms)) if term][:MOST_TERMS]
        if not wanted:
            return []
        hits = self._hits(wanted, (), every=False)
        hits = hits.with_only_columns(hits.selected_columns.number)
        return await self._load(hits, window, [], limit)

    async def closest(
        self, terms: Sequence[str], window: Window, limit: int = 200
    ) -> list[Article]:
        """Articles with any of these words or phrases, those with the rarest and most first."""
        wanted = [term for term in dict.fromkeys(map(folded, terms)) if term][:MOST_TERMS]
        if not wanted:
            return []
        return await self._load(self._hits(wanted, (), every=False), window, ["rank"], limit)

    async def _load(
        self, hits: Select[Any], window: Window | None, order: Sequence[Any], limit: int
    ) -> list[Article]:
        words = article_words.c
        if window is not None:
            hits = hits.where(_stored_with(hits.selected_columns.number, window))
        found = hits.subquery("hits")
        query = (
            select(words.article_id)
            .select_from(found)
            .join(article_words, words.number == found.c.number)
            .join(articles, articles.c.id == words.article_id)
            .order_by(*(found.c[name] for name in order), articles.c.published_at.desc())
            .limit(limit)
        )
        if window is not None:
            query = query.where(within(articles.c.published_at, window))
        async with self._database.reading() as connection:
            ids = (await connection.execute(query)).scalars().all()
            return await load_articles(connection, ids)


def _stored_with(number: ColumnElement[int], window: Window) -> ColumnElement[bool]:
    """The range of numbers of the window's articles, which is faster to scan.

    Articles are numbered as they are stored, so that recent days are a short range.
    """
    numbers = (
        select(article_words.c.number)
        .join(articles, articles.c.id == article_words.c.article_id)
        .where(within(articles.c.published_at, window))
        .subquery()
    )
    first = select(func.min(numbers.c.number)).scalar_subquery()
    last = select(func.max(numbers.c.number)).scalar_subquery()
    return number.between(first, last)


def _in_sqlite(wanted: Sequence[str], unwanted: Sequence[str], *, every: bool) -> Select[Any]:
    """Quote every phrase: FTS5 reads a bare one as a column or an operator."""
    expression = (" AND " if every else " OR ").join(f'"{phrase}"' for phrase in wanted)
    if unwanted:
        expression = f"({expression}) NOT (" + " OR ".join(f'"{each}"' for each in unwanted) + ")"
    index = bare("article_index", named("rowid"))
    itself: ColumnElement[Any] = literal_column("article_index")
    rank = func.bm25(itself, *WEIGHTS).label("rank")
    return select(index.c.rowid.label("number"), rank).where(itself.op("MATCH")(expression))


def _in_postgresql(wanted: Sequence[str], unwanted: Sequence[str], *, every: bool) -> Select[Any]:
    query = reduce(func.tsquery_and if every else func.tsquery_or, map(_phrase, wanted))
    for phrase in unwanted:
        query = func.tsquery_and(query, func.tsquery_not(_phrase(phrase)))
    vector: ColumnElement[Any] = literal_column("article_words.vector")
    rank = (-func.ts_rank(vector, query)).label("rank")
    return select(article_words.c.number, rank).where(vector.op("@@")(query))


def _phrase(words: str) -> Any:
    return func.phraseto_tsquery(literal_column("'briefbot'::regconfig"), literal(words))
