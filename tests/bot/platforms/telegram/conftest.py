"""A fake Telegram, and an adapter that polls it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.telegram.adapter import TelegramPlatform
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import RecordingCore, running, settings_of


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def core() -> RecordingCore:
    return RecordingCore()


@pytest.fixture
async def bot(tg: FakeTelegram, core: RecordingCore) -> AsyncIterator[TelegramPlatform]:
    async with running(core, settings_of(tg)) as platform:
        yield platform
