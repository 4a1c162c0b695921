"""The Slack adapter against local-slack, a workspace that is not of our making."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.models import Command, Platform, Reply
from bot.platforms.slack.adapter import PATH, SlackPlatform
from bot.platforms.web_server import WebServer
from config.settings import Settings
from tests.fakes.local_slack import LocalSlack, free_port
from tests.fakes.slack_bot import RecordingCore, running, settings_of
from tests.support.builders import a_briefing, a_delivery, an_address

Running = tuple[LocalSlack, SlackPlatform, RecordingCore]


@pytest.fixture(params=["socket", "http"])
async def running_bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Running]:
    core = RecordingCore()
    port = free_port()
    url = f"http://127.0.0.1:{port}{PATH}" if request.param == "http" else None
    async with (
        LocalSlack(tmp_path, url) as slack,
        running(core, patient(slack)) as platform,
        served(platform, port),
    ):
        yield slack, platform, core


@asynccontextmanager
async def served(platform: SlackPlatform, port: int) -> AsyncIterator[None]:
    """The platform's routes on a web server, where it has any."""
    if not platform.routes:
        yield
        return
    web = WebServer("127.0.0.1", port, platform.routes)
    await web.start()
    yield
    await web.stop()


def patient(slack: LocalSlack) -> Settings:
    return settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="10")


async def test_it_answers_a_slash_command(running_bot: Running) -> None:
    slack, _, core = running_bot

    async def reply(command: Command) -> Reply:
        return Reply(briefing=a_briefing())

    core.reply = reply
    await slack.slash("energy 24h")
    (message,) = await slack.from_bot("C1", 1)
    assert "A storm cut power to the coast." in str(message["blocks"])
    assert "ephemeral_to" not in message
    (asked,) = core.asked
    assert (asked.name, asked.args) == ("", "energy 24h")
    assert asked.address == an_address("C1", platform=Platform.SLACK, workspace="T1")


async def test_it_answers_help_to_the_asker_alone(running_bot: Running) -> None:
    slack, _, _ = running_bot
    await slack.slash("help")
    (message,) = await slack.from_bot("C1", 1)
    assert (message["text"], message["ephemeral_to"]) == ("help!", "U1")


async def test_it_answers_a_mention_once_and_in_its_thread(running_bot: Running) -> None:
    slack, _, core = running_bot
    first = await slack.write("Good morning, all")
    await slack.write("@briefbot subscribe energy", thread_ts=first)
    await slack.write("@briefbot help")
    messages = await slack.from_bot("C1", 2)
    answers = {message["text"]: message.get("thread_ts") for message in messages}
    assert answers == {"subscribe!\nenergy": first, "help!": None}
    assert len(core.asked) == 2


async def test_it_answers_a_direct_message_once(running_bot: Running) -> None:
    slack, _, core = running_bot
    await slack.write("@briefbot search oil", channel="D1")
    await slack.write("help", channel="D1")
    messages = await slack.from_bot("D1", 2)
    assert {message["text"] for message in messages} == {"search!\noil", "help!"}
    assert len(core.asked) == 2


async def test_it_posts_a_digest(running_bot: Running) -> None:
    slack, platform, _ = running_bot
    (payload,) = platform.parts(a_briefing(), "Your digest")
    address = an_address("C1", platform=Platform.SLACK, workspace="T1")
    receipt = await platform.send(address, a_delivery(payload=payload))
    (message,) = await slack.from_bot("C1", 1)
    assert message["ts"] == receipt.message_id
    assert message["blocks"][0]["text"]["text"] == "Your digest"
