"""The ingestion service: HTTP client, worker pool, polling and administration of sources."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from types import TracebackType
from typing import Self

from bot.ingest.polite_client import PoliteClient
from bot.ingest.poll import SourcePoll
from bot.ingest.poller import Notify, Poller, Report
from bot.ingest.source_admin import SourceAdmin
from bot.ingest.worker.pool import WorkerPool
from bot.sources.http.client import Fetcher
from bot.store import Store

PAGE_PAUSE = 1.0
"""Seconds between two page requests to one host."""


class IngestService:
    """A context manager; connections and processes are opened on first use."""

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
        self.worker_pool = WorkerPool(database_url)
        client = PoliteClient(fetcher, page_pause)
        self._source_poll = SourcePoll(store, client, self.worker_pool, max_article_bytes)
        self.admin = SourceAdmin(store, client, self.worker_pool, self._source_poll, clock)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._fetcher)
        await self._stack.enter_async_context(self.worker_pool)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def poller(
        self,
        *,
        notify: Notify | None = None,
        progress: Callable[[Report], None] | None = None,
        heartbeat: Callable[[], None] | None = None,
    ) -> Poller:
        """A poller of due sources."""
        return Poller(
            self._store,
            self._source_poll,
            self._clock,
            notify=notify,
            progress=progress,
            heartbeat=heartbeat,
        )
