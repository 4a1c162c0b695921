"""Deletes what is old; what was told or cited stays.

- digests with their messages, once they are final;
- briefings, except those of digests that stay and the latest of each channel;
- articles, except those that a stored briefing cites or whose story a channel was told;
- stories without articles, except those that a channel was told;
- raw answers of language models, those in briefings too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy import text as sql

from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import answers, articles, briefings, digests, stories, told
from bot.store.delivery.claims import OPEN

BATCH = 500
"""Rows deleted in one transaction, so that nobody waits long for the database."""

_WITH_ANSWER = '%"answer": "_%'
"""Matches the text of a briefing that holds the answer of a model."""

_MERGE_WORDS = "INSERT INTO article_index (article_index) VALUES ('optimize')"
"""https://www.sqlite.org/fts5.html#the_optimize_command"""

_CITED = {
    True: "SELECT DISTINCT t.atom FROM briefings, json_tree(briefings.body) AS t "
    "WHERE t.key = 'article_id' AND briefings.created_at >= :since",
    False: "SELECT DISTINCT c.id #>> '{}' FROM briefings, jsonb_path_query(briefings.body::jsonb, "
    "'$.**.article_id') AS c(id) "
    "WHERE briefings.created_at >= :since",
}


@dataclass(frozen=True, slots=True)
class Ages:
    """How long each kind of row is kept; None for ever."""

    articles: timedelta | None = None
    briefings: timedelta | None = None
    digests: timedelta | None = None
    answers: timedelta | None = None

    @property
    def any(self) -> bool:
        """Whether anything is to be deleted."""
        return any(getattr(self, each.name) is not None for each in fields(self))


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many rows of each kind were, or would be, deleted; `kept` are old articles that stay."""

    articles: int = 0
    stories: int = 0
    briefings: int = 0
    digests: int = 0
    answers: int = 0
    kept: int = 0


class Retention:
    """Deletes in small transactions; safe while the bot runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prune(self, ages: Ages, now: datetime, *, dry_run: bool = False) -> Pruned:
        """Delete what is older than its age; with `dry_run` only count it."""
        digests_gone = await self._old(digests, _old_digests(ages, now), dry_run)
        briefings_gone = await self._old(briefings, _old_briefings(ages, now), dry_run)
        answers_gone = await self._old(answers, _old_answers(ages, now), dry_run)
        if ages.answers is not None and not dry_run:
            await self._strip_answers(now - ages.answers)
        articles_gone, kept = await self._old_articles(ages, now, dry_run)
        stories_gone = 0
        if ages.articles is not None and not dry_run:
            stories_gone = await self._old(stories, _without_articles(now - ages.articles), dry_run)
        return Pruned(articles_gone, stories_gone, briefings_gone, digests_gone, answers_gone, kept)

    async def shrink(self) -> None:
        """Give freed space back to the file system; raises StoreError if others use the file.

        SQLite's index of words only notes what was deleted, until its parts are merged.
        """
        if self._database.file:
            async with self._database.writing() as connection:
                await connection.execute(sql(_MERGE_WORDS))
        await self._database.vacuum()

    async def _old(self, table: Table, old: ColumnElement[bool] | None, dry_run: bool) -> int:
        """Delete or count the rows of a table that are old."""
        if old is None:
            return 0
        if dry_run:
            async with self._database.reading() as connection:
                count = select(func.count()).select_from(table).where(old)
                return int((await connection.execute(count)).scalar_one())
        (key,) = table.primary_key.columns
        deleted = 0
        while True:
            async with self._database.writing(durable=False) as connection:
                ids = (
                    (await connection.execute(select(key).where(old).limit(BATCH))).scalars().all()
                )
                await connection.execute(delete(table).where(key.in_(ids)))
            deleted += len(ids)
            if len(ids) < BATCH:
                return deleted

    async def _old_articles(self, ages: Ages, now: datetime, dry_run: bool) -> tuple[int, int]:
        """Delete or count old articles; returns how many, and how many old ones stay."""
        if ages.articles is None:
            return 0, 0
        before = now - ages.articles
        async with self._database.reading() as connection:
            cited = await self._cited(connection, datetime.min.replace(tzinfo=now.tzinfo))
            old = (await connection.execute(_old_ids(before))).scalars().all()
            total = select(func.count()).where(articles.c.fetched_at < before)
            seen = int((await connection.execute(total)).scalar_one())
        gone = [each for each in old if each not in cited]
        if dry_run:
            return len(gone), seen - len(gone)
        deleted = 0
        for some in _batches(gone):
            async with self._database.writing(durable=False) as connection:
                late = await self._cited(connection, now)
                ids = [each for each in some if each not in late]
                query = delete(articles).where(articles.c.id.in_(ids), ~_told(articles.c.story_id))
                deleted += (await connection.execute(query)).rowcount
        return deleted, seen - deleted

    async def _strip_answers(self, before: datetime) -> None:
        """Take the raw answers out of briefings made before then."""
        body = type_coerce(briefings.c.body, Text)
        old = and_(briefings.c.created_at < before, body.like(_WITH_ANSWER))
        query = select(briefings.c.id, briefings.c.body).where(old).order_by(briefings.c.id)
        last = ""
        while True:
            async with self._database.writing(durable=False) as connection:
                some = query.where(briefings.c.id > last).limit(BATCH)
                rows = (await connection.execute(some)).all()
                for row in rows:
                    calls = [call | {"answer": ""} for call in row.body.get("calls", ())]
                    stripped = update(briefings).where(briefings.c.id == row.id)
                    await connection.execute(stripped.values(body=row.body | {"calls": calls}))
            if len(rows) < BATCH:
                return
            last = rows[-1].id

    async def _cited(self, connection: AsyncConnection, since: datetime) -> set[str]:
        """The articles that briefings cite which were made since then."""
        given = since.replace(tzinfo=None).isoformat(" ") if self._database.sqlite else since
        query = sql(_CITED[self._database.sqlite])
        return set((await connection.execute(query, {"since": given})).scalars())


def _old_digests(ages: Ages, now: datetime) -> ColumnElement[bool] | None:
    if ages.digests is None:
        return None
    ended = func.coalesce(digests.c.finished_at, digests.c.due_at)
    return and_(digests.c.state.not_in(OPEN), ended < now - ages.digests)


def _old_briefings(ages: Ages, now: datetime) -> ColumnElement[bool] | None:
    if ages.briefings is None:
        return None
    newer = briefings.alias("newer")
    of_channel = newer.c.channel_id == briefings.c.channel_id
    followed = exists().where(of_channel, newer.c.created_at > briefings.c.created_at)
    old_digest = _old_digests(ages, now)
    stays = not_(old_digest) if old_digest is not None else digests.c.id.is_not(None)
    used = exists().where(digests.c.briefing_id == briefings.c.id, stays)
    unneeded = or_(briefings.c.channel_id.is_(None), followed)
    return and_(briefings.c.created_at < now - ages.briefings, unneeded, ~used)


def _old_answers(ages: Ages, now: datetime) -> ColumnElement[bool] | None:
    return None if ages.answers is None else answers.c.asked_at < now - ages.answers


def _old_ids(before: datetime) -> Select[Any]:
    """Articles stored before then whose story no channel was told."""
    table = articles.c
    return select(table.id).where(table.fetched_at < before, ~_told(table.story_id))


def _without_articles(before: datetime) -> ColumnElement[bool]:
    used = exists().where(articles.c.story_id == stories.c.id)
    return and_(stories.c.last_seen < before, ~used, ~_told(stories.c.id))


def _told(story_id: Any) -> ColumnElement[bool]:
    return exists().where(told.c.story_id == story_id)


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
