"""Sources on a fake web with chosen behaviours, and the parts that poll them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace

import pytest

from bot.ingest.pipeline import IngestPipeline
from bot.ingest.polite_client import PoliteClient
from bot.ingest.poll import SourcePoll
from bot.ingest.poller import Poller, Report
from bot.ingest.schedule import SourceNotice
from bot.ingest.source_admin import SourceAdmin
from bot.models import Article, FetchState, Source, SourceKind, Window
from bot.sources.http.client import Fetcher, FetchLimits
from bot.store import Store
from config.proxies import Proxies
from tests.fakes.proxies import route_to
from tests.fakes.web import LOOPBACK, Behaviour, FakeWeb, fake_web
from tests.fakes.worker_pool import LocalWorkerPool
from tests.support.clock import Clock
from tests.support.scorer import built_in_scorer

LIMITS = FetchLimits(total_seconds=600.0, connect_seconds=60.0, max_bytes=16_000_000)
"""On a busy machine no honest answer is too late."""


@dataclass
class Room:
    """All parts between the web and the store; the worker runs in this process."""

    store: Store
    web: FakeWeb
    clock: Clock
    fetcher: Fetcher
    proxies: Proxies = field(default_factory=Proxies)
    told: list[SourceNotice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = PoliteClient(self.fetcher, pause=0)
        self.worker_pool = LocalWorkerPool(IngestPipeline(self.store, built_in_scorer()))
        self.source_poll = SourcePoll(self.store, self.client, self.worker_pool, 2_000_000)
        self.admin = SourceAdmin(
            self.store, self.client, self.worker_pool, self.source_poll, self.clock
        )

    async def tell(self, notice: SourceNotice) -> None:
        self.told.append(notice)

    def poller(self, progress: Callable[[Report], None] | None = None) -> Poller:
        return Poller(self.store, self.source_poll, self.clock, notify=self.tell, progress=progress)

    async def refresh(self) -> Report:
        return await self.poller().poll_due()

    async def add(
        self,
        behaviour: Behaviour,
        name: str = "Wire",
        *,
        kind: SourceKind = SourceKind.FEED,
        path: str | None = None,
        category: str | None = None,
    ) -> Source:
        """Add a source that is due now and has this behaviour."""
        url = self.web.on(path or f"/{name.lower()}", behaviour)
        due = FetchState(next_at=self.clock())
        host = f"{name.lower()}.example"
        added = await self.store.sources.add(Source(name, kind, url, host, category, 1.0, due))
        assert added is not None
        return added

    async def again(self, name: str = "Wire", **later: float) -> Source:
        """Let time pass, poll again, and return the source."""
        self.clock.forward(**(later or {"days": 2}))
        await self.store.sources.hasten(name, self.clock())
        await self.refresh()
        return await self.source(name)

    async def source(self, name: str = "Wire") -> Source:
        found = await self.store.sources.find(name)
        assert found is not None
        return found

    async def articles(self) -> Sequence[Article]:
        """All articles, dated or not, by title."""
        ever = Window(self.clock().replace(year=1990), self.clock().replace(year=2100))
        found = await self.store.articles.in_window(ever, limit=10_000)
        undated = await self.store.articles.undated(limit=10_000)
        return sorted([*found, *undated], key=lambda article: article.title)

    async def titles(self) -> list[str]:
        return [article.title for article in await self.articles()]


@pytest.fixture
async def room(sqlite_store: Store, request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    """A room; the parameter, one of ROUTES, is the way to its web."""
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(fake_web())
        way = getattr(request, "param", "direct")
        proxies = (await stack.enter_async_context(route_to(web.port, way))).proxies
        fetcher = Fetcher(LIMITS, allowed_networks=LOOPBACK, proxies=proxies)
        await stack.enter_async_context(fetcher)
        yield Room(sqlite_store, web, Clock(), fetcher, proxies)


@pytest.fixture
async def hurried(room: Room) -> AsyncIterator[Room]:
    """The same room with a time limit of three seconds for a source."""
    limits = replace(LIMITS, total_seconds=3.0)
    async with Fetcher(limits, allowed_networks=LOOPBACK, proxies=room.proxies) as fetcher:
        yield Room(room.store, room.web, room.clock, fetcher, room.proxies)
