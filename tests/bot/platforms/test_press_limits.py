"""Pressed buttons: a person's limit comes before the database, and a refusal reaches them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.models import Address, Button, Command, Line, Reply, Span
from bot.platforms.admission import Admission
from bot.platforms.kept_commands import KeptCommands
from bot.platforms.telegram import store_patience
from bot.platforms.telegram.store_patience import StorePatience
from tests.fakes import slack_bot, telegram_bot
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock

MOST = 2
LONG = "search " + "storm " * 400


@dataclass
class Stored:
    """Keeps commands of buttons, and counts how often one is looked up."""

    commands: dict[str, str] = field(default_factory=dict)
    looked_up: int = 0

    async def keep(self, address: Address, commands: Mapping[str, str], now: datetime) -> None:
        self.commands |= commands

    async def find(self, address: Address, mark: str) -> str | None:
        self.looked_up += 1
        return self.commands.get(mark)


class Limit:
    """Admits so many commands."""

    left = MOST + 1

    def __call__(self, _: Command) -> Admission:
        self.left -= 1
        if self.left >= 0:
            return Admission(admitted=True)
        reply = Reply(lines=(Line((Span("Too many commands."),)),)) if self.left == -1 else None
        return Admission(admitted=False, reply=reply)


async def with_a_long_button(_: Command) -> Reply:
    return Reply(lines=(Line((Span("done"),)),), buttons=((Button("Go", LONG),),))


async def test_presses_over_the_limit_are_not_looked_up_in_telegram() -> None:
    stored, core = Stored(), telegram_bot.RecordingCore()
    core.reply = with_a_long_button
    async with FakeTelegram() as tg:
        platform = telegram_bot.a_telegram_platform(
            core, telegram_bot.settings_of(tg), kept=KeptCommands(stored, Clock()), admit=Limit()
        )
        await platform.start()
        tg.type("/help")
        shown = await tg.message(1)
        for _ in range(MOST):
            await tg.notice(tg.press("Go", on=shown))
        assert (await tg.notice(tg.press("Go", on=shown))).text == "Too many commands."
        await tg.notice(tg.press("Go", on=shown))
        await platform.stop()
    assert stored.looked_up == MOST


async def test_presses_over_the_limit_are_not_looked_up_in_slack() -> None:
    stored, core = Stored(), slack_bot.RecordingCore()
    core.reply = with_a_long_button
    kept = KeptCommands(stored, Clock())
    async with FakeSlack() as slack:
        chosen = slack_bot.settings_of(slack.environ)
        async with slack_bot.running(core, chosen, kept=kept, admit=Limit()):
            await slack.direct("help")
            (shown,) = await slack.arrived(1)
            for _ in range(MOST + 2):
                await slack.press("Go", on=shown)
            await slack.until(lambda: any("Too many commands." in each.text for each in slack.sent))
    assert stored.looked_up == MOST


async def test_a_refusal_that_is_no_notice_any_more_is_a_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Telegram takes the answer to a query for a while only."""

    async def too_old(*_: object, **__: object) -> bool:
        raise BadRequest("Query is too old and response timeout expired or query ID is invalid")

    core, limit = telegram_bot.RecordingCore(), Limit()
    core.reply = with_a_long_button
    async with FakeTelegram() as tg:
        platform = telegram_bot.a_telegram_platform(core, telegram_bot.settings_of(tg), admit=limit)
        await platform.start()
        tg.type("/help")
        shown = await tg.message(1)
        limit.left = 0
        monkeypatch.setattr(Bot, "answer_callback_query", too_old)
        tg.press("Go", on=shown)
        assert (await tg.message(2)).text == "Too many commands."
        await platform.stop()


async def test_fault_69_look_ups_that_work_do_not_hide_that_nothing_is_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored, core = Stored(), telegram_bot.RecordingCore()
    core.reply = with_a_long_button
    given: list[float] = []
    claims: list[float] = []
    allowed = StorePatience._allowed

    def noted(patience: StorePatience) -> float:
        given.append(allowed(patience))
        return given[-1]

    async def hangs(*_: object) -> bool:
        claims.append(given[-1])
        raise TimeoutError

    async with FakeTelegram() as tg:
        platform = telegram_bot.a_telegram_platform(
            core, telegram_bot.settings_of(tg), kept=KeptCommands(stored, Clock())
        )
        await platform.start()
        tg.type("/help")
        shown = await tg.message(1)
        monkeypatch.setattr(core, "claim", hangs)
        monkeypatch.setattr(StorePatience, "_allowed", noted)
        for _ in range(2):
            await tg.notice(tg.press("Go", on=shown))
        await platform.stop()
    assert claims == [store_patience.USUAL_SECONDS, store_patience.HUNG_SECONDS]
