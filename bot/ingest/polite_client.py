"""Polite HTTP requests: one at a time for each host, conditional, within a memory budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.ingest.body_budget import BodyBudget
from bot.ingest.host_locks import HostLocks
from bot.sources.http.client import Fetched, Fetcher

FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
)
PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class PoliteClient:
    """Fetches feeds and pages, one request at a time for each host, `pause` seconds between pages.

    An answer takes memory while its block lasts: read it there and start no other request.
    """

    fetcher: Fetcher
    pause: float = 1.0
    room: BodyBudget = field(default_factory=BodyBudget)
    _hosts: HostLocks = field(default_factory=HostLocks)

    @asynccontextmanager
    async def feed(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> AsyncIterator[Fetched]:
        """Fetch a feed, or a page that may link to one; raises FetchError or LeftForLater."""
        async with self.room.share() as share:
            async with share.arriving():
                fetched = await self.fetcher.fetch(
                    url,
                    etag=etag,
                    last_modified=last_modified,
                    accept=FEED,
                    turn=self._hosts.lock,
                    room=share.grow,
                )
            yield fetched

    @asynccontextmanager
    async def page(self, url: str, max_bytes: int) -> AsyncIterator[Fetched]:
        """Fetch an article's page after a pause; raises FetchError or LeftForLater."""
        async with self.room.share() as share:
            async with share.arriving():
                fetched = await self.fetcher.fetch(
                    url, accept=PAGE, max_bytes=max_bytes, turn=self._after_pause, room=share.grow
                )
            yield fetched

    @asynccontextmanager
    async def _after_pause(self, host: str) -> AsyncIterator[None]:
        async with self._hosts.lock(host):
            await asyncio.sleep(self.pause)
            yield
