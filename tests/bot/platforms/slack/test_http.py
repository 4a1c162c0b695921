"""The Slack adapter over signed HTTP, on the web server that runs in production."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.models import Command, Reply
from bot.platforms.slack.adapter import PATH
from bot.platforms.slack.events import MAX_BODY
from bot.platforms.web_server import WebServer
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, running, settings_of


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
def core() -> RecordingCore:
    return RecordingCore()


@pytest.fixture
async def url(slack: FakeSlack, core: RecordingCore) -> AsyncIterator[str]:
    async with running(core, settings_of(slack.http_environ)) as platform:
        web = WebServer("127.0.0.1", 0, platform.routes)
        await web.start()
        slack.post_to(f"http://127.0.0.1:{web.port}{PATH}")
        yield f"http://127.0.0.1:{web.port}{PATH}"
        await web.stop()


async def post(url: str, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        return answer.status


@pytest.mark.usefixtures("url")
class TestOverHttp:
    async def test_it_answers_commands_mentions_and_messages(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        acks = [await slack.slash("/brief", "help"), await slack.mention("search oil")]
        acks.append(await slack.direct("subscriptions"))
        sent = await slack.arrived(3)
        assert [ack.status for ack in acks] == [200, 200, 200]
        assert {each.text for each in sent} == {"help!", "search!\noil", "subscriptions!"}

    async def test_fault_18_it_acknowledges_before_a_slow_answer(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        finish = asyncio.Event()

        async def reply(command: Command) -> Reply:
            await finish.wait()
            return Reply(title="late")

        core.reply = reply
        ack = await slack.slash("/brief", "help")
        assert (ack.status, ack.body) == (200, "")
        assert slack.sent == ()
        finish.set()
        assert (await slack.arrived(1))[0].text == "late"

    @pytest.mark.parametrize(
        "forgery",
        [{"secret": "another-secret"}, {"age": 301}, {"age": -400}],
        ids=["secret", "stale", "future"],
    )
    @pytest.mark.parametrize("kind", ["slash_commands", "events_api"])
    async def test_fault_19_it_refuses_what_slack_did_not_sign_just_now(
        self, kind: str, forgery: dict[str, Any], slack: FakeSlack, core: RecordingCore
    ) -> None:
        event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": "help", "ts": "1"}
        payload: dict[str, Any] = {"command": "/brief", "text": "help", "channel_id": "C1"}
        if kind == "events_api":
            payload = {"type": "event_callback", "event_id": "Ev1", "event": event}
        ack = await slack.deliver(kind, payload, **forgery)
        assert ack.status == 401
        assert core.asked == []
        assert core.updates == []

    async def test_fault_19_it_takes_a_request_just_young_enough(self, slack: FakeSlack) -> None:
        event = {"type": "app_mention", "channel": "C1", "user": "U1", "text": "help", "ts": "1"}
        payload = {"type": "event_callback", "event_id": "Ev1", "event": event}
        assert (await slack.deliver("events_api", payload, age=290)).status == 200

    async def test_it_answers_slacks_check_of_the_address(self, slack: FakeSlack) -> None:
        payload = {"type": "url_verification", "challenge": "abc", "token": "x"}
        ack = await slack.deliver("events_api", payload)
        assert (ack.status, json.loads(ack.body)) == (200, {"challenge": "abc"})

    async def test_it_accepts_events_that_mean_nothing_to_it(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        assert (await slack.event({"type": "member_joined_channel"})).status == 200
        assert core.asked == []


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x", {}, 401),
        (b"x", {"X-Slack-Request-Timestamp": "soon"}, 401),
        (b"\xff\xfe", {"X-Slack-Request-Timestamp": "1"}, 400),
        (b"x" * (MAX_BODY + 1), {}, 413),
    ],
    ids=["unsigned", "no-time", "no-text", "huge"],
)
async def test_it_refuses_what_is_no_request_of_slacks(
    body: bytes, headers: dict[str, str], status: int, url: str, core: RecordingCore
) -> None:
    assert await post(url, body, **headers) == status
    assert core.asked == []


async def test_it_asks_slack_to_come_back_before_it_is_ready(
    slack: FakeSlack, core: RecordingCore
) -> None:
    platform = a_slack_platform(core, settings_of(slack.http_environ))
    web = WebServer("127.0.0.1", 0, platform.routes)
    await web.start()
    assert await post(f"http://127.0.0.1:{web.port}{PATH}", b"{}") == 503
    await web.stop()


async def test_it_opens_no_address_in_socket_mode(slack: FakeSlack, core: RecordingCore) -> None:
    both = slack.environ | slack.http_environ
    assert a_slack_platform(core, settings_of(both)).routes == ()
