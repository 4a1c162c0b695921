"""Four replicas on one PostgreSQL, killed repeatedly while thousands of digests are due.

Each replica opens, builds, sends and recovers, as `briefbot run` does, but without a pace; the
local Slack loses answers and carries some requests out after their time-out. BENCH_DUE (default
10000) is the number of subscriptions that are due, each in a channel of its own.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from aiohttp import web

from benchmarks.delivery.replica_worker import REQUEST_SECONDS, settings_of
from benchmarks.report import Row
from bot.cli.context import services_for
from bot.ingest.pipeline import IngestPipeline
from bot.models import Address, Platform, SendState
from bot.sources.files.samples import sample_articles
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_faults import Call
from tests.fakes.slack_web import FakeChannel
from tests.support.postgres import running_server

REPLICAS = 4
KILL_SECONDS = (2.0, 4.0)
"""Shortest and longest time between two kills."""

KILLING_SHARE, KILLING_SECONDS = 0.9, 240.0
"""Kills stop at this share of arrivals or after this time; then the replicas finish."""

PATIENCE = 600.0
ANALYZE_SECONDS = 10.0
LATE_SECONDS = REQUEST_SECONDS * 1.4
STOCKING = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """Arrivals of `due` digests, and the messages that each replica sent."""

    due: int
    kills: int
    lost: int
    doubled: int
    seconds: float
    states: Counter[SendState]
    shares: list[float]

    def row(self) -> Row:
        figures: dict[str, float] = {
            "kills": self.kills,
            "sent": self.states[SendState.SENT],
            "lost": self.lost,
            "doubled": self.doubled,
            "seconds": self.seconds,
        }
        shares = {f"share {n} %": 100 * share for n, share in enumerate(self.shares, 1)}
        return Row(f"{self.due} digests due at once", "4 replicas, kill -9", figures | shares)


class BusySlack(FakeSlack):
    """Listens on a port for each replica, loses some answers and carries some requests out late."""

    def __init__(self, channels: Sequence[str], seed: int) -> None:
        super().__init__()
        for id_ in channels:
            self.channels[id_] = FakeChannel(id_, id_.lower())
        self.by_port: Counter[int] = Counter()
        self._chance = random.Random(seed)

    async def listen(self, ports: int) -> list[str]:
        """Listen on `count` more ports; returns the API address of each."""
        assert self._runner is not None
        for _ in range(ports):
            await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return [f"http://127.0.0.1:{port}/api/" for _, port in self._runner.addresses[-ports:]]

    async def spoiled(self, method: str, call: Call) -> web.StreamResponse:
        kind = self._chance.random() if method == "chat.postMessage" else 1.0
        transport = call.request.transport
        if method == "chat.postMessage" and transport:
            self.by_port[transport.get_extra_info("sockname")[1]] += 1
        if kind < 0.01:
            await asyncio.sleep(self._chance.uniform(0, LATE_SECONDS))
        answer = await super().spoiled(method, call)
        if 0.01 <= kind < 0.02 and transport:
            transport.close()
        return answer


@dataclass
class Herd:
    """Replicas, forked from one process that has imported everything."""

    nursery: subprocess.Popen[str]
    alive: dict[str, int] = field(default_factory=dict)

    async def start(self, slack_url: str) -> None:
        self.alive[slack_url] = int(await asyncio.to_thread(self._ask, slack_url))

    def kill(self, slack_url: str) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.alive.pop(slack_url), signal.SIGKILL)

    def line(self) -> str:
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline()

    def close(self) -> None:
        for url in list(self.alive):
            self.kill(url)
        assert self.nursery.stdin is not None
        self.nursery.stdin.close()
        self.nursery.wait()

    def _ask(self, slack_url: str) -> str:
        print(slack_url, file=self.nursery.stdin, flush=True)
        return self.line()


def run(files: list[Path]) -> list[Row]:
    """Measure on PostgreSQL; takes no files."""
    if files:
        raise ValueError(f"{files[0]}: replicas are measured without files")
    due = int(os.environ.get("BENCH_DUE", "10000"))
    with running_server() as server:
        found = asyncio.run(kill_replicas(server.url(server.create()), due, random.Random(due)))
    return [found.row()]


async def kill_replicas(database: str, due: int, chance: random.Random) -> Outcome:
    """Let replicas share due digests under kills, let them finish, and count."""
    names = [f"C{1000 + number}" for number in range(due)]
    store = Store.open(database)
    slack = BusySlack(names, due)
    async with slack:
        urls = await slack.listen(REPLICAS)
        await _stock(store, database, names)
        async with _herd(database) as herd, _analyzed(database):
            started = time.monotonic()
            kills = await _under_kills(herd, slack, urls, due, chance)
            await _finished(store, due)
            seconds = time.monotonic() - started
        arrived = Counter(sent.channel for sent in slack.sent)
        sent = [slack.by_port[int(url.split(":")[2].split("/")[0])] for url in urls]
    states = Counter(each.state for each in await store.digests.history(limit=2 * due))
    await store.close()
    return Outcome(
        due=due,
        kills=kills,
        lost=sum(arrived[name] == 0 for name in names),
        doubled=sum(times > 1 for times in arrived.values()),
        seconds=seconds,
        states=states,
        shares=[each / max(1, sum(sent)) for each in sent],
    )


async def _stock(store: Store, database: str, names: Sequence[str]) -> None:
    """Sample articles, and one subscription for each channel, due this minute."""
    _say(f"storing {len(names)} subscriptions")
    await store.migrate()
    due = datetime.now(UTC).replace(second=0, microsecond=0)
    services = services_for(settings_of(database, "http://127.0.0.1:1/api/"), store, lambda: due)
    intake = IngestPipeline(store, services.scorer)
    for article in sample_articles(due):
        await intake.add(article, source=None, now=due)
    turns = asyncio.Semaphore(STOCKING)

    async def add(name: str) -> None:
        async with turns:
            address = Address(Platform.SLACK, "T1", name)
            channel = await store.channels.ensure(address, title="", timezone="UTC")
            created = due - timedelta(days=1)
            await store.subscriptions.add(
                channel.id, ["energy"], due.time(), range(7), "UTC", 5, now=created, next_due=due
            )

    await asyncio.gather(*map(add, names))


async def _under_kills(
    herd: Herd, slack: BusySlack, urls: Sequence[str], due: int, chance: random.Random
) -> int:
    for url in urls:
        await herd.start(url)
    kills, end = 0, time.monotonic() + KILLING_SECONDS
    while len(slack.sent) < due * KILLING_SHARE and time.monotonic() < end:
        await asyncio.sleep(chance.uniform(*KILL_SECONDS))
        victim = chance.choice(urls)
        herd.kill(victim)
        await herd.start(victim)
        kills += 1
        if kills % 10 == 0:
            _say(f"{kills} kills, {len(slack.sent)} arrived")
    return kills


async def _finished(store: Store, due: int) -> None:
    """Wait until every digest has ended, or until none has ended for a long time."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        await asyncio.sleep(0.5)
        under_way = await store.digests.sending(1) or await store.digests.pending(1)
        if not under_way and len(await store.digests.history(limit=due)) == due:
            return


@asynccontextmanager
async def _herd(database: str) -> AsyncIterator[Herd]:
    """Replicas that are all killed at the end."""
    herd = Herd(_nursery(database))
    try:
        await asyncio.to_thread(herd.line)
        yield herd
    finally:
        herd.close()


@asynccontextmanager
async def _analyzed(database: str) -> AsyncIterator[None]:
    """Run ANALYZE periodically, like autovacuum: query plans depend on its counts."""

    async def work() -> None:
        async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
            while True:
                await asyncio.sleep(ANALYZE_SECONDS)
                await connection.execute("ANALYZE")

    task = asyncio.create_task(work())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _nursery(database: str) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "benchmarks.delivery.replica_worker", database]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
