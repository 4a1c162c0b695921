"""The whole bot for minutes, its clock running faster, while faults come at random.

`python -m benchmarks soak` runs for thirty minutes; `python -m benchmarks.delivery.soak MINUTES`
for as long as wanted. Nothing may be lost, nobody disabled, and memory must not grow.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.report import Row, as_table
from bot.app import App
from bot.cli.context import services_for
from bot.ingest.pipeline import IngestPipeline
from bot.models import Address, Platform, SendState
from bot.sources.files.samples import sample_articles
from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal

MINUTES = 30.0
FASTER = 60
"""Seconds of the bot's clock for each real one."""

CHATS = 60
"""Chats on each platform, each with a digest every few hours of the day."""

SETTINGS = {
    "BRIEFBOT_TICK_SECONDS": "0.5",
    "BRIEFBOT_REQUEST_SECONDS": "120",
    "BRIEFBOT_REFRESH": "false",
    "BRIEFBOT_WEB_PORT": "0",
    "BRIEFBOT_COMMANDS_A_MINUTE": "10000",
}
WORDS = (
    "/help",
    "/brief energy",
    "/topics",
    "/subscriptions",
    "/status",
    "/search gas",
    "/sources",
)
KEPT = 100
"""Messages that the platforms remember, to be looked up."""

FINAL = frozenset(SendState) - {SendState.PENDING, SendState.SENDING}


class FastClock:
    """A clock that runs FASTER."""

    def __init__(self) -> None:
        self._began, self._real = datetime.now(UTC), time.monotonic()

    def __call__(self) -> datetime:
        return self._began + timedelta(seconds=(time.monotonic() - self._real) * FASTER)


class World:
    """Two platforms, the people in them, and what goes wrong."""

    def __init__(self, telegram: FakeTelegram, slack: FakeSlack, chance: random.Random) -> None:
        self.telegram = telegram
        self.slack = slack
        self.typed = 0
        self.messages = 0
        """Messages that came and were forgotten."""

        self.faults: Counter[str] = Counter()
        self._chance = chance

    async def live(self, seconds: float) -> None:
        """Let people type; a fault comes every ten seconds and is over after three."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            for _ in range(self._chance.randrange(4)):
                chat = 1000 + self._chance.randrange(CHATS)
                self.telegram.type(self._chance.choice(WORDS), chat=chat, user=chat)
                self.typed += 1
            if self._chance.random() < 0.05:
                name = self._chance.choice([*self._kinds()])
                self.faults[name] += 1
                await self._kinds()[name]()
                await asyncio.sleep(3)
                self.telegram.forgive()
                self.slack.forgive()
            self._forget()
            await asyncio.sleep(0.5)

    def _forget(self) -> None:
        """Let the platforms forget all but the latest: only the bot's memory counts."""
        self.telegram.calls.clear()
        self.slack.workspace.calls.clear()
        for sent in (self.telegram.sent, self.slack.workspace.sent):
            self.messages += max(0, len(sent) - KEPT)
            del sent[:-KEPT]
        for update in [*self.telegram._known][:-KEPT]:  # noqa: SLF001 - the fake's own memory
            del self.telegram._known[update]  # noqa: SLF001

    def _kinds(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            "telegram 401": self._unauthorized,
            "telegram 502": self._bad_gateway,
            "telegram 429": self._limit,
            "telegram away": self._away,
            "slack revoked": self._revoked,
            "slack 503": self._unavailable,
            "slack 429": self._slack_limit,
            "slack lost answer": self._lost,
        }

    async def _unauthorized(self) -> None:
        for method in ("getUpdates", "sendMessage", "getMe"):
            self.telegram.refuse(Refusal(401, "Unauthorized"), method=method, times=99)

    async def _bad_gateway(self) -> None:
        self.telegram.break_down(method="getUpdates", times=2)

    async def _limit(self) -> None:
        self.telegram.limit(1, chat=1000 + self._chance.randrange(CHATS), times=2)

    async def _away(self) -> None:
        await self.telegram.down()
        await asyncio.sleep(1)
        await self.telegram.up()

    async def _revoked(self) -> None:
        for method in ("chat.postMessage", "auth.test"):
            self.slack.refuse(method, "token_revoked", times=99)

    async def _unavailable(self) -> None:
        self.slack.break_down("chat.postMessage", times=2)

    async def _slack_limit(self) -> None:
        self.slack.limit("chat.postMessage", retry_after=1, times=2)

    async def _lost(self) -> None:
        self.slack.lose("chat.postMessage")


def run(files: Sequence[Path]) -> list[Row]:
    """Run for MINUTES; needs no files."""
    if files:
        raise ValueError(f"{files[0]}: the soak needs no files")
    return [asyncio.run(soak(MINUTES))]


async def soak(minutes: float) -> Row:
    """Run the bot for some real minutes and count what became of everything."""
    chance = random.Random(12)
    clock = FastClock()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        async with FakeTelegram() as telegram, FakeSlack() as slack:
            environ = {**SETTINGS, **telegram.environ, **slack.environ}
            settings = load_settings(
                {**environ, "DATABASE_URL": f"sqlite:///{folder}/soak.db"}, Path(folder)
            )
            store = Store.open(settings.database_url)
            await store.migrate()
            services = services_for(settings, store, clock)
            await _stock(services, telegram, chance)
            world = World(telegram, slack, chance)
            memory = await _lived(services, world, minutes * 60)
            row = await _counted(store, world, memory, minutes)
            await store.close()
            return row


async def _lived(services: Services, world: World, seconds: float) -> tuple[int, int]:
    """Run the bot; returns its memory in KiB after a third of the time and at the end."""
    app = App(services)
    app.digests.lanes._sleep = lambda length: asyncio.sleep(length / FASTER)  # noqa: SLF001 - the clock is ours
    await app.start()
    await world.live(seconds / 3)
    early = _memory()
    await world.live(seconds * 2 / 3)
    late = _memory()
    world.telegram.forgive()
    world.slack.forgive()
    await asyncio.sleep(20)
    await app.stop()
    return early, late


async def _stock(services: Services, telegram: FakeTelegram, chance: random.Random) -> None:
    """Sample articles, and chats that have subscribed."""
    store, now = services.store, services.clock()
    intake = IngestPipeline(store, services.scorer)
    for article in sample_articles(now):
        await intake.add(article, source=None, now=now)
    for number in range(CHATS):
        telegram.chat(1000 + number, "private")
        for address in (
            Address(Platform.TELEGRAM, "", str(1000 + number)),
            Address(Platform.SLACK, "T1", "C1" if number % 2 else "G1", f"{number}.0"),
        ):
            channel = await store.channels.ensure(address, title="", timezone="UTC")
            for _ in range(3):
                at = now + timedelta(minutes=chance.randrange(1, 24 * 60))
                await store.subscriptions.add(
                    channel.id, [chance.choice(["energy", "security"])], at.time(), range(7),
                    "UTC", 5, now, at,
                )  # fmt: skip


async def _counted(store: Store, world: World, memory: tuple[int, int], minutes: float) -> Row:
    found = await store.digests.history(limit=100_000)
    ends = Counter(each.state for each in found)
    left = len(world.telegram.sent) + len(world.slack.sent)
    figures = {
        "minutes": minutes,
        "faults": float(world.faults.total()),
        "typed": float(world.typed),
        "digests": float(len(found)),
        **{state.value: float(ends[state]) for state in sorted(FINAL)},
        "open": float(sum(ends[state] for state in ends if state not in FINAL)),
        "disabled": float(await _disabled(store)),
        "messages": float(world.messages + left),
        "MB early": memory[0] / 1024,
        "MB late": memory[1] / 1024,
    }
    return Row("the whole bot under random faults", f"clock x{FASTER}", figures)


async def _disabled(store: Store) -> int:
    digests = await store.digests.history(limit=100_000)
    channels = [await store.channels.get(each) for each in {each.channel_id for each in digests}]
    return sum(each is not None and each.disabled is not None for each in channels)


def _memory() -> int:
    """The resident memory of this process, fakes included, in KiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


if __name__ == "__main__":
    print(as_table([asyncio.run(soak(float(sys.argv[1]) if sys.argv[1:] else MINUTES))]))
