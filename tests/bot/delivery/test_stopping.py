"""SIGTERM to the whole bot, as a process of its own, while platforms hold its requests."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.delivery.job import adapter
from benchmarks.delivery.stock import Stock, all_parts, strict_server
from bot.models import Address, Platform, SendState
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.forked import Forked, a_bot
from tests.support.ledger import taken_over
from tests.support.waiting import slowdown

CHATS = {
    Platform.TELEGRAM: Address(Platform.TELEGRAM, "", "42"),
    Platform.SLACK: Address(Platform.SLACK, "T1", "C1"),
}
PATIENCE = 60
PROMISED_SECONDS = 10


@asynccontextmanager
async def stopped_in_time(process: Forked) -> AsyncIterator[None]:
    """The process must end with status 0 soon after the block."""
    try:
        yield
        assert await process.wait(PROMISED_SECONDS * slowdown()) == 0
    finally:
        process.kill()


def held(server: FakeTelegram | FakeSlack) -> asyncio.Event:
    """Hold the next message back; the event lets it go."""
    return server.stall("chat.postMessage") if isinstance(server, FakeSlack) else server.stall()


async def asked(server: FakeTelegram | FakeSlack) -> None:
    """Wait until a request is being held."""
    async with asyncio.timeout(PATIENCE), server._changed:
        await server._changed.wait_for(lambda: bool(server._tasks))


async def states(store: Store, platform: Platform) -> list[SendState]:
    channel = await store.channels.find(CHATS[platform])
    assert channel is not None
    return [part.state for part in await all_parts(store) if part.channel_id == channel.id]


async def test_fault_14_a_process_told_to_stop_ends_in_time_and_doubles_nothing(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    async with (
        strict_server(Platform.TELEGRAM, ["42"]) as telegram,
        strict_server(Platform.SLACK, ["C1"]) as slack,
    ):
        servers = {Platform.TELEGRAM: telegram, Platform.SLACK: slack}
        for platform, address in CHATS.items():
            await Stock(store, platform).add([address.chat], 2)
        releases = [held(each) for each in servers.values()]
        environ = {
            "DATABASE_URL": database_url,
            "BRIEFBOT_REFRESH": "false",
            "BRIEFBOT_TICK_SECONDS": "0.1",
            "BRIEFBOT_WEB_PORT": "0",
        }
        process = a_bot(tmp_path, {**environ, **telegram.environ, **slack.environ})
        async with stopped_in_time(process):
            for server in servers.values():
                await asked(server)
            os.kill(process.pid, signal.SIGTERM)
        for platform in CHATS:
            assert await states(store, platform) == [SendState.SENDING, SendState.PENDING]
        for each in releases:
            each.set()
        for platform, server in servers.items():
            await asyncio.gather(*server._tasks)
            await taken_over(store, adapter(server.environ))
            texts = [sent.text for sent in server.sent]
            assert len(texts) == len(set(texts)) == 2
            known = SendState.SENT if platform is Platform.SLACK else SendState.UNCERTAIN
            assert await states(store, platform) == [known, SendState.SENT]
