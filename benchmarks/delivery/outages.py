"""Four outages of the whole bot while digests fall due; afterwards nothing may be missing.

`python -m benchmarks outages`: Telegram answers 401 for 15 s, Slack `token_revoked` for 60 s, the
database is gone for 30 s, and the disk is full for 30 s, on each database engine.
BENCH_CASE, a part of "sqlite Telegram 401", chooses some.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.delivery.broken_database import full_disk, gone
from benchmarks.delivery.stock import databases, quiet
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
from tests.fakes.slack_web import FakeChannel
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal

CHATS = 20
"""Chats on each platform, each with one digest that falls due about the time of the outage."""

ALWAYS = 100_000
PATIENCE = 300.0
"""Longest wait in seconds for digests and answers after an outage."""

SETTINGS = {
    "BRIEFBOT_REFRESH": "false",
    "BRIEFBOT_WEB_PORT": "0",
    "BRIEFBOT_COMMANDS_A_MINUTE": "10000",
    "BRIEFBOT_TICK_SECONDS": "1",
}
TYPED = ("help", "subscriptions", "mute football", "brief energy")
FINAL = frozenset(SendState) - {SendState.PENDING, SendState.SENDING}


@dataclass
class World:
    """Both platforms, the bot's database, and what people got."""

    telegram: FakeTelegram
    slack: FakeSlack
    store: Store
    url: str
    answers: dict[str, float] = field(default_factory=dict)
    """The seconds that each answer took, by platform and command."""

    sorry: Counter[str] = field(default_factory=Counter)
    """How many answers were apologies, during the outage and after it."""

    async def ask(self, when: str, platforms: Sequence[Platform]) -> None:
        """Type each of TYPED once, one after the other, on each platform concurrently."""
        await asyncio.gather(*(self._ask(each, when) for each in platforms))

    async def _ask(self, platform: Platform, when: str) -> None:
        for line in TYPED:
            began = time.monotonic()
            count = len(self._heard(platform))
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._type(platform, line)
                    while len(self._heard(platform)) == count:  # noqa: ASYNC110 - two servers tell
                        await asyncio.sleep(0.02)
            except TimeoutError:
                continue
            self.answers[f"{when} {platform} {line}"] = time.monotonic() - began
            self.sorry[when] += self._heard(platform)[-1].startswith("Sorry")

    def _heard(self, platform: Platform) -> list[str]:
        if platform is Platform.TELEGRAM:
            return [each.text for each in self.telegram.sent if each.chat == ASKER]
        return [each.text for each in self.slack.sent if each.channel == "D1"]

    async def _type(self, platform: Platform, line: str) -> None:
        if platform is Platform.TELEGRAM:
            self.telegram.type(f"/{line}", chat=ASKER, user=ASKER)
        else:
            await self.slack.direct(line)


ASKER = 42
_PLACES = (Platform.TELEGRAM, Platform.SLACK)


@dataclass(frozen=True)
class Case:
    """An outage: what it is called, how long it lasts, and who is answered during it."""

    name: str
    seconds: float
    broken: Callable[[World], AbstractAsyncContextManager[None]]
    answers_meanwhile: tuple[Platform, ...]


@asynccontextmanager
async def _unauthorized(world: World) -> AsyncIterator[None]:
    for method in ("getUpdates", "sendMessage", "getMe", "sendChatAction"):
        world.telegram.refuse(Refusal(401, "Unauthorized"), method=method, times=ALWAYS)
    try:
        yield
    finally:
        world.telegram.forgive()


@asynccontextmanager
async def _revoked(world: World) -> AsyncIterator[None]:
    for method in ("chat.postMessage", "chat.postEphemeral", "auth.test", "conversations.info"):
        world.slack.refuse(method, "token_revoked", times=ALWAYS)
    try:
        yield
    finally:
        world.slack.forgive()


CASES = (
    Case("Telegram 401", 15, _unauthorized, (Platform.SLACK,)),
    Case("Slack token_revoked", 60, _revoked, (Platform.TELEGRAM,)),
    Case("database gone", 30, lambda world: gone(world.url), _PLACES),
    Case("disk full", 30, lambda world: full_disk(world.url), _PLACES),
)


def run(files: Sequence[Path]) -> list[Row]:
    """Measure each outage on each engine; takes no files."""
    if files:
        raise ValueError(f"{files[0]}: outages are measured without files")
    quiet()
    wanted = os.environ.get("BENCH_CASE", "")
    rows = []
    for engine, urls in databases():
        for case in CASES:
            if wanted in f"{engine} {case.name}":
                rows.append(asyncio.run(_outage(engine, next(urls), case)))
                print(as_table(rows[-1:]), file=sys.stderr, flush=True)
    return rows


async def _outage(engine: str, url: str, case: Case) -> Row:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        store = Store.open(url)
        await store.migrate()
        world = World(telegram, slack, store, url)
        app = App(_services(world))
        await _stock(app.services, world, case.seconds)
        await app.start()
        try:
            figures = await _survived(world, case)
        finally:
            await app.stop()
            await store.close()
    return Row(f"{case.name} for {case.seconds:g} s", f"briefbot on {engine}", figures)


async def _survived(world: World, case: Case) -> dict[str, float]:
    """Break and mend the world, wait for all that is due, and count."""
    async with case.broken(world):
        began = time.monotonic()
        meanwhile = asyncio.create_task(world.ask("meanwhile", case.answers_meanwhile))
        await asyncio.sleep(max(0.0, began + case.seconds - time.monotonic()))
    healed = time.monotonic()
    await asyncio.gather(meanwhile, world.ask("after", _PLACES))
    answered = time.monotonic() - healed
    ended = await _all_ended(world.store, healed)
    asked = len(TYPED) * (len(case.answers_meanwhile) + len(_PLACES))
    return {
        **await _counted(world),
        "unanswered": asked - len(world.answers),
        "answered, s": answered,
        "ended, s": ended,
    }


def _services(world: World) -> Services:
    environ = {**SETTINGS, **world.telegram.environ, **world.slack.environ}
    settings = load_settings({**environ, "DATABASE_URL": world.url}, Path("/nonexistent"))
    return services_for(settings, world.store, lambda: datetime.now(UTC))


async def _stock(services: Services, world: World, seconds: float) -> None:
    """Sample articles, and chats whose digests fall due from just before until after the outage."""
    store, now = services.store, services.clock()
    intake = IngestPipeline(store, services.scorer)
    for article in sample_articles(now):
        await intake.add(article, source=None, now=now)
    for number in range(CHATS):
        at = now + timedelta(seconds=2 + number * (seconds + 4) / CHATS)
        world.telegram.chat(1000 + number, "private")
        world.slack.channels[f"C{100 + number}"] = FakeChannel(f"C{100 + number}", "news")
        for address in (
            Address(Platform.TELEGRAM, "", str(1000 + number)),
            Address(Platform.SLACK, "T1", f"C{100 + number}"),
        ):
            channel = await store.channels.ensure(address, title="", timezone="UTC")
            await store.subscriptions.add(
                channel.id, ["energy"], at.time(), range(7), "UTC", 5, now, at
            )


async def _all_ended(store: Store, since: float) -> float:
    """Wait until every digest has ended; returns after how many seconds."""
    while time.monotonic() < since + PATIENCE:
        found = await store.digests.history(limit=10 * CHATS)
        if len(found) == 2 * CHATS and all(each.state in FINAL for each in found):
            break
        await asyncio.sleep(0.2)
    return time.monotonic() - since


async def _counted(world: World) -> dict[str, float]:
    """What became of the digests, and of their parts chat by chat: one lost hides no double."""
    found = await world.store.digests.history(limit=10 * CHATS)
    states = Counter(each.state for each in found)
    arrived = Counter(str(each.chat) for each in world.telegram.sent if each.chat >= 1000)
    arrived += Counter(each.channel for each in world.slack.sent if each.channel != "D1")
    channels = [await world.store.channels.get(each.channel_id) for each in found]
    stored: Counter[str] = Counter()
    for digest, channel in zip(found, channels, strict=True):
        parts = await world.store.deliveries.of_digest(digest.id)
        stored[channel.address.chat if channel else "?"] += len(parts)
    return {
        "due": 2 * CHATS,
        **{each.value: states[each] for each in sorted(FINAL)},
        "open or lost": 2 * CHATS - sum(states[each] for each in FINAL),
        "parts": stored.total(),
        "missing": (stored - arrived).total(),
        "doubled": (arrived - stored).total(),
        "disabled": sum(each is not None and bool(each.disabled) for each in channels),
        "sorry then": world.sorry["meanwhile"],
        "sorry after": world.sorry["after"],
        "slowest, s": max(world.answers.values(), default=0.0),
    }
