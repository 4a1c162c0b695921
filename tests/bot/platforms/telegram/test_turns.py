"""Several processes with one bot: one of them polls, and another takes over when it ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from bot.platforms.telegram.adapter import TelegramPlatform
from bot.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import RecordingCore, a_telegram_platform, settings_of


@asynccontextmanager
async def a_process(
    tg: FakeTelegram, core: RecordingCore, url: str
) -> AsyncIterator[TelegramPlatform]:
    store = Store.open(url)
    turn = partial(store.leader_lock.hold, "poll 123456", look_seconds=0.05)
    platform = a_telegram_platform(core, settings_of(tg), turn=turn)
    await platform.start()
    try:
        yield platform
    finally:
        await platform.stop()
        await store.close()


async def test_fault_17_of_two_processes_one_polls_and_the_other_takes_over(
    postgresql_url: str,
) -> None:
    first, second = RecordingCore(), RecordingCore()
    async with FakeTelegram() as tg, a_process(tg, first, postgresql_url) as one:
        tg.type("/brief one")
        await tg.message(1)
        async with a_process(tg, second, postgresql_url):
            tg.type("/brief two")
            await tg.message(2)
            assert [each.args for each in first.commands] == ["one", "two"]
            assert not second.commands
            await one.stop()
            tg.type("/brief three")
            await tg.message(3)
            assert [each.args for each in second.commands] == ["three"]
    assert [sent.text for sent in tg.sent] == [f"said: brief {n}" for n in ("one", "two", "three")]
