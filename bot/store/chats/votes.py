"""What the readers of a channel want more and less of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.db.engine import Database
from bot.store.db.schema import votes

COUNTED = 500
"""Votes that count: the latest of a channel."""

Sums = dict[str, int]


class Votes:
    """The votes of people on stories; the latest of each person on a story counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        channel_id: int,
        person: str,
        story_id: str,
        vote: int,
        *,
        sources: Sequence[str],
        words: Sequence[str],
        now: datetime,
    ) -> None:
        """Store a vote, 1 or -1, with the sources and words of the story."""
        row = {"vote": vote, "sources": list(sources), "words": list(words), "at": now}
        query = self._database.insert(votes).values(
            channel_id=channel_id, person=person, story_id=story_id, **row
        )
        keys = ["channel_id", "person", "story_id"]
        async with self._database.writing() as connection:
            await connection.execute(query.on_conflict_do_update(index_elements=keys, set_=row))

    async def sums(self, channel_id: int) -> tuple[Sums, Sums]:
        """Return the sums of votes by source and by word; those that cancel out are left out."""
        query = (
            select(votes.c.vote, votes.c.sources, votes.c.words)
            .where(votes.c.channel_id == channel_id)
            .order_by(votes.c.at.desc())
            .limit(COUNTED)
        )
        sources, words = Counter[str](), Counter[str]()
        async with self._database.reading() as connection:
            for vote, named, about in await connection.execute(query):
                sources.update(dict.fromkeys(named, vote))
                words.update(dict.fromkeys(about, vote))
        return _decided(sources), _decided(words)

    async def reset(self, channel_id: int) -> int:
        """Delete the votes of a channel; returns how many there were."""
        query = delete(votes).where(votes.c.channel_id == channel_id).returning(votes.c.story_id)
        async with self._database.writing() as connection:
            return len((await connection.execute(query)).all())


def _decided(sums: Counter[str]) -> Sums:
    return {name: votes for name, votes in sorted(sums.items()) if votes}
