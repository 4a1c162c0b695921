"""Commands that wait behind another outlive the process: answered once, or apologised for."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.store import Store
from config.settings import load_settings
from tests.bot.test_app import QUICK, running
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock
from tests.support.forked import a_bot

CHAT = 42
COMMANDS = ("help", "topics", "subscribe energy at 07:30", "subscriptions", "sources")
NAMED = re.compile(r"“/?(\w+)”")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@asynccontextmanager
async def ended_by(
    how: signal.Signals, folder: Path, environ: dict[str, str]
) -> AsyncIterator[None]:
    """The whole bot in a process of its own, ended by a signal."""
    process = a_bot(folder, environ)
    try:
        yield
    finally:
        os.kill(process.pid, how)
        await process.wait()


def confirmed(telegram: FakeTelegram, update: int) -> bool:
    """Whether Telegram was told that an update was taken, and will not deliver it again."""
    polls = (call for call in telegram.calls if call.method == "getupdates")
    return any(int(call.arguments.get("offset") or 0) > update for call in polls)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "SIGTERM"])
async def test_fault_66_commands_that_wait_behind_another_are_answered_once_or_apologised_for(
    how: signal.Signals,
    store: Store,
    database_url: str,
    telegram: FakeTelegram,
    slack: FakeSlack,
    tmp_path: Path,
) -> None:
    telegram.limit(50, chat=CHAT, times=999)
    slack.limit("chat.postMessage", retry_after=50, times=999)
    settings = {**QUICK, **telegram.environ, **slack.environ, "BRIEFBOT_WEB_PORT": "0"}
    environ = {**settings, "DATABASE_URL": database_url, "BRIEFBOT_REFRESH": "false"}
    async with ended_by(how, tmp_path, environ):
        await slack.until(lambda: slack.connections > 0, seconds=60)
        updates = [telegram.type(f"/{each}", chat=CHAT) for each in COMMANDS]
        for each in COMMANDS:
            assert (await slack.direct(each)).status == 200
        for _ in range(6):  # a busy machine takes its time to start a process
            with suppress(TimeoutError):
                await telegram.until(partial(confirmed, telegram, updates[-1]))
                break
    telegram.forgive()
    slack.forgive()
    assert (telegram.sent, slack.sent) == ([], ())
    later = Clock(datetime.now(UTC) + timedelta(minutes=16))
    async with running(store, load_settings(settings), later):
        await telegram.until(lambda: bool(telegram.sent))
        await slack.arrived(1)
        await asyncio.sleep(0.5)
    for told in ([each.text for each in telegram.sent], [each.text for each in slack.sent]):
        [apology] = [each for each in told if "interrupted" in each]
        named = NAMED.findall(apology)
        assert len(told) - 1 + len(named) == len(COMMANDS)
        assert len(named) == len(set(named))
