"""The links that open pages, kept as fingerprints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from bot.page_links import fingerprint
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.reader_tables import page_links


@dataclass(frozen=True, slots=True)
class PageScope:
    """What a link opens: one briefing of a channel, or without one the channel's archive."""

    channel_id: int
    briefing_id: str | None


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How many digests of a channel can be opened, and since when its archive can, if it can."""

    digests: int
    archive_since: datetime | None


class PageLinks:
    """The stored links. A digest's is stored with its briefing: see `Briefings.add`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, token: str, since: datetime) -> PageScope | None:
        """What a token opens; None if its link was ended, or is older than `since`."""
        table = page_links.c
        query = select(table.channel_id, table.briefing_id).where(
            table.fingerprint == fingerprint(token), table.created_at >= since
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).first()
            return None if found is None else PageScope(*found)

    async def open_archive(self, channel_id: int, token: str, now: datetime) -> None:
        """Let one more token open the archive of a channel."""
        async with self._database.writing() as connection:
            await _open_archive(connection, channel_id, token, now)

    async def renew(self, channel_id: int, token: str, now: datetime) -> None:
        """End every link of a channel, and let `token` open its archive."""
        mine = page_links.c.channel_id == channel_id
        async with self._database.writing() as connection:
            await connection.execute(delete(page_links).where(mine))
            await _open_archive(connection, channel_id, token, now)

    async def end(self, channel_id: int) -> int:
        """End every link of a channel; returns how many there were."""
        query = delete(page_links).where(page_links.c.channel_id == channel_id)
        async with self._database.writing() as connection:
            ended = await connection.execute(query.returning(page_links.c.fingerprint))
            return len(ended.all())

    async def counts(self, since: datetime) -> dict[int, LinkCount]:
        """How many links of each channel, by its id, are not older than `since`."""
        table = page_links.c
        archive = func.max(table.created_at).filter(table.briefing_id.is_(None))
        query = (
            select(table.channel_id, func.count(table.briefing_id), archive)
            .where(table.created_at >= since)
            .group_by(table.channel_id)
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query)
            return {channel: LinkCount(digests, newest) for channel, digests, newest in rows}


async def _open_archive(
    connection: AsyncConnection, channel_id: int, token: str, now: datetime
) -> None:
    row = {"fingerprint": fingerprint(token), "channel_id": channel_id, "created_at": now}
    await connection.execute(insert(page_links).values(**row))
