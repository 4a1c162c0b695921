"""Where an article belongs: the stories it may join, and its place in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import StoryCandidate, Window
from bot.store.engine import Database
from bot.store.loading import within
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


async def find_candidates(
    connection: AsyncConnection, keys: Sequence[str], window: Window, per_key: int, limit: int
) -> list[StoryCandidate]:
    """The stories that share the rarest and the most keys, best first."""
    if not keys:
        return []
    newest = [_newest_of_key(key, window, per_key) for key in dict.fromkeys(keys)]
    rows = (await connection.execute(union_all(*newest))).all()
    ids = nearest(((key, story_id) for key, story_id in rows), limit)
    if not ids:
        return []
    features = await _features(connection, ids, window)
    seen = await connection.execute(
        select(stories.c.id, stories.c.first_seen, stories.c.last_seen).where(stories.c.id.in_(ids))
    )
    spans = {story_id: (first, last) for story_id, first, last in seen}
    return [StoryCandidate(each, *spans[each], features[each]) for each in ids if each in features]


def nearest(shared: Iterable[tuple[str, str]], limit: int) -> list[str]:
    """Stories by the keys that they share, a key counting the less the more stories have it."""
    pairs = set(shared)
    holders = Counter(key for key, _ in pairs)
    weights: dict[str, float] = defaultdict(float)
    for key, story_id in sorted(pairs):
        weights[story_id] += 1 / holders[key]
    return sorted(weights, key=lambda each: (-weights[each], each))[:limit]


async def begin_story(
    database: Database, connection: AsyncConnection, story: StoryPlacement, seen_at: datetime
) -> None:
    """Make the story where it is new, and give it the headline where there is one."""
    new = database.insert(stories).values(
        id=story.story_id, headline=story.headline or "", first_seen=seen_at, last_seen=seen_at
    )
    if story.headline is None:
        await connection.execute(new.on_conflict_do_nothing())
        return
    changes = {"headline": story.headline}
    await connection.execute(new.on_conflict_do_update(index_elements=["id"], set_=changes))


async def note_keys(
    database: Database, connection: AsyncConnection, story: StoryPlacement, seen_at: datetime
) -> None:
    """Remember the newest instant of each key, story and day."""
    rows = [
        {
            "key": key,
            "story_id": story.story_id,
            "day": _midnight(seen_at).date(),
            "seen_at": seen_at,
        }
        for key in sorted(set(story.keys))
    ]
    if not rows:
        return
    new = database.insert(story_keys)
    await connection.execute(
        new.on_conflict_do_update(
            index_elements=["key", "story_id", "day"],
            set_={"seen_at": new.excluded.seen_at},
            where=new.excluded.seen_at > story_keys.c.seen_at,
        ),
        rows,
    )


async def refresh_story(connection: AsyncConnection, story_id: str) -> None:
    """Set when the story was first and last seen from the articles it has, if it has any."""
    members = articles.c.story_id == story_id
    first = select(func.min(articles.c.published_at)).where(members).scalar_subquery()
    last = select(func.max(articles.c.published_at)).where(members).scalar_subquery()
    await connection.execute(
        update(stories)
        .where(stories.c.id == story_id)
        .values(
            first_seen=func.coalesce(first, stories.c.first_seen),
            last_seen=func.coalesce(last, stories.c.last_seen),
        )
    )


def newest_members(
    story_id: str, window: Window, count: int, *columns: ColumnElement[Any]
) -> Select[Any]:
    """The newest articles of one story in the window; to be united with those of others."""
    table = articles.c
    newest = (
        select(table.story_id, *columns)
        .where(table.story_id == story_id, within(table.published_at, window))
        .order_by(table.published_at.desc())
        .limit(count)
        .subquery()
    )
    return select(newest)


def _newest_of_key(key: str, window: Window, count: int) -> Select[Any]:
    """A row stands for a day, so the window is widened to whole days."""
    table = story_keys.c
    days = Window(_midnight(window.since), _midnight(window.until) + timedelta(days=1))
    newest = (
        select(table.key, table.story_id)
        .where(table.key == key, within(table.seen_at, days))
        .order_by(table.seen_at.desc())
        .limit(count)
        .subquery()
    )
    return select(newest.c.key, newest.c.story_id)


def _midnight(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


async def _features(
    connection: AsyncConnection, ids: Sequence[str], window: Window
) -> dict[str, tuple[bytes, ...]]:
    members = (newest_members(each, window, MEMBERS, articles.c.features) for each in ids)
    found: dict[str, list[bytes]] = defaultdict(list)
    for story_id, features in await connection.execute(union_all(*members)):
        found[story_id].append(bytes(features))
    return {story_id: tuple(each) for story_id, each in found.items()}
