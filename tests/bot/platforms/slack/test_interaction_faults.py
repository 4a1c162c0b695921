"""What may go wrong with buttons, menus, forms and the shortcut, by number."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.models import Button, Command, Line, Reply, Span
from bot.platforms.slack.adapter import PATH
from bot.platforms.web_server import WebServer
from bot.render.slack.actions import of_bullet, rows
from bot.render.slack.blocks import payload
from tests.fakes.slack import Ack, FakeSlack
from tests.fakes.slack_blocks import mentions, problems, said
from tests.fakes.slack_bot import RecordingCore, running, settings_of

HOSTILE = (
    "<!channel>",
    "<@U1>",
    "<b",
    "<http://x|bank>",
    "@everyone",
    "\u202edrawkcab",
    "\U000e0041",
)
CHANNEL = {"id": "C1", "name": "energy"}
BUTTON = {"type": "button", "action_id": "why 1", "value": "why 1", "action_ts": "1.1"}
MENU = {"type": "overflow", "action_id": "m", "selected_option": {"value": "why 1"}}
FIELD = {"type": "input", "block_id": "0:", "label": {"type": "plain_text", "text": "What"}}
PRESSED: Mapping[str, Mapping[str, Any]] = {
    "button": {"type": "block_actions", "actions": [BUTTON], "channel": CHANNEL},
    "menu": {
        "type": "block_actions",
        "actions": [{**MENU, "action_ts": "1.2"}],
        "channel": CHANNEL,
    },
    "form": {
        "type": "view_submission",
        "view": {
            "type": "modal",
            "id": "V1",
            "callback_id": "why",
            "private_metadata": "C1",
            "blocks": [FIELD],
            "state": {"values": {"0:": {"value": {"type": "plain_text_input", "value": "1"}}}},
        },
    },
    "shortcut": {
        "type": "message_action",
        "callback_id": "brief_on_this",
        "message": {"ts": "1.3", "text": "why 1", "user": "U2"},
        "channel": CHANNEL,
        "trigger_id": "T.1",
    },
}


@pytest.fixture
def core() -> RecordingCore:
    return RecordingCore()


@pytest.fixture
async def slack(core: RecordingCore) -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server, running(core, settings_of(server.environ)):
        yield server


async def pressed(slack: FakeSlack, kind: str, **forgery: Any) -> Ack:
    """Deliver an interaction, and wait until it is acknowledged."""
    who = {"user": {"id": "U1", "name": "ada"}, "team": {"id": "T1"}, "api_app_id": "A1"}
    return await slack.deliver("interactive", {**who, **PRESSED[kind]}, **forgery)


@pytest.mark.parametrize("kind", PRESSED)
async def test_fault_15_what_is_delivered_three_times_has_one_effect(
    kind: str, slack: FakeSlack, core: RecordingCore
) -> None:
    for _ in range(3):
        assert (await pressed(slack, kind)).status == 200
    await slack.direct("help")
    await slack.arrived(2)
    assert len(core.asked) == 2


@pytest.mark.parametrize("kind", PRESSED)
async def test_fault_18_it_is_acknowledged_before_a_slow_answer(
    kind: str, slack: FakeSlack, core: RecordingCore
) -> None:
    finish = asyncio.Event()

    async def reply(_: Command) -> Reply:
        await finish.wait()
        return Reply(title="late")

    core.reply = reply
    await pressed(slack, kind)
    assert slack.sent == ()
    finish.set()
    assert (await slack.arrived(1))[0].text == "late"


@pytest.mark.parametrize("forgery", [{"secret": "another-secret"}, {"age": 301}, {"age": -400}])
@pytest.mark.parametrize("kind", PRESSED)
async def test_fault_19_it_refuses_what_slack_did_not_sign_just_now(
    kind: str, forgery: Mapping[str, Any], core: RecordingCore
) -> None:
    async with over_http(core) as slack:
        assert (await pressed(slack, kind, **forgery)).status == 401
        assert (core.asked, core.updates) == ([], [])
        assert (await pressed(slack, kind)).status == 200
        await slack.arrived(1)
        assert len(core.asked) == 1


async def test_fault_21_a_button_is_answered_when_its_response_url_is_over(
    slack: FakeSlack, core: RecordingCore
) -> None:
    async def reply(_: Command) -> Reply:
        go = ((Button("Go", "why 1"),),)
        lines = tuple(Line((Span("word " * 550),)) for _ in range(32))
        return (
            Reply(title="Choose", buttons=go)
            if len(core.asked) < 2
            else Reply(lines=lines, private=True)
        )

    core.reply = reply
    await slack.direct("help")
    await slack.press("Go", on=(await slack.arrived(1))[0])
    sent = (await slack.arrived(9))[1:]
    assert [each.via for each in sent] == ["response_url"] * 5 + ["chat.postMessage"] * 3
    slack.late = True
    await slack.press("Go", on=slack.sent[0])
    assert {each.via for each in (await slack.arrived(17))[9:]} == {"chat.postMessage"}


def test_fault_39_the_label_of_a_button_calls_nobody() -> None:
    buttons = [Button(each, f"topics {each}") for each in HOSTILE]
    blocks = [block for row in rows([buttons]) for block in row]
    message = {"text": "·", "blocks": [*blocks, of_bullet(1)]}
    assert (problems(message), mentions(message)) == ([], [])
    assert "\u202e" not in said(message)


def test_fault_42_links_have_no_previews() -> None:
    made = payload([])
    assert '"unfurl_links": false' in made
    assert '"unfurl_media": false' in made


@asynccontextmanager
async def over_http(core: RecordingCore) -> AsyncIterator[FakeSlack]:
    """The bot behind signed HTTP."""
    async with FakeSlack() as slack, running(core, settings_of(slack.http_environ)) as platform:
        web = WebServer("127.0.0.1", 0, platform.routes)
        await web.start()
        slack.post_to(f"http://127.0.0.1:{web.port}{PATH}")
        yield slack
        await web.stop()
