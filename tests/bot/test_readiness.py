"""/readyz is red within 30 s of each fault, by a clock that the test moves."""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from bot import self_checks
from bot.app import source_polling_for
from bot.delivery.dispatcher import NAME as DELIVERY
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.lane_watch import LaneWatch
from bot.errors import StoreError
from bot.health import Health
from bot.ingest.polling import POLLING, polling_patience
from bot.loop_watch import LoopWatch
from bot.models import Platform
from bot.platforms.slack.adapter import WATCH_SECONDS, SlackPlatform
from bot.platforms.slack.socket_mode import NAME as SOCKET
from bot.platforms.telegram.polling import NAME as POLLER
from bot.platforms.telegram.polling import UpdatePoller
from bot.platforms.web_server import WebServer
from bot.scheduler import Ticker
from bot.store import Store
from config.settings import load_settings
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import COMMANDS, RecordingCore, settings_of
from tests.support.clock import Clock, Seconds
from tests.support.paths import ROOT
from tests.support.waiting import slowdown, until
from tests.support.whole_bot import services_of

PROMISED = 30.0
LANE = (Platform.TELEGRAM, "")


async def ignore(*_: object) -> None:
    return None


async def test_poller_dead_telegram_answers_no_more(health: Health, seconds: Seconds) -> None:
    class FallsSilent:
        asked = 0

        async def get_updates(self, **_: object) -> tuple[()]:
            self.asked += 1
            return () if self.asked == 1 else await asyncio.sleep(3600, ())

    bot: Any = FallsSilent()
    poller = UpdatePoller(bot, ignore, health, refused=ignore, accepted=ignore)
    task = asyncio.create_task(poller.run())
    await until(lambda: bot.asked == 2)
    assert health.problems() == {}
    seconds.now = PROMISED
    assert list(health.problems()) == [POLLER]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_poller_dead_the_poller_of_sources_hangs(
    health: Health, seconds: Seconds, sqlite_store: Store
) -> None:
    services = services_of(sqlite_store, Clock(), BRIEFBOT_TICK_SECONDS="10")
    assert polling_patience(services.settings.tick_seconds) < PROMISED

    class Hangs:
        async def poll_due(self) -> None:
            await asyncio.sleep(3600)

        async def stop(self) -> None:
            return None

    polling = source_polling_for(services, Any, health)  # type: ignore[arg-type]
    hangs: Any = Hangs()
    polling._poller = hangs
    polling.start()
    await asyncio.sleep(0)
    seconds.now = PROMISED
    assert list(health.problems()) == [POLLING]
    polling._ticker._scheduler.shutdown(wait=False)


async def test_socket_dead(seconds: Seconds, health: Health) -> None:
    core = RecordingCore()
    async with FakeSlack() as slack, AsyncExitStack() as stack:
        platform = SlackPlatform(
            settings_of(slack.environ),
            core.answer,
            core,
            COMMANDS,
            watch_seconds=0.01,
            health=health,
        )
        await platform.start()
        stack.push_async_callback(platform.stop)
        await until(lambda: health.states().get(SOCKET) is True)
        assert 2 * WATCH_SECONDS < PROMISED
        slack.break_down("apps.connections.open", times=1000)
        await slack.cut()
        await until(lambda: SOCKET in health.problems())


async def test_socket_silent_checks_that_hang_count_too(health: Health, seconds: Seconds) -> None:
    health.working(SOCKET, within=2.5 * WATCH_SECONDS)
    seconds.now = PROMISED
    assert list(health.problems()) == [SOCKET]


@pytest.mark.parametrize("how", ["removed", "replaced"])
async def test_database_gone(
    how: str, sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_checks, "CHECK_SECONDS", 0.01)
    health = Health()
    await sqlite_store.check()
    tickers = list(self_checks.tickers(sqlite_store, Clock(), health))
    for each in tickers:
        each.start()
    path = tmp_path / "briefbot.db"
    path.rename(tmp_path / "away.db")
    if how == "replaced":
        path.write_bytes(b"")
    words = "is gone: put it back" if how == "removed" else "was replaced while the bot runs: put"
    await until(lambda: words in health.problems().get("database", ""))
    for each in tickers:
        await each.stop()


async def test_database_that_does_not_answer(
    health: Health, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        async def check(self) -> None:
            await asyncio.sleep(3600)

    silent: Any = Silent()
    monkeypatch.setattr(self_checks, "CHECK_SECONDS", 0.01)
    database, _ = self_checks.tickers(silent, Clock(), health)
    database.start()
    await until(lambda: "does not answer" in health.problems().get("database", ""))
    await database.stop()
    assert self_checks.PATIENCE < PROMISED


async def test_clock_before_this_version_was_made(health: Health, sqlite_store: Store) -> None:
    clock = Clock()
    clock.now = clock.now.replace(year=1970)
    *_, ticker = self_checks.tickers(sqlite_store, clock, health)
    ticker.start()
    await until(lambda: "clock says 1970" in health.problems().get("clock", ""))
    await ticker.stop()


def test_lane_stuck_its_request_never_ends(health: Health, seconds: Seconds) -> None:
    lanes = LaneWatch(health, seconds)
    with lanes.request(LANE):
        seconds.now = 24
        lanes.check()
        assert health.problems() == {}
        seconds.now = PROMISED - 1
        lanes.check()
        assert list(health.problems()) == ["delivery to telegram"]
    lanes.check()
    assert health.problems() == {}


def test_lane_stuck_its_loop_does_not_move(health: Health, seconds: Seconds) -> None:
    lanes = LaneWatch(health, seconds)
    lanes.moved(LANE)
    lanes.check()
    seconds.now = PROMISED - 1
    lanes.check()
    assert health.problems() == {"delivery to telegram": "its loop does not move"}
    lanes.moved(LANE)
    lanes.check()
    assert health.problems() == {}


def test_lane_stuck_its_loop_fails_again_and_again(health: Health, seconds: Seconds) -> None:
    lanes = LaneWatch(health, seconds)
    lanes.moved(LANE)
    lanes.ended(LANE, "disk full")
    lanes.check()
    assert health.problems() == {"delivery to telegram": "disk full"}
    lanes.moved(LANE)
    lanes.ended(LANE)
    assert health.problems() == {}


async def test_the_loop_of_deliveries_itself_hangs(health: Health, seconds: Seconds) -> None:
    class Hangs:
        messengers = frozenset({Platform.TELEGRAM})

    class Lanes:
        asked = 0

        async def lanes(self, _: object) -> list[object]:
            self.asked += 1
            return [] if self.asked == 1 else await asyncio.sleep(3600, [])

    store: Any = type("Store", (), {"deliveries": Lanes()})()
    sender: Any = Hangs()
    dispatcher = Dispatcher(store, sender, Clock(), poll_seconds=0.01, health=health)
    dispatcher.start()
    await until(lambda: store.deliveries.asked == 2)
    seconds.now = PROMISED
    assert DELIVERY in health.problems()
    assert dispatcher._loop is not None
    dispatcher._loop.cancel()
    await asyncio.gather(dispatcher._loop, return_exceptions=True)


async def test_a_ticker_with_a_patience_of_its_own(health: Health, seconds: Seconds) -> None:
    ticker = Ticker(ignore, 5, "quick", health, patience=20)
    ticker.start()
    await until(lambda: "quick" in health.states())
    seconds.now = 21
    assert list(health.problems()) == ["quick"]
    await ticker.stop()


async def test_work_of_the_day_that_failed_is_tried_again_soon(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.scheduler.RETRY_SECONDS", 0.02)
    tries: list[bool] = []

    async def once_broken() -> None:
        tries.append(True)
        if len(tries) == 1:
            raise StoreError("the database is away")

    ticker = Ticker(once_broken, 24 * 3600, "maintenance", health)
    ticker.start()
    await until(lambda: len(tries) == 2)
    await until(lambda: health.problems() == {})
    await ticker.stop()


class Served:
    """A web server in a thread of its own, whose event loop a test may block.

    The loop counts as blocked after `blocked` seconds; a busy machine is slow too.
    """

    def __init__(self, blocked: float = 60.0) -> None:
        self.health = Health()
        self.loop = asyncio.new_event_loop()
        self.server = WebServer("127.0.0.1", 0, [], self.health)
        self.watch = LoopWatch(
            self.health, beat_seconds=0.01, blocked_seconds=blocked, red_seconds=0.2
        )
        self._thread = threading.Thread(target=self.loop.run_forever)

    def run(self, work: Callable[[], Any]) -> None:
        asyncio.run_coroutine_threadsafe(work(), self.loop).result(10)

    async def _start(self) -> None:
        await self.server.start()
        self.watch.start()

    async def _stop(self) -> None:
        await self.watch.stop()
        await self.server.stop()

    def __enter__(self) -> Served:
        self._thread.start()
        self.run(self._start)
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


def container_check(seconds: str = "5") -> list[str]:
    """The health check of the container image, with another time-out."""
    found = re.search(r"^HEALTHCHECK .* CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.M)
    assert found
    _, options, code = json.loads(found[1])
    return [sys.executable, options, code.replace("settimeout(5)", f"settimeout({seconds})")]


async def asked(port: int, seconds: str = "5") -> int:
    check = container_check(seconds)
    process = await asyncio.create_subprocess_exec(
        *check, env={"BRIEFBOT_WEB_PORT": str(port)}, stderr=asyncio.subprocess.DEVNULL
    )
    return await process.wait()


async def test_the_container_asks_the_bot_itself_and_a_blocked_loop_is_red() -> None:
    with Served() as served:
        assert await asked(served.server.port) == 0
        served.health.failed("Telegram polling", "401")
        assert await asked(served.server.port) == 1
        served.health.working("Telegram polling")
        released = threading.Event()
        served.loop.call_soon_threadsafe(released.wait)
        assert await asked(served.server.port, "0.2") == 1
        released.set()
        assert await asked(served.server.port) == 0
    assert await asked(served.server.port) == 1


async def test_the_containers_check_takes_less_than_50_ms_of_processor_time() -> None:
    with Served() as served:
        spent = []
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            assert await asked(served.server.port) == 0
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.05 * slowdown()


async def test_a_blocked_loop_is_logged_with_the_place_and_shown_for_a_while(
    capfd: pytest.CaptureFixture[str],
) -> None:
    released = threading.Event()

    def blocks_here() -> None:
        released.wait()

    with Served(blocked=0.2) as served:
        served.loop.call_soon_threadsafe(blocks_here)
        await until(lambda: "blocks_here" in capfd.readouterr().out)
        released.set()
        await until(lambda: served.health.problems().get("event loop", "").startswith("it was"))
        await until(lambda: served.health.problems() == {})


def test_metrics_may_be_switched_off() -> None:
    assert load_settings({}).metrics
    assert not load_settings({"BRIEFBOT_METRICS": "off"}).metrics
