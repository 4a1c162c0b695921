"""The stories that each channel was told, so that digests do not repeat them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_, select

from bot.models import Briefing, Told
from bot.store.articles.rows import AT_ONCE
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import told

MOST_TEXT = 2_000
"""Characters that are remembered of what a channel was told of a story: some twenty statements."""


class ToldStories:
    """What each channel was told about each story of late."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, channel_id: int, news: Sequence[Told]) -> None:
        """Add texts to those of their stories; `by_digest` stays true once set."""
        async with self._database.writing() as connection:
            await keep(self._database, connection, channel_id, news)

    async def of_channel(self, channel_id: int, story_ids: Sequence[str]) -> dict[str, Told]:
        """Return what the channel was told about these stories; unknown ones are left out."""
        found: dict[str, Told] = {}
        columns = (told.c.story_id, told.c.text, told.c.at, told.c.by_digest)
        mine = select(*columns).where(told.c.channel_id == channel_id, told.c.by_digest)
        async with self._database.reading() as connection:
            for start in range(0, len(story_ids), AT_ONCE):
                some = told.c.story_id.in_(story_ids[start : start + AT_ONCE])
                rows = await connection.execute(mine.where(some))
                found |= {row.story_id: Told(*row) for row in rows}
        return found


def news_of(briefing: Briefing, *, by_digest: bool) -> list[Told]:
    """Return what a briefing tells, one entry per story."""
    texts = defaultdict[str, dict[str, None]](dict)
    for bullet in briefing.bullets:
        texts[bullet.story_id][bullet.text] = None
    at = briefing.created_at
    return [Told(story, "\n".join(said), at, by_digest) for story, said in texts.items()]


async def keep(
    database: Database, connection: AsyncConnection, channel_id: int, news: Sequence[Told]
) -> None:
    """Store what a channel was told, in the caller's transaction."""
    rows = [
        {
            "channel_id": channel_id,
            "story_id": each.story_id,
            "text": each.text,
            "at": each.at,
            "by_digest": each.by_digest,
        }
        for each in sorted(news, key=lambda each: (each.story_id, each.at))
    ]
    if not rows:
        return
    new = database.insert(told)
    later = new.excluded.at >= told.c.at
    added, kept = new.excluded.text, told.c.text
    latest = {
        "text": case((later, _joined(added, kept)), else_=_joined(kept, added)),
        "at": case((later, new.excluded.at), else_=told.c.at),
        "by_digest": or_(told.c.by_digest, new.excluded.by_digest),
    }
    query = new.on_conflict_do_update(index_elements=["channel_id", "story_id"], set_=latest)
    await connection.execute(query, rows)


def _joined(first: ColumnElement[str], then: ColumnElement[str]) -> ColumnElement[str]:
    """One text before another, which is told once and cut where both are too long."""
    return func.substr(func.rtrim(first + "\n" + func.replace(then, first, ""), "\n"), 1, MOST_TEXT)
