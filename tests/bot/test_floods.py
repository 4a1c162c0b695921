"""Whatever one chat does, the others are answered at once."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.store import Store
from config.settings import load_settings
from tests.bot.test_app import EARLY, QUICK, running
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock

BUSY, CALM = 77, 42
TRIES = 20
PAUSE = 25
"""Seconds for which the platform tells the bot to wait."""


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture(autouse=True)
def short_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a test does not wait for the answers that have to pause."""
    monkeypatch.setattr("bot.platforms.telegram.adapter.STOP_SECONDS", 0.1)
    monkeypatch.setattr("bot.platforms.slack.adapter.DRAIN_SECONDS", 0.1)


async def test_fault_65_many_messages_and_a_pause_in_one_chat_delay_no_other(
    store: Store, telegram: FakeTelegram
) -> None:
    """The clock of the limits stands still; the time that an answer takes is real."""
    settings = load_settings({**QUICK, **telegram.environ, "BRIEFBOT_COMMANDS_A_MINUTE": "10000"})
    async with running(store, settings, Clock(EARLY)):
        telegram.limit(PAUSE, chat=BUSY, times=99)
        for number in range(120):
            telegram.type(f"/help {number}", chat=BUSY, user=BUSY)
        took = []
        for number in range(TRIES):
            began = time.monotonic()
            telegram.type("/help", chat=CALM, user=CALM)
            await telegram.until(partial(answered, telegram, number + 1))
            took.append(time.monotonic() - began)
        assert max(took) < PAUSE / 2


async def test_fault_65_a_pause_in_one_slack_channel_delays_no_other(
    store: Store, slack: FakeSlack
) -> None:
    settings = load_settings({**QUICK, **slack.environ, "BRIEFBOT_COMMANDS_A_MINUTE": "10000"})
    async with running(store, settings, Clock(EARLY)):
        slack.limit("chat.postEphemeral", retry_after=PAUSE)
        for number in range(60):
            await slack.mention(f"help {number}", channel="C1", user="U1")
        await slack.until(lambda: slack.ahead("chat.postEphemeral") == 0)
        took = []
        for number in range(20):
            began = time.monotonic()
            await slack.mention("help", channel="G1", user="U2")
            await slack.arrived(number + 1)
            took.append(time.monotonic() - began)
        assert max(took) < PAUSE / 2
        assert {each.channel for each in slack.sent} == {"G1"}


def answered(telegram: FakeTelegram, times: int) -> bool:
    return sum(each.chat == CALM for each in telegram.sent) >= times
