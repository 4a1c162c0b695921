"""SIGTERM to the whole bot, as a process of its own, while a platform holds one of its requests."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from benchmarks.delivery.job import adapter
from benchmarks.delivery.stock import Stock, all_parts, strict_server
from bot.models import Platform, SendState
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.ledger import taken_over
from tests.support.waiting import slowdown

CHATS = {Platform.TELEGRAM: "42", Platform.SLACK: "C1"}
PATIENCE = 60
PROMISED_SECONDS = 10
both = pytest.mark.parametrize("platform", CHATS)


@asynccontextmanager
async def a_bot(database_url: str, environ: Mapping[str, str]) -> AsyncIterator[int]:
    """`briefbot run` on this database, and only that in its environment; gives its process id."""
    settings = {
        "DATABASE_URL": database_url,
        "BRIEFBOT_REFRESH": "false",
        "BRIEFBOT_TICK_SECONDS": "0.1",
        "PATH": os.environ["PATH"],
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env={**settings, **environ},
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process.pid
        assert await asyncio.wait_for(process.wait(), PROMISED_SECONDS * slowdown()) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def held(server: FakeTelegram | FakeSlack) -> asyncio.Event:
    """Hold the next message back; the event lets it go."""
    return server.stall("chat.postMessage") if isinstance(server, FakeSlack) else server.stall()


async def asked(server: FakeTelegram | FakeSlack) -> None:
    """Wait until a request is being held."""
    async with asyncio.timeout(PATIENCE), server._changed:
        await server._changed.wait_for(lambda: bool(server._tasks))


async def states(store: Store) -> list[SendState]:
    return [part.state for part in await all_parts(store)]


@both
async def test_fault_14_a_process_told_to_stop_ends_in_time_and_doubles_nothing(
    platform: Platform, store: Store, database_url: str
) -> None:
    chat = CHATS[platform]
    async with strict_server(platform, [chat]) as server:
        await Stock(store, platform).add([chat], 2)
        release = held(server)
        async with a_bot(database_url, server.environ) as process:
            await asked(server)
            os.kill(process, signal.SIGTERM)
        assert await states(store) == [SendState.SENDING, SendState.PENDING]
        release.set()
        await asyncio.gather(*server._tasks)

        await taken_over(store, adapter(server.environ))
        assert sorted(sent.text for sent in server.sent) == ["digest 1 part 1", "digest 1 part 2"]
    known = SendState.SENT if platform is Platform.SLACK else SendState.UNCERTAIN
    assert await states(store) == [known, SendState.SENT]
