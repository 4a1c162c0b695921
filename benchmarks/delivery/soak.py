"""A day of the whole bot: 200 sources, 2,000 channels, faults and kills, in some six minutes.

`briefbot run` is a process of its own, with nothing replaced but its clock. The clock runs at the
usual speed, so that every lease, time-out and pace is the real one, and leaps to the next hour once
the digests of this one have ended. Half of the digests go to Telegram, half to Slack; a fifth of
the sources is faulty; every other hour has a fault or two of the platforms; in the first hours the
bot is killed three times with -9.

Memory is what the bot and its reading processes hold (RSS), sampled every second: `MB early` is the
median of the five hours after the warm-up of eight hours, `MB late` that of the last five. A
chat that got fewer messages than the bot holds for sent counts as `lost`; one that got more than
the bot holds for sent or uncertain counts as `doubled`; `missing` are digests without a row.
BENCH_CHATS (2000), BENCH_FEEDS (200) and BENCH_HOURS (24) make it shorter.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.delivery.leaping_clock import LeapingClock
from benchmarks.delivery.soak_world import OPERATOR, World
from benchmarks.delivery.stock import all_parts
from benchmarks.report import Row
from benchmarks.speed.feed_server import address
from benchmarks.speed.memory import family, resident
from bot.models import Address, FetchState, SendState, Source, SourceKind
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

STEP = timedelta(hours=1)
KILLED = (2, 4, 6)
"""The hours in which the bot is killed while it sends."""

WARM = timedelta(hours=8)
MEASURED = timedelta(hours=5)
LEAST_SECONDS, MOST_SECONDS = 2.5, 60.0
"""How long an hour lasts: until its digests have ended, within these limits."""

SETTINGS = {
    "BRIEFBOT_TICK_SECONDS": "1",
    "BRIEFBOT_REQUEST_SECONDS": "5",
    "BRIEFBOT_WEB_PORT": "0",
    "BRIEFBOT_LOG_LEVEL": "error",
    "BRIEFBOT_ALLOWED_NETWORKS": "127.0.0.0/8",
    "BRIEFBOT_ADMINS": f"telegram:{OPERATOR}",
}
OPEN = (SendState.PENDING, SendState.SENDING)


@dataclass
class Day:
    """The running benchmark: its clock and database, the world, and the bot's process."""

    folder: Path
    clock: LeapingClock
    world: World
    environ: dict[str, str]
    feeds: subprocess.Popen[str]
    began: datetime
    bot: subprocess.Popen[bytes] | None = None
    kills: int = 0
    memory: list[tuple[datetime, float]] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "soak.db"

    def start(self) -> None:
        """Start the bot."""
        command = [sys.executable, "-m", "benchmarks.delivery.soak_bot", "run"]
        with (self.folder / "bot.log").open("ab") as log:
            self.bot = subprocess.Popen(
                [*command, str(self.folder / "clock")], env=self.environ, stdout=log, stderr=log
            )

    def kill(self) -> None:
        """Kill the bot, and start it again at once."""
        assert self.bot is not None
        self.bot.kill()
        self.bot.wait()
        self.kills += 1
        self.start()

    async def stop(self) -> None:
        """Ask the bot to end, and wait for it."""
        assert self.bot is not None
        self.bot.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self.bot.wait, 20)

    def states(self) -> Counter[str]:
        """The digests by state, as they are now."""
        with closing(sqlite3.connect(self.database, timeout=30)) as connection:
            return Counter(
                dict(connection.execute("SELECT state, count(*) FROM digests GROUP BY state"))
            )

    async def hour(self, number: int, due: int) -> None:
        """Live through one hour until its digests have ended; `due` have been due by now."""
        now = self.began + number * STEP
        self.clock.leap_to(now)
        assert self.feeds.stdin is not None
        print(now.isoformat(), file=self.feeds.stdin, flush=True)
        self.world.talk()
        started = time.monotonic()
        wrong = asyncio.create_task(self._wrong(number))
        while (passed := time.monotonic() - started) < MOST_SECONDS:
            await asyncio.sleep(0.5)
            found = self.states()
            under_way = found.total() < due or any(found[state] for state in OPEN)
            if passed > LEAST_SECONDS and wrong.done() and not under_way:
                break
        await wrong
        held = " + ".join(f"{each:.0f}" for each in self.held())
        print(f"{now:%H:%M} {dict(found)} {held} MB {passed:.0f} s", file=sys.stderr, flush=True)

    async def _wrong(self, number: int) -> None:
        if number in KILLED:
            await asyncio.sleep(2)
            self.kill()
        elif number % 2:
            await self.world.go_wrong()

    def held(self) -> list[float]:
        """The memory of the bot and of each of its reading processes in MB."""
        assert self.bot is not None
        return [*map(resident, family(self.bot.pid))]

    async def watch(self) -> None:
        """Sample the memory until cancelled."""
        while True:
            self.memory.append((self.clock(), sum(self.held())))
            await asyncio.sleep(1)

    def typical(self, since: datetime) -> float:
        """The median memory in the hours of MEASURED from an instant on."""
        within = [held for at, held in self.memory if since <= at < since + MEASURED]
        return statistics.median(within)


def run(files: Sequence[Path]) -> list[Row]:
    """Live through the day; needs no files."""
    if files:
        raise ValueError(f"{files[0]}: the soak needs no files")
    chats = int(os.environ.get("BENCH_CHATS", "2000"))
    feeds = int(os.environ.get("BENCH_FEEDS", "200"))
    hours = int(os.environ.get("BENCH_HOURS", "24"))
    if timedelta(hours=hours) < WARM + MEASURED:
        raise ValueError(f"BENCH_HOURS={hours} leaves no time to measure: 13 is the least")
    return [asyncio.run(_soak(chats, feeds, hours))]


async def _soak(chats: int, feeds: int, hours: int) -> Row:
    chance = random.Random(12)
    with tempfile.TemporaryDirectory(prefix="soak-") as name, _serving(feeds) as (server, port):
        folder = Path(name)
        clock = LeapingClock(folder / "clock")
        async with FakeTelegram() as telegram, FakeSlack(lambda: clock().timestamp()) as slack:
            environ = {**os.environ, **SETTINGS, **telegram.environ, **slack.environ}
            environ |= {
                "DATABASE_URL": f"sqlite:///{folder}/soak.db",
                "PYTHONPATH": str(Path.cwd()),
            }
            world = World(telegram, slack, chance)
            began = clock().replace(second=0, microsecond=0)
            day = Day(folder, clock, world, environ, server, began)
            async with _opened(day) as store:
                due = await _stock(store, day, chats, feeds, port, hours)
                started = time.monotonic()
                await _lived(day, due, hours)
                seconds = time.monotonic() - started
                return await _counted(store, day, due, hours, seconds)


async def _lived(day: Day, due: Sequence[int], hours: int) -> None:
    day.start()
    watching = asyncio.create_task(day.watch())
    try:
        for number in range(1, hours + 1):
            await day.hour(number, sum(each <= number for each in due))
            if day.bot is None or day.bot.poll() is not None:
                log = (day.folder / "bot.log").read_text(encoding="utf-8")[-2000:]
                raise ValueError(f"the bot has ended:\n{log}")
        await day.stop()
    finally:
        watching.cancel()
        if day.bot is not None:
            day.bot.kill()


async def _stock(
    store: Store, day: Day, chats: int, feeds: int, port: int, hours: int
) -> list[int]:
    """Sources and subscriptions; returns the hour in which each digest falls due."""
    print(f"storing {feeds} sources and {chats} channels ...", file=sys.stderr, flush=True)
    for feed in range(feeds):
        url = f"http://{address(feed)}:{port}/feed"
        state = FetchState(next_at=day.began)
        await store.sources.add(
            Source(f"S{feed}", SourceKind.FEED, url, address(feed), state=state)
        )
    due = []
    for number, place in enumerate(day.world.settle(chats)):
        channel = await store.channels.ensure(place, title="", timezone="UTC")
        topics = [["energy"], ["security"], ["energy", "security"]][number % 3]
        # The last two hours are for what faults have put off.
        due.append(day.world.chance.randrange(1, hours - 1))
        at = day.began + due[-1] * STEP
        await store.subscriptions.add(
            channel.id, topics, at.time(), range(7), "UTC", 5, now=day.began, next_due=at
        )
    return due


async def _counted(store: Store, day: Day, due: Sequence[int], hours: int, seconds: float) -> Row:
    parts = await all_parts(store)
    sent, perhaps = Counter[Address](), Counter[Address]()
    for part in parts:
        channel = await store.channels.get(part.channel_id)
        assert channel is not None
        sent[channel.address] += part.state is SendState.SENT
        perhaps[channel.address] += part.state is SendState.UNCERTAIN
    arrived = day.world.arrived()
    early = day.typical(day.began + WARM)
    late = day.typical(day.began + hours * STEP - MEASURED)
    ends = day.states()
    figures = {
        "seconds": seconds,
        "faults": float(day.world.faults.total()),
        "kills": float(day.kills),
        "digests": float(ends.total()),
        **{state.value: float(ends[state]) for state in sorted(set(SendState) - set(OPEN))},
        "open": float(sum(ends[state] for state in OPEN)),
        "missing": float(len(due) - ends.total()),
        "lost": float(sum(arrived[each] < sent[each] for each in sent)),
        "doubled": float(sum(arrived[each] > sent[each] + perhaps[each] for each in sent)),
        "articles": float(await store.articles.count()),
        "MB early": early,
        "MB late": late,
        "growth %": 100 * (late / early - 1),
    }
    return Row(f"{hours} hours, {len(due)} channels", "briefbot on sqlite", figures)


@asynccontextmanager
async def _opened(day: Day) -> AsyncIterator[Store]:
    store = Store.open(f"sqlite:///{day.database}")
    await store.migrate()
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def _serving(feeds: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "benchmarks.delivery.soak_feeds", str(feeds)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline())
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            process.kill()
