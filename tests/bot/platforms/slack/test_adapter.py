"""The Slack adapter over Socket Mode, against a strict fake."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.errors import PlatformError
from bot.models import Command, Line, Reply, Span
from bot.platforms.slack.adapter import SlackPlatform
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, running, settings_of
from tests.fakes.slack_web import Sent
from tests.support.builders import a_briefing, a_bullet, a_section


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
def core() -> RecordingCore:
    return RecordingCore()


@pytest.fixture
async def bot(slack: FakeSlack, core: RecordingCore) -> AsyncIterator[SlackPlatform]:
    async with running(core, settings_of(slack.environ)) as platform:
        yield platform


def with_briefing(core: RecordingCore, bullets: int = 1) -> None:
    many = [a_bullet(f"Bullet {n}. " + "No power on the coast. " * 40) for n in range(bullets)]

    async def reply(command: Command) -> Reply:
        return Reply(briefing=a_briefing(a_section("energy", *many)))

    core.reply = reply


async def only(slack: FakeSlack) -> Sent:
    (sent,) = await slack.arrived(1)
    return sent


async def changed(command: Command) -> Reply:
    """Answer a command that has changed the channel."""
    lines = (Line((Span(command.args),)),)
    return Reply(title=f"{command.name}!", lines=lines, changed=True)


async def digests_to_come(command: Command) -> Reply:
    """Answer a command by which the channel gets digests."""
    return Reply(title=f"{command.name}!", changed=True, gets_digests=True)


@pytest.mark.usefixtures("bot")
class TestCommands:
    async def test_it_answers_a_slash_command_where_all_can_see_the_briefing(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        with_briefing(core)
        await slack.slash("/brief", "energy 24h", channel="C2")
        sent = await only(slack)
        assert (sent.via, sent.channel, sent.to) == ("response_url", "C2", "")
        assert [(each.name, each.args) for each in core.asked] == [("", "energy 24h")]

    async def test_it_answers_help_to_the_asker_alone(self, slack: FakeSlack) -> None:
        await slack.slash("/brief", "help", user="U2")
        sent = await only(slack)
        assert (sent.via, sent.to, sent.text) == ("response_url", "U2", "help!")

    async def test_it_tells_all_of_a_new_subscription(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        core.reply = changed
        await slack.slash("/brief", "subscribe energy at 07:30")
        sent = await only(slack)
        assert (sent.to, sent.text) == ("", "subscribe!\nenergy at 07:30")

    async def test_it_tells_a_mistake_to_the_asker_alone(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        async def reply(command: Command) -> Reply:
            return Reply(lines=(Line((Span("No such topic."),)),))

        core.reply = reply
        await slack.slash("/brief", "subscribe enrgy")
        assert (await only(slack)).to == "U1"

    async def test_it_answers_a_mention_in_the_channel(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        await slack.mention("subscribe energy")
        sent = await only(slack)
        assert (sent.via, sent.channel, sent.thread) == ("chat.postMessage", "C1", "")
        assert core.asked[0].channel_title == "energy"
        assert core.asked[0].address.workspace == "T1"

    async def test_it_answers_a_mention_in_a_thread_in_that_thread(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        await slack.mention("why 2", thread="1700000000.000100")
        assert (await only(slack)).thread == "1700000000.000100"
        assert (core.asked[0].address.chat, core.asked[0].address.thread) == ("C1", "")

    async def test_it_answers_a_direct_message(self, slack: FakeSlack, core: RecordingCore) -> None:
        await slack.direct("help")
        sent = await only(slack)
        assert (sent.channel, sent.text) == ("D1", "help!")

    async def test_it_says_nothing_where_nothing_is_to_be_said(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        async def reply(command: Command) -> Reply | None:
            return None if command.name == "search" else Reply(title="here")

        core.reply = reply
        await slack.direct("search")
        await slack.direct("help")
        assert [sent.text for sent in await slack.arrived(1)] == ["here"]

    @pytest.mark.parametrize("kind", ["mention", "direct", "slash"])
    async def test_fault_15_it_answers_a_redelivered_update_once(
        self, kind: str, slack: FakeSlack, core: RecordingCore
    ) -> None:
        for _ in range(3):
            if kind == "slash":
                await slack.slash("/brief", "help", trigger="1.1")
            elif kind == "mention":
                await slack.mention("help", event_id="Ev1")
            else:
                await slack.direct("help", event_id="Ev1")
        await slack.direct("subscriptions")
        sent = await slack.arrived(2)
        assert sorted(each.text for each in sent) == ["help!", "subscriptions!"]
        assert len(core.asked) == 2

    @pytest.mark.parametrize("kind", ["mention", "slash"])
    async def test_fault_18_it_acknowledges_before_a_slow_answer(
        self, kind: str, slack: FakeSlack, core: RecordingCore
    ) -> None:
        finish = asyncio.Event()

        async def reply(command: Command) -> Reply:
            await finish.wait()
            return Reply(title="late")

        core.reply = reply
        await (slack.mention("help") if kind == "mention" else slack.slash("/brief", "help"))
        assert slack.sent == ()
        finish.set()
        assert (await only(slack)).text == "late"

    async def test_it_says_that_an_answer_failed_and_goes_on(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        async def reply(command: Command) -> Reply:
            raise ZeroDivisionError

        core.reply = reply
        await slack.slash("/brief", "help")
        sent = await only(slack)
        assert (sent.to, "something went wrong" in sent.text) == ("U1", True)
        core.reply = None
        await slack.direct("help")
        assert (await slack.arrived(2))[1].text == "help!"


@pytest.mark.usefixtures("bot")
class TestReplies:
    async def test_fault_21_it_posts_what_a_response_url_no_longer_takes(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        async def reply(_: Command) -> Reply:
            lines = tuple(Line((Span("word " * 550),)) for _ in range(32))
            return Reply(title="Topics", lines=lines, changed=True)

        core.reply = reply
        await slack.slash("/brief", "energy")
        sent = await slack.arrived(8)
        assert [each.via for each in sent] == ["response_url"] * 5 + ["chat.postMessage"] * 3
        assert {(each.channel, each.to) for each in sent} == {("C1", "")}

    @pytest.mark.parametrize(
        ("line", "via", "to"),
        [("energy", "chat.postMessage", ""), ("help", "chat.postEphemeral", "U1")],
    )
    async def test_fault_21_it_posts_after_half_an_hour(
        self, line: str, via: str, to: str, slack: FakeSlack, core: RecordingCore
    ) -> None:
        async def reply(command: Command) -> Reply:
            for response in slack.responses.values():
                response.expired = True
            return Reply(briefing=a_briefing() if command.args == "energy" else None, title="Here")

        core.reply = reply
        await slack.slash("/brief", line)
        sent = await only(slack)
        assert (sent.via, sent.to) == (via, to)

    @pytest.mark.parametrize("method", ["chat.postMessage", "response_url"])
    async def test_it_answers_once_where_the_answers_receipt_is_lost(
        self, method: str, slack: FakeSlack
    ) -> None:
        slack.lose(method)
        if method == "response_url":
            await slack.slash("/brief", "help")
        else:
            await slack.mention("help")
        await slack.arrived(1)
        await slack.direct("subscriptions")
        sent = await slack.arrived(2)
        assert [each.text for each in sent] == ["help!", "subscriptions!"]

    async def test_a_briefing_is_posted_so_that_its_message_is_known(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        with_briefing(core, bullets=75)
        await slack.slash("/brief", "energy")
        sent = await slack.arrived(8)
        assert {(each.via, each.channel, each.to) for each in sent} == {
            ("chat.postMessage", "C1", "")
        }

    async def test_where_the_bot_cannot_post_a_briefing_goes_to_the_response_url(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        with_briefing(core, bullets=1)
        await slack.slash("/brief", "energy", channel="C2")
        assert (await only(slack)).via == "response_url"

    async def test_it_waits_for_a_rate_limit_to_pass(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        core.reply = changed
        slack.limit("chat.postMessage", retry_after=0.1, times=2)
        slack.limit("response_url", times=1)
        await slack.mention("help")
        assert (await slack.arrived(1))[0].text.startswith("help!")
        await slack.slash("/brief", "subscribe energy")
        assert (await slack.arrived(2))[1].via == "chat.postMessage"

    async def test_it_enters_a_channel_that_is_to_get_digests(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        core.reply = digests_to_come
        await slack.slash("/brief", "subscribe energy", channel="C2")
        assert "invite" not in (await only(slack)).text
        assert slack.channels["C2"].member

    async def test_it_says_how_to_let_it_into_a_channel_that_it_cannot_enter(
        self, slack: FakeSlack, core: RecordingCore
    ) -> None:
        core.reply = digests_to_come
        slack.channels["G1"].member = False
        await slack.slash("/brief", "subscribe energy", channel="G1")
        assert "/invite @briefbot" in (await only(slack)).text

    async def test_it_enters_no_channel_that_only_asks(self, slack: FakeSlack) -> None:
        await slack.slash("/brief", "help", channel="C2")
        await slack.arrived(1)
        assert slack.calls("conversations.join") == []


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("SLACK_BOT_TOKEN", "xoxb-wrong", "SLACK_BOT_TOKEN was refused by Slack (invalid_auth)"),
        ("SLACK_APP_TOKEN", "xapp-wrong", "SLACK_APP_TOKEN was refused by Slack (invalid_auth)"),
    ],
)
async def test_it_names_the_token_that_slack_refuses(
    variable: str, value: str, named: str, slack: FakeSlack, core: RecordingCore
) -> None:
    platform = a_slack_platform(core, settings_of(slack.environ | {variable: value}))
    with pytest.raises(PlatformError) as caught:
        await platform.start()
    assert named in str(caught.value)
    assert value not in str(caught.value)
    await platform.stop()


async def test_it_starts_while_slack_is_down_and_connects_when_it_is_back(
    slack: FakeSlack, core: RecordingCore
) -> None:
    slack.break_down("auth.test", status=503)
    async with running(core, settings_of(slack.environ)):
        assert slack.connections == 0
        await slack.until(lambda: slack.connections == 1)
        await slack.direct("help")
        assert (await only(slack)).text == "help!"


async def test_it_finishes_an_answer_that_is_under_way_when_it_is_stopped(
    slack: FakeSlack, core: RecordingCore
) -> None:
    began, finish = asyncio.Event(), asyncio.Event()

    async def reply(command: Command) -> Reply:
        began.set()
        await finish.wait()
        return Reply(title="in time")

    core.reply = reply
    platform = a_slack_platform(core, settings_of(slack.environ))
    await platform.start()
    await slack.direct("help")
    await began.wait()
    stopping = asyncio.create_task(platform.stop())
    finish.set()
    await stopping
    assert [sent.text for sent in slack.sent] == ["in time"]


async def test_it_stops_before_it_was_started(core: RecordingCore, slack: FakeSlack) -> None:
    await a_slack_platform(core, settings_of(slack.environ)).stop()
    assert slack.workspace.calls == []


async def test_it_needs_no_slack_variable_but_its_own_settings(
    slack: FakeSlack, core: RecordingCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "shh", **slack.environ}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    async with running(core, settings_of(environ)):
        await slack.direct("help")
        assert (await only(slack)).text == "help!"


async def test_it_logs_no_token_and_no_response_url(
    slack: FakeSlack, core: RecordingCore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.break_down("apps.connections.open", status=500, text="oops")
    with capture_logs() as entries:
        async with running(core, settings_of(slack.environ)):
            await slack.until(lambda: slack.connections == 1)
            slack.lose("response_url", commit=False)
            slack.refuse("chat.postMessage", "internal_error")
            await slack.slash("/brief", "help")
            await slack.mention("help")
            await slack.direct("subscriptions")
            await slack.arrived(1)
    records = [each for each in caplog.records if each.name != "aiohttp.access"]
    logged = "\n".join([str(entries), *(each.getMessage() for each in records)])
    assert "not sent" in logged
    assert not re.search(r"xoxb-|xapp-|/response/|ticket-", logged)
