"""Convert article rows to articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Article, ArticleKind, DatePrecision, TopicScore, Window
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
    table = articles.c
    newest = (
        select(table.id)
        .where(table.story_id == stories.c.id, within(table.published_at, window))
        .order_by(table.published_at.desc())
        .limit(count)
        .correlate(stories)
        .subquery("newest")
    )
    return select(database.listed(newest.c.id)).scalar_subquery().label("members")


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
