"""Where an article belongs: the stories it may join, and its place in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import StoryCandidate, Window
from bot.store.engine import Database
from bot.store.loading import newest_members, within
from bot.store.schema import articles, stories, story_keys

MEMBERS = 12
"""Newest articles of a candidate that are compared."""


@dataclass(frozen=True, slots=True)
class StoryPlacement:
    """The story an article joins, made when it is new.

    `headline` None keeps the story's present one. `keys` are what later articles may share.
    """

    story_id: str
    headline: str | None = None
    keys: Sequence[str] = ()
    features: bytes = b""


class Placing:
    """Finds stories to join, and joins them; works inside the transactions of others."""

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
        keys = database.insert(story_keys)
        self._keyed = keys.on_conflict_do_update(
            index_elements=["key", "story_id", "day"],
            set_={"seen_at": keys.excluded.seen_at},
            where=keys.excluded.seen_at > story_keys.c.seen_at,
        )

    async def join(
        self, connection: AsyncConnection, story: StoryPlacement, seen_at: datetime
    ) -> None:
        """Make the story, or let it reach to this instant; remember its keys."""
        row = {
            "id": story.story_id,
            "headline": story.headline or "",
            "first_seen": seen_at,
            "last_seen": seen_at,
        }
        await connection.execute(self._joined if story.headline is None else self._renamed, row)
        keys = [
            {"key": key, "story_id": story.story_id, "day": _day(seen_at), "seen_at": seen_at}
            for key in sorted(set(story.keys))
        ]
        if keys:
            await connection.execute(self._keyed, keys)

    async def refresh(self, connection: AsyncConnection, story_id: str) -> None:
        """Set anew when the story was seen, from the articles it has, if it has any."""
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
        keys: Sequence[str],
        window: Window,
        *,
        per_key: int,
        limit: int,
    ) -> list[StoryCandidate]:
        """The stories that share the rarest and the most keys, best first."""
        shared = await connection.execute(_holders(self._database, keys, window, per_key))
        ids = nearest(((row[0], story_id) for row in shared for story_id in row[1] or ()), limit)
        if not ids:
            return []
        found = await self._candidates(connection, ids, window)
        return [found[each] for each in ids if each in found]

    async def _candidates(
        self, connection: AsyncConnection, ids: Sequence[str], window: Window
    ) -> dict[str, StoryCandidate]:
        table = stories.c
        members = newest_members(self._database, window, MEMBERS)
        query = select(table.id, table.first_seen, table.last_seen, members)
        rows = (await connection.execute(query.where(table.id.in_(ids)))).all()
        features = await _features(connection, [each for row in rows for each in row.members or ()])
        return {
            row.id: StoryCandidate(
                row.id, row.first_seen, row.last_seen, tuple(features[each] for each in row.members)
            )
            for row in rows
            if row.members
        }


def nearest(shared: Iterable[tuple[str, str]], limit: int) -> list[str]:
    """Stories by the keys that they share, a key counting the less the more stories have it."""
    pairs = set(shared)
    holders = Counter(key for key, _ in pairs)
    weights: dict[str, float] = defaultdict(float)
    for key, story_id in sorted(pairs):
        weights[story_id] += 1 / holders[key]
    return sorted(weights, key=lambda each: (-weights[each], each))[:limit]


def _holders(database: Database, keys: Sequence[str], window: Window, per_key: int) -> Select[Any]:
    """Each key with the stories that had it last. A row stands for a day: whole days count."""
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


async def _features(connection: AsyncConnection, ids: Sequence[str]) -> dict[str, bytes]:
    rows = await connection.execute(
        select(articles.c.id, articles.c.features).where(articles.c.id.in_(ids))
    )
    return {row.id: bytes(row.features) for row in rows}


def _midnight(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _day(instant: datetime) -> Any:
    return _midnight(instant).date()
