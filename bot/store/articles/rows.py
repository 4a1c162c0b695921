"""Convert article rows to articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, ScalarSelect, func, select

from bot.models import Article, ArticleKind, DatePrecision, TopicScore, Window
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import article_topics, articles, stories

AT_ONCE = 500
"""The maximum number of ids in one statement."""

COLUMNS = [column for column in articles.columns if column.name != "features"]


async def load_articles(connection: AsyncConnection, ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, in this order; unknown ids are omitted."""
    rows: dict[str, RowMapping] = {}
    scores: dict[str, list[TopicScore]] = defaultdict(list)
    for some in _batches(dict.fromkeys(ids)):
        found = await connection.execute(select(*COLUMNS).where(articles.c.id.in_(some)))
        rows |= {row["id"]: row for row in found.mappings()}
        for article_id, score in await _topics(connection, some):
            scores[article_id].append(score)
    return [_article(rows[each], scores[each]) for each in dict.fromkeys(ids) if each in rows]


def within(column: ColumnElement[Any], window: Window) -> ColumnElement[bool]:
    """The SQL condition that an instant lies in the window."""
    return (column >= window.since) & (column < window.until)


def newest_members(database: Database, window: Window, count: int) -> ColumnElement[Any]:
    """A column for story queries: the ids of the newest articles in the window, newest first."""
    return _members(database, window, count, articles.c.published_at.desc()).label("members")


def worthiest_members(database: Database, window: Window, count: int) -> ColumnElement[Any]:
    """A column for story queries: the ids of the articles in the window worth most on any topic.

    The newest articles of a long story are reactions to it.
    """
    worth = (
        select(func.max(func.coalesce(article_topics.c.worth, 0.0)))
        .where(article_topics.c.article_id == articles.c.id)
        .correlate(articles)
        .scalar_subquery()
    )
    best = func.coalesce(worth, 0.0).desc()
    return _members(database, window, count, best).label("worthiest")


def _members(
    database: Database, window: Window, count: int, order: ColumnElement[Any]
) -> ScalarSelect[Any]:
    table = articles.c
    chosen = (
        select(table.id)
        .where(table.story_id == stories.c.id, within(table.published_at, window))
        .order_by(order, table.published_at.desc(), table.id)
        .limit(count)
        .correlate(stories)
        .subquery()
    )
    return select(database.listed(chosen.c.id)).scalar_subquery()


async def _topics(connection: AsyncConnection, ids: Sequence[str]) -> list[tuple[str, TopicScore]]:
    table = article_topics.c
    found = await connection.execute(
        select(table.article_id, table.topic, table.score, table.reasons, table.worth)
        .where(table.article_id.in_(ids))
        .order_by(table.score.desc(), table.topic)
    )
    return [
        (article_id, TopicScore(topic, score, tuple(reasons), worth))
        for article_id, topic, score, reasons, worth in found
    ]


def _article(row: RowMapping, topics: Sequence[TopicScore]) -> Article:
    plain = {
        **row,
        "date_precision": DatePrecision(row["date_precision"]),
        "kind": ArticleKind(row["kind"]),
    }
    return Article(**plain, topics=tuple(topics))


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    remaining = iter(ids)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
