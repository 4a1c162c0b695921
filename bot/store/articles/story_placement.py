"""The assignment of articles to stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Executable, Select, bindparam, case, func, select, update

from bot.models import StoryCandidate, Window
from bot.store.articles.rows import newest_members, within
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import articles, stories, story_keys
from bot.store.db.types import LONGEST_NAME, Json, storable

MEMBERS = 12
"""The number of newest articles of a candidate that are compared."""


@dataclass(frozen=True, slots=True)
class StoryPlacement:
    """The story of an article; a new story is created.

    `headline` None keeps the story's present one. `keys` are what later articles may share.
    """

    story_id: str
    headline: str | None = None
    keys: Sequence[str] = ()
    features: bytes = b""


class StoryPlacer:
    """Finds and joins stories inside the transaction of the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database
        new = database.insert(stories)
        first, last = stories.c.first_seen, stories.c.last_seen
        longer = {
            "first_seen": case(
                (new.excluded.first_seen < first, new.excluded.first_seen), else_=first
            ),
            "last_seen": case((new.excluded.last_seen > last, new.excluded.last_seen), else_=last),
        }
        self._joined = new.on_conflict_do_update(index_elements=["id"], set_=longer)
        self._renamed = new.on_conflict_do_update(
            index_elements=["id"], set_=longer | {"headline": new.excluded.headline}
        )
        self._keyed = _keyed(database)

    async def join(
        self, connection: AsyncConnection, placed: Sequence[tuple[StoryPlacement, datetime]]
    ) -> None:
        """Create the stories or extend them to these instants; store their keys."""
        rows = [(story.headline is None, _story_row(story, seen_at)) for story, seen_at in placed]
        kept = [row for keeps, row in rows if keeps]
        renamed = [row for keeps, row in rows if not keeps]
        keys = [_key_row(story, seen_at) for story, seen_at in placed if story.keys]
        keys.sort(key=lambda row: (row["story"], row["seen"]))
        for statement, some in (
            (self._renamed, renamed),
            (self._joined, kept),
            (self._keyed, keys),
        ):
            if some:
                await connection.execute(statement, some)

    async def refresh(self, connection: AsyncConnection, story_id: str) -> None:
        """Recompute first and last seen from the story's articles, if it has any."""
        members = articles.c.story_id == story_id
        first = select(func.min(articles.c.published_at)).where(members).scalar_subquery()
        last = select(func.max(articles.c.published_at)).where(members).scalar_subquery()
        seen = {
            "first_seen": func.coalesce(first, stories.c.first_seen),
            "last_seen": func.coalesce(last, stories.c.last_seen),
        }
        await connection.execute(update(stories).where(stories.c.id == story_id).values(seen))

    async def candidates(
        self,
        connection: AsyncConnection,
        wanted: Sequence[Sequence[str]],
        window: Window,
        *,
        per_key: int,
        limit: int,
    ) -> list[list[StoryCandidate]]:
        """For each set of keys, the stories that share the rarest and the most, best first."""
        asked = [[storable(key)[:LONGEST_NAME] for key in each] for each in wanted]
        keys = [key for each in asked for key in each]
        shared = await connection.execute(_holders(self._database, keys, window, per_key))
        held = {key: frozenset(story_ids or ()) for key, story_ids in shared}
        ids = [nearest({key: held[key] for key in each if key in held}, limit) for each in asked]
        every = sorted({story_id for each in ids for story_id in each})
        found = await self._candidates(connection, every, window)
        return [[found[one] for one in each if one in found] for each in ids]

    async def _candidates(
        self, connection: AsyncConnection, ids: Sequence[str], window: Window
    ) -> dict[str, StoryCandidate]:
        if not ids:
            return {}
        table = stories.c
        members = newest_members(self._database, window, MEMBERS)
        query = select(table.id, table.first_seen, table.last_seen, members)
        given = self._database.rows(ids)
        found = query.join_from(stories, given, table.id == given.c.value)
        rows = (await connection.execute(found)).all()
        features = await self._features(
            connection, [each for row in rows for each in row.members or ()]
        )
        return {
            story_id: StoryCandidate(story_id, first, last, tuple([features[x] for x in members]))
            for story_id, first, last, members in rows
            if members
        }

    async def _features(self, connection: AsyncConnection, ids: Sequence[str]) -> dict[str, bytes]:
        given = self._database.rows(ids)
        query = select(articles.c.id, articles.c.features)
        found = query.join_from(articles, given, articles.c.id == given.c.value)
        return {row.id: bytes(row.features) for row in await connection.execute(found)}


def nearest(held: Mapping[str, frozenset[str]], limit: int) -> list[str]:
    """Rank stories by the keys that they hold; a key counts less the more stories have it."""
    weights: dict[str, float] = defaultdict(float)
    for key in sorted(held):
        holders = held[key]
        weight = 1 / len(holders) if holders else 0.0
        for story_id in holders:
            weights[story_id] += weight
    by_name = sorted(weights)
    return sorted(by_name, key=weights.__getitem__, reverse=True)[:limit]


def _holders(database: Database, keys: Sequence[str], window: Window, per_key: int) -> Select[Any]:
    """Each key with its newest stories. A row stands for one day, so whole days are compared."""
    given = database.rows(list(dict.fromkeys(keys)))
    table = story_keys.c
    days = Window(_midnight(window.since), _midnight(window.until) + timedelta(days=1))
    newest = (
        select(table.story_id)
        .where(table.key == given.c.value, within(table.seen_at, days))
        .order_by(table.seen_at.desc())
        .limit(per_key)
        .correlate(given)
        .subquery("newest")
    )
    held = select(database.listed(newest.c.story_id)).scalar_subquery()
    return select(given.c.value, held)


def _keyed(database: Database) -> Executable:
    """Store the keys of one article in one statement: a row for each key, story and day."""
    given = database.rows_of(bindparam("keys", type_=Json))
    story, day, seen = (
        bindparam(name, type_=column.type)
        for name, column in (
            ("story", story_keys.c.story_id),
            ("day", story_keys.c.day),
            ("seen", story_keys.c.seen_at),
        )
    )
    rows = select(given.c.value, story, day, seen).where(given.c.value.is_not(None))
    new = database.insert(story_keys)
    return new.from_select(["key", "story_id", "day", "seen_at"], rows).on_conflict_do_update(
        index_elements=["key", "story_id", "day"],
        set_={"seen_at": new.excluded.seen_at},
        where=new.excluded.seen_at > story_keys.c.seen_at,
    )


def _key_row(story: StoryPlacement, seen_at: datetime) -> dict[str, Any]:
    """Keys in the same order in every process, to avoid deadlocks."""
    keys = sorted({storable(key)[:LONGEST_NAME] for key in story.keys})
    return {"keys": keys, "story": story.story_id, "day": _day(seen_at), "seen": seen_at}


def _story_row(story: StoryPlacement, seen_at: datetime) -> dict[str, Any]:
    headline = story.headline or ""
    return {
        "id": story.story_id,
        "headline": headline,
        "first_seen": seen_at,
        "last_seen": seen_at,
    }


def _midnight(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _day(instant: datetime) -> Any:
    return _midnight(instant).date()
