"""How sources are asked: politely, and with what was learnt the last time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.refresh.hosts import HostTurns
from bot.sources.fetch import Fetched, Fetcher, host_of

FEED = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
)
PAGE = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks for feeds and pages, a host at a time; `pause` seconds lie between two pages of one."""

    fetcher: Fetcher
    pause: float = 1.0
    _hosts: HostTurns = field(default_factory=HostTurns)

    async def feed(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Ask for a feed, or a page that may name one; raises FetchError."""
        async with self._hosts.turn(host_of(url)):
            return await self.fetcher.fetch(
                url, etag=etag, last_modified=last_modified, accept=FEED
            )

    async def page(self, url: str, max_bytes: int) -> Fetched:
        """Ask for an article's page after a pause; raises FetchError."""
        async with self._hosts.turn(host_of(url)):
            await asyncio.sleep(self.pause)
            return await self.fetcher.fetch(url, accept=PAGE, max_bytes=max_bytes)
