"""What channels watch for and follow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import RowMapping, delete, select, update

from bot.models import NewsFilter, Watch
from bot.store.chats.filter_values import filter_from, filter_values
from bot.store.db.engine import Database
from bot.store.db.schema import channels, watch_positions, watches

POSITION = "articles"

COLUMNS = [column for column in watches.columns if column.name != "wish"]


class Watches:
    """The stored watches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, channel_id: int, topics: Sequence[str], given: NewsFilter, now: datetime
    ) -> bool:
        """Watch for new stories; False if the channel does so already."""
        wish = json.dumps([sorted(topics), filter_values(given)], sort_keys=True)
        values = {"topics": list(topics), "filter": filter_values(given)}
        return await self._added(channel_id, wish, now, **values)

    async def follow(
        self,
        channel_id: int,
        story_id: str,
        headline: str,
        told: str,
        told_at: datetime,
        now: datetime,
    ) -> bool:
        """Follow a story of which the channel was told this; False if it does so already."""
        return await self._added(
            channel_id,
            f"story {story_id}",
            now,
            topics=[],
            story_id=story_id,
            headline=headline,
            told=told,
            told_at=told_at,
            looked_at=told_at,
        )

    async def of_channel(self, channel_id: int) -> list[Watch]:
        """The channel's watches, oldest first."""
        query = select(*COLUMNS).where(watches.c.channel_id == channel_id).order_by(watches.c.id)
        async with self._database.reading() as connection:
            return [watch_of(row) for row in (await connection.execute(query)).mappings()]

    async def all(self, *, follows: bool) -> list[Watch]:
        """The watches of all channels that are not disabled, or their follows, oldest first."""
        kind = watches.c.story_id.is_not(None) if follows else watches.c.story_id.is_(None)
        query = (
            select(*COLUMNS)
            .join(channels, channels.c.id == watches.c.channel_id)
            .where(kind, channels.c.disabled.is_(None))
            .order_by(watches.c.id)
        )
        async with self._database.reading() as connection:
            return [watch_of(row) for row in (await connection.execute(query)).mappings()]

    async def remove(self, channel_id: int, watch_ids: Sequence[int]) -> None:
        """End these watches of a channel."""
        mine = (watches.c.channel_id == channel_id) & watches.c.id.in_(watch_ids)
        async with self._database.writing() as connection:
            await connection.execute(delete(watches).where(mine))

    async def looked(self, watch_id: int, at: datetime) -> None:
        """Note that the articles of a followed story were looked at, up to that instant."""
        query = update(watches).where(watches.c.id == watch_id).values(looked_at=at)
        async with self._database.writing() as connection:
            await connection.execute(query)

    async def end_follows(self, before: datetime) -> None:
        """End the follows of stories of which nothing was told since then."""
        old = watches.c.story_id.is_not(None) & (watches.c.told_at < before)
        async with self._database.writing() as connection:
            await connection.execute(delete(watches).where(old))

    async def position(self) -> int | None:
        """The number of the last article that was compared with all watches."""
        query = select(watch_positions.c.number).where(watch_positions.c.name == POSITION)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def move_position(self, number: int) -> None:
        """Note that the articles up to this number were compared; never goes back."""
        new = self._database.insert(watch_positions).values(name=POSITION, number=number)
        later = new.on_conflict_do_update(
            index_elements=["name"],
            set_={"number": new.excluded.number},
            where=watch_positions.c.number < new.excluded.number,
        )
        async with self._database.writing() as connection:
            await connection.execute(later)

    async def _added(self, channel_id: int, wish: str, now: datetime, **values: object) -> bool:
        row = {"headline": "", "told": "", **values}
        query = self._database.insert(watches).values(
            channel_id=channel_id, wish=_hash(wish), created_at=now, **row
        )
        new = query.on_conflict_do_nothing(index_elements=["channel_id", "wish"])
        async with self._database.writing() as connection:
            added = await connection.execute(new.returning(watches.c.id))
            return added.first() is not None


def watch_of(row: RowMapping, prefix: str = "") -> Watch:
    """Return the watch of a row whose columns have this prefix."""
    values = {column.name: row[prefix + column.name] for column in COLUMNS}
    return Watch(
        **{
            **values,
            "topics": tuple(values["topics"]),
            "filter": filter_from(values["filter"]),
        }
    )


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
