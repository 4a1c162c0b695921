"""Polling goes on, whatever Telegram answers; what was taken is confirmed after it was stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram import Update

from bot.errors import StoreError
from bot.health import Health
from bot.models import Address, Command, Platform, Reply
from bot.platforms.telegram import polling, store_patience
from bot.platforms.telegram.adapter import TelegramPlatform
from bot.platforms.telegram.polling import UpdatePoller
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import MENU, NAMES, RecordingCore, settings_of
from tests.fakes.telegram_rules import Refusal
from tests.support.waiting import until


class RecordedFaults:
    """Notes what is said of installations."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def refused(self, platform: Platform, workspace: str, reason: str) -> None:
        self.said.append("refused")

    async def accepted(self, platform: Platform, workspace: str) -> None:
        if self.said and self.said[-1] == "refused":
            self.said.append("accepted")


def a_platform(
    core: RecordingCore, tg: FakeTelegram, health: Health, faults: RecordedFaults | None = None
) -> TelegramPlatform:
    return TelegramPlatform(
        settings_of(tg),
        core.answer,
        menu=MENU,
        inbox=core,
        commands=NAMES,
        health=health,
        faults=faults,
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [(401, "Unauthorized"), (404, "Not Found"), (502, "Bad Gateway"), (409, "Conflict: other")],
)
async def test_fault_62_polling_goes_on_after_a_refusal(
    code: int, words: str, tg: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)
    core, health, faults = RecordingCore(), Health(), RecordedFaults()
    platform = a_platform(core, tg, health, faults)
    await platform.start()
    try:
        tg.type("/help")
        await tg.message(1)
        tg.refuse(Refusal(code, words), method="getUpdates", times=4)
        tg.type("/help one")
        await tg.until(lambda: polling.NAME in health.problems())
        tg.type("/help two")
        assert (await tg.message(3)).text == "said: help two"
        assert health.problems() == {}
        assert (faults.said[-1:] == ["accepted"]) == (code in {401, 404})
    finally:
        await platform.stop()


async def _full_disk() -> None:
    raise StoreError("the disk is full")


async def _fault_of_the_bot() -> None:
    raise LookupError("a fault of the bot")


async def _hangs() -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("store", [_full_disk, _fault_of_the_bot, _hangs])
async def test_fault_62_polling_goes_on_where_a_refusal_cannot_be_stored(
    store: Callable[[], Awaitable[None]], tg: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(store_patience, "USUAL_SECONDS", 0.01)

    class Unstored(RecordedFaults):
        async def refused(self, *_: object) -> None:
            await store()

        async def accepted(self, *_: object) -> None:
            await store()

    platform = a_platform(RecordingCore(), tg, Health(), Unstored())
    tg.refuse(Refusal(401, "Unauthorized"), method="getUpdates")
    await platform.start()
    try:
        tg.type("/help")
        assert (await tg.message(1)).text == "said: help"
    finally:
        await platform.stop()


async def test_fault_66_an_update_is_stored_before_it_is_confirmed(tg: FakeTelegram) -> None:
    """Telegram delivers again what a process did not live to store."""
    core, stored = RecordingCore(), asyncio.Event()
    confirmed: list[bool] = []
    claim = core.claim

    async def slow_claim(update_id: str, address: Address, command: str) -> bool:
        calls = await tg.called("getUpdates")
        number = int(update_id.split(":")[1])
        confirmed.append(any(int(call.arguments.get("offset") or 0) > number for call in calls))
        stored.set()
        return await claim(update_id, address, command)

    core.claim = slow_claim  # type: ignore[method-assign]
    platform = a_platform(core, tg, Health())
    await platform.start()
    try:
        tg.type("/help")
        await tg.message(1)
        assert confirmed == [False]
    finally:
        await platform.stop()


async def test_fault_66_what_waits_behind_another_command_is_stored_at_once(
    tg: FakeTelegram,
) -> None:
    core, release = RecordingCore(), asyncio.Event()

    async def slow(command: Command) -> Reply | None:
        await release.wait()
        return Reply.saying(command.args)

    core.reply = slow
    claimed: list[str] = []
    three = asyncio.Event()
    claim = core.claim

    async def noted(update_id: str, address: Address, command: str) -> bool:
        claimed.append(command)
        if len(claimed) == 3:
            three.set()
        return await claim(update_id, address, command)

    core.claim = noted  # type: ignore[method-assign]
    platform = a_platform(core, tg, Health())
    await platform.start()
    try:
        for name in ("brief", "help", "forget"):
            tg.type(f"/{name}")
        async with asyncio.timeout(10):
            await three.wait()
        assert claimed == ["brief", "help", "forget"]
        assert [each.name for each in core.commands] == ["brief"]
    finally:
        release.set()
        await platform.stop()


async def test_numbers_that_telegram_restarts_are_not_taken_for_old_ones() -> None:
    """After an empty answer all is confirmed, so the next request names no offset."""
    answers = [(Update(5),), (), (Update(2),)]
    offsets: list[int | None] = []
    taken: list[int] = []

    class RestartingBot:
        async def get_updates(self, *, offset: int | None, **more: object) -> tuple[Update, ...]:
            if more["timeout"] == 0:
                return ()
            offsets.append(offset)
            return answers.pop(0) if answers else await asyncio.sleep(3600, ())

    async def take(update: Update) -> None:
        taken.append(update.update_id)

    async def ignore(*_: object) -> None:
        return None

    bot: Any = RestartingBot()
    poller = UpdatePoller(bot, take, Health(), refused=ignore, accepted=ignore)
    task = asyncio.create_task(poller.run())
    await until(lambda: len(offsets) == 4)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (offsets, taken) == ([None, 6, None, 3], [5, 2])
