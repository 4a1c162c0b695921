"""Commands that wait behind another outlive the process: answered once, or apologised for."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from bot.store import Store
from config.settings import load_settings
from tests.bot.test_app import QUICK, running
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock

CHAT = 42
COMMANDS = ("/help", "/topics", "/subscribe energy at 07:30", "/subscriptions", "/sources")
NAMED = re.compile(r"“/?(\w+)”")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@asynccontextmanager
async def a_process(
    url: str, telegram: FakeTelegram, how: signal.Signals
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The whole bot in a process of its own, ended by a signal."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BRIEFBOT")},
        **telegram.environ,
        **QUICK,
        "DATABASE_URL": url,
        "BRIEFBOT_REFRESH": "false",
        "BRIEFBOT_WEB_PORT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=environ, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(how)
        await process.wait()


def confirmed(telegram: FakeTelegram, update: int) -> bool:
    """Whether Telegram was told that an update was taken, and will not deliver it again."""
    polls = (call for call in telegram.calls if call.method == "getupdates")
    return any(int(call.arguments.get("offset") or 0) > update for call in polls)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["kill -9", "SIGTERM"])
async def test_fault_66_commands_that_wait_behind_another_are_answered_once_or_apologised_for(
    how: signal.Signals, store: Store, database_url: str, telegram: FakeTelegram
) -> None:
    telegram.limit(50, chat=CHAT, times=999)
    async with a_process(database_url, telegram, how):
        updates = [telegram.type(each, chat=CHAT) for each in COMMANDS]
        for _ in range(6):  # a busy machine takes its time to start a process
            with suppress(TimeoutError):
                await telegram.until(partial(confirmed, telegram, updates[-1]))
                break
    telegram.forgive()
    sent = len(telegram.sent)
    settings = load_settings({**QUICK, **telegram.environ, "BRIEFBOT_WEB_PORT": "0"})
    later = Clock(datetime.now(UTC) + timedelta(minutes=16))
    async with running(store, settings, later):
        await telegram.until(lambda: len(telegram.sent) > sent)
        await asyncio.sleep(0.5)
    told = [each.text for each in telegram.sent if each.chat == CHAT]
    [apology] = [each for each in told if "interrupted" in each]
    named = NAMED.findall(apology)
    answered = len(told) - 1
    assert answered + len(named) == len(COMMANDS)
    assert len(named) == len(set(named))
