"""The topics defined by channels."""

from __future__ import annotations

from sqlalchemy import RowMapping, delete, select

from bot.models import Topic
from bot.store.db.engine import Database
from bot.store.db.schema import channel_topics


class Topics:
    """The stored topics of channels; built-in topics are not stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, topic: Topic) -> None:
        """Store a channel's own topic; one of the same name is replaced."""
        values = {
            "title": topic.title,
            "description": topic.description,
            "terms": topic.terms,
            "exclusions": list(topic.exclusions),
        }
        async with self._database.writing() as connection:
            await connection.execute(
                self._database.insert(channel_topics)
                .values(channel_id=topic.channel_id, name=topic.name, **values)
                .on_conflict_do_update(index_elements=["channel_id", "name"], set_=values)
            )

    async def of_channel(self, channel_id: int) -> list[Topic]:
        """Return the channel's own topics, by name."""
        table = channel_topics
        query = select(table).where(table.c.channel_id == channel_id).order_by(table.c.name)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings()
            return [topic_of(row) for row in rows]

    async def remove(self, channel_id: int, name: str) -> bool:
        """Remove the topic; false if there is none with that name."""
        table = channel_topics.c
        query = delete(channel_topics).where(table.channel_id == channel_id, table.name == name)
        async with self._database.writing() as connection:
            removed = await connection.execute(query.returning(table.name))
            return removed.first() is not None


def topic_of(row: RowMapping) -> Topic:
    return Topic(**{**row, "exclusions": tuple(row["exclusions"])})
