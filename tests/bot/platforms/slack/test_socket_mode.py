"""Socket Mode when the connection does not last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.models import Command, Reply
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, running, settings_of

WATCH = 0.05


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
def core() -> RecordingCore:
    return RecordingCore()


async def test_fault_20_it_loses_no_event_when_slack_asks_it_to_reconnect(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async with running(core, settings_of(slack.environ)):
        await slack.direct("help")
        await slack.refresh()
        await asyncio.gather(*(slack.direct(f"search {n}") for n in range(20)))
        await slack.until(lambda: slack.connections == 2)
        await slack.direct("subscriptions")
        await slack.arrived(22)
    assert len(core.asked) == len(slack.sent) == 22


async def test_fault_20_it_finishes_an_answer_across_a_reconnect(
    slack: FakeSlack, core: RecordingCore
) -> None:
    finish = asyncio.Event()

    async def reply(command: Command) -> Reply:
        await finish.wait()
        return Reply(title="done")

    core.reply = reply
    async with running(core, settings_of(slack.environ)):
        await slack.slash("/brief", "help")
        await slack.refresh()
        await slack.until(lambda: slack.connections == 2)
        finish.set()
        assert (await slack.arrived(1))[0].text == "done"


async def test_it_connects_again_when_the_socket_breaks(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async with running(core, settings_of(slack.environ), WATCH):
        await slack.cut()
        await slack.direct("help")
        assert (await slack.arrived(1))[0].text == "help!"


async def test_it_replaces_a_socket_that_says_nothing(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async with running(core, settings_of(slack.environ), WATCH):
        slack.silent = True
        await slack.refresh()
        await slack.until(lambda: slack.connections == 2)
        slack.silent = False
        await slack.direct("help")
        assert (await slack.arrived(1))[0].text == "help!"
        assert slack.connections == 3


async def test_it_tries_on_while_slack_gives_no_new_socket(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async with running(core, settings_of(slack.environ), WATCH):
        slack.break_down("apps.connections.open", times=3)
        await slack.cut()
        await slack.direct("help")
        assert (await slack.arrived(1))[0].text == "help!"


async def test_it_keeps_a_quiet_connection_that_is_well(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async with running(core, settings_of(slack.environ), WATCH):
        await slack.until(lambda: len(slack.calls("auth.test")) > 5)
        assert slack.connections == 1
