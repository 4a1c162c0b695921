"""Feeds into the store: a first pass, an unchanged second one, and `/brief` at the same time.

BENCH_FEEDS feeds (1000) of BENCH_ITEMS items (30), each on a host of its own, served by another
process. The peer is a plain loop that asks one feed after the other with httpx, reads it with
feedparser and stores each item, scored and in its story, with `IngestPipeline.add` in a database of
the same schema; its second pass asks again with what the server said (ETag). Memory is what all
processes of the bot hold at most, each with all that it shares (RSS), sampled every 50 ms; beside
it stands what the main process and its helpers held at that moment, and what all held if a page
that several processes share counts once (PSS). With JSONL files as arguments, the first 1,000
articles of each are stored instead (`long_articles.py`).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from calendar import timegm
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import Row
from benchmarks.speed.feed_server import address
from benchmarks.speed.memory import family, proportional, resident
from bot.cli.context import ingest_for, services_for
from bot.memory import share_between_threads
from bot.models import (
    Address,
    Command,
    FetchState,
    ParsedArticle,
    Platform,
    Source,
    SourceKind,
    User,
)
from bot.store import Store
from config.settings import load_settings
from handlers import dispatch
from handlers.services import Services

if TYPE_CHECKING:  # the plain loop alone needs it, and its memory is not the bot's
    from bot.ingest.pipeline import IngestPipeline

OURS, PEER = "briefbot", "plain loop"
TERMINAL = Address(Platform.TERMINAL, "", "benchmark")
ALLOWED = {"BRIEFBOT_ALLOWED_NETWORKS": "127.0.0.0/8"}
_BETWEEN_BRIEFS, _BRIEFS, _SAMPLED = 0.2, 30, 0.05


@dataclass
class Web:
    """The process of the feed server, and its port."""

    process: subprocess.Popen[str]
    port: int
    feeds: int

    def url(self, feed: int) -> str:
        return f"http://{address(feed)}:{self.port}/feed"

    def publish(self) -> None:
        """Replace all items by new ones."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.process.stdout.readline()


@dataclass
class Passes:
    """Seconds of each pass, articles stored, and peak memory in MB."""

    first: float = 0.0
    second: float = 0.0
    articles: int = 0
    memory: float = 0.0
    of_main: float = 0.0
    shared_once: float = 0.0
    at_rest: float = 0.0
    meanwhile: list[float] = field(default_factory=list)


def run(files: list[Path]) -> list[Row]:
    """Measure the product and then the plain loop, on feeds or on the articles of given files."""
    if files:
        from benchmarks.speed.long_articles import rows_of

        return [row for file in files for row in rows_of(file)]
    feeds = int(os.environ.get("BENCH_FEEDS", "1000"))
    items = int(os.environ.get("BENCH_ITEMS", "30"))
    share_between_threads()  # as the command line does
    with _serving(feeds, items) as web:
        print("briefbot ...", file=sys.stderr, flush=True)
        ours = asyncio.run(_in_a_store(web, _refreshing))
        print("the plain loop ...", file=sys.stderr, flush=True)
        peer = asyncio.run(_in_a_store(web, _plain))
    data = f"{feeds} feeds of {items} items"
    return [_row(data, OURS, ours, peer), _row(data, PEER, peer, peer)]


def _row(data: str, name: str, found: Passes, peer: Passes) -> Row:
    figures = {
        "articles": float(found.articles),
        "first, s": found.first,
        "second, s": found.second,
        "times faster": peer.first / found.first,
        "second/first": found.second / found.first,
    }
    if found.memory:
        helpers = found.memory - found.of_main
        figures |= {"MB": found.memory, "MB main": found.of_main, "MB helpers": helpers}
        figures["MB shared once"] = found.shared_once
    if found.meanwhile:
        usual = statistics.median(found.meanwhile)
        figures |= {"/brief ms": found.at_rest, "meanwhile ms": usual}
        figures["ratio"] = usual / found.at_rest
    return Row(data, name, figures)


@contextmanager
def _serving(feeds: int, items: int) -> Iterator[Web]:
    command = [sys.executable, "-m", "benchmarks.speed.feed_server", str(feeds), str(items)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin
        assert process.stdout
        try:
            yield Web(process, int(process.stdout.readline()), feeds)
        finally:
            process.stdin.close()


async def _in_a_store(web: Web, work: Callable[[Web, Store, str], Awaitable[Passes]]) -> Passes:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ingest.db"
        store = Store.open(url)
        try:
            await store.migrate()
            found = await work(web, store, url)
            found.articles = await store.articles.count()
            return found
        finally:
            await store.close()


async def _plain(web: Web, store: Store, url: str) -> Passes:
    import httpx

    from bot.ingest.pipeline import IngestPipeline
    from summarizer.topics.config import load_topics
    from summarizer.topics.scorer import TopicScorer

    intake = IngestPipeline(store, TopicScorer(load_topics()))
    etags: dict[int, str] = {}
    found = Passes()
    with httpx.Client(trust_env=False) as client:
        found.first = await _timed(lambda: _plain_pass(web, client, intake, etags))
        found.second = await _timed(lambda: _plain_pass(web, client, intake, etags))
    return found


async def _plain_pass(
    web: Web, client: object, intake: IngestPipeline, etags: dict[int, str]
) -> None:
    import feedparser
    import httpx

    assert isinstance(client, httpx.Client)
    for feed in range(web.feeds):
        headers = {"If-None-Match": etags[feed]} if feed in etags else {}
        answer = client.get(web.url(feed), headers=headers)
        if answer.status_code == 304:
            continue
        etags[feed] = answer.headers["etag"]
        for entry in feedparser.parse(answer.content).entries:
            at = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
            text = entry.content[0].value.replace("<p>", "").replace("</p>", "\n\n")
            article = ParsedArticle(entry.title, text, url=entry.link, published_at=at)
            await intake.add(article, source=f"S{feed}", now=datetime.now(UTC))


async def _refreshing(web: Web, store: Store, url: str) -> Passes:
    settings = load_settings(ALLOWED)
    services = services_for(settings, store, _now)
    for feed in range(web.feeds):
        due = FetchState(next_at=_now())
        await store.sources.add(
            Source(f"S{feed}", SourceKind.FEED, web.url(feed), address(feed), state=due)
        )
    found = Passes()
    async with ingest_for(settings, store, _now, url) as ingest:

        async def refresh() -> None:
            await store.sources.hasten(None, _now())
            await ingest.poller().poll_due()

        async with _watched(found, besides=web.process.pid):
            found.first = await _timed(refresh)
            found.second = await _timed(refresh)
            found.at_rest = statistics.median([await _brief(services) for _ in range(_BRIEFS)])
            await asyncio.to_thread(web.publish)
            async with _asking(services, found.meanwhile):
                await refresh()
    return found


@asynccontextmanager
async def _watched(found: Passes, *, besides: int) -> AsyncIterator[None]:
    """Record the peak memory of this process and its children, except the feed server."""

    async def watch() -> None:
        while True:
            ours = [each for each in family(os.getpid()) if each != besides]
            main, *helpers = map(resident, ours)
            if main + sum(helpers) > found.memory:
                found.memory, found.of_main = main + sum(helpers), main
                found.shared_once = sum(map(proportional, ours))
            await asyncio.sleep(_SAMPLED)

    async with _meanwhile(watch()):
        yield


@asynccontextmanager
async def _asking(services: Services, times: list[float]) -> AsyncIterator[None]:
    """Request briefings repeatedly and record the seconds of each."""

    async def ask() -> None:
        while True:
            times.append(await _brief(services))
            await asyncio.sleep(_BETWEEN_BRIEFS)

    async with _meanwhile(ask()):
        yield


@asynccontextmanager
async def _meanwhile(work: Awaitable[None]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _brief(services: Services) -> float:
    command = Command("brief", "", TERMINAL, User("benchmark", admin=True))
    return 1000 * await _timed(lambda: dispatch.answer(services, command))


async def _timed(work: Callable[[], Awaitable[object]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


def _now() -> datetime:
    return datetime.now(UTC)
