"""All that keeps the articles coming, put together: what asks, what reads, what refreshes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.ingest.polite_client import Asking
from bot.ingest.poll import Looking
from bot.ingest.poller import Refresher, Report, Tell
from bot.ingest.source_admin import Desk
from bot.ingest.worker.pool import Workshop
from bot.sources.http.client import Fetcher
from bot.store import Store

PAGE_PAUSE = 1.0
"""Seconds between two pages that are asked of one host."""


class Newsroom:
    """A context manager; nothing is connected or started before it is needed."""

    def __init__(
        self,
        store: Store,
        database_url: str,
        clock: Callable[[], datetime],
        fetcher: Fetcher,
        *,
        max_article_bytes: int = 2_000_000,
        page_pause: float = PAGE_PAUSE,
    ) -> None:
        self._store = store
        self._clock = clock
        self._fetcher = fetcher
        self.workshop = Workshop(database_url)
        asking = Asking(fetcher, page_pause)
        self._looking = Looking(store, asking, self.workshop, max_article_bytes)
        self.desk = Desk(store, asking, self.workshop, self._looking, clock)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._fetcher)
        await self._stack.enter_async_context(self.workshop)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def refresher(
        self, *, tell: Tell | None = None, progress: Callable[[Report], None] | None = None
    ) -> Refresher:
        """What looks at the sources that are due."""
        return Refresher(self._store, self._looking, self._clock, tell=tell, progress=progress)
