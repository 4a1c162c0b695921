"""The Telegram adapter by long polling, through the SDK, against a strict fake."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import PlatformError, StoreError
from bot.models import Command, Line, Reply, Span, User
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import USERNAME
from tests.fakes.telegram_bot import RecordingCore, a_telegram_platform, running, settings_of
from tests.fakes.telegram_chats import ANONYMOUS, CHATS
from tests.fakes.telegram_rules import Refusal


async def answer_to(tg: FakeTelegram, text: str | None, **how: Any) -> str | None:
    """What comes back before the answer to a later command in the same chat; None for nothing."""
    known = len(tg.sent)
    tg.type(text, **how)
    tg.type("/brief sentinel", kind=how.get("kind", "private"))
    await tg.until(lambda: "said: brief sentinel" in [sent.text for sent in tg.sent[known:]])
    first = tg.sent[known].text
    return None if first == "said: brief sentinel" else first


@pytest.mark.usefixtures("bot")
class TestWhatItHears:
    @pytest.mark.parametrize("kind", ["private", "group", "supergroup", "channel"])
    @pytest.mark.parametrize("text", ["/brief energy 24h", f"/brief@{USERNAME} energy 24h"])
    async def test_it_answers_a_command_where_it_was_typed(
        self, tg: FakeTelegram, core: RecordingCore, kind: str, text: str
    ) -> None:
        tg.type(text, kind=kind)
        sent = await tg.message(1)
        assert (sent.chat, sent.thread) == (CHATS[kind], None)
        assert sent.text == "said: brief energy 24h"
        (command,) = core.commands
        assert (command.name, command.args) == ("brief", "energy 24h")
        assert command.address.chat == str(CHATS[kind])
        assert command.channel_title == kind.title()

    async def test_it_answers_in_the_forum_topic(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        tg.type("/brief", kind="supergroup", thread=7)
        sent = await tg.message(1)
        assert (sent.chat, sent.thread) == (CHATS["supergroup"], 7)
        assert core.commands[0].address.thread == "7"

    @pytest.mark.parametrize(
        ("text", "name", "args"),
        [
            ("/BRIEF  energy\n7d ", "brief", "energy\n7d"),
            (f"/brief@{USERNAME.upper()}", "brief", ""),
            ("brief energy", "brief", "energy"),
            ("Help", "help", ""),
            ("/nothing_such", "nothing_such", ""),
        ],
    )
    async def test_it_understands_a_private_chat(
        self, tg: FakeTelegram, core: RecordingCore, text: str, name: str, args: str
    ) -> None:
        tg.type(text)
        await tg.message(1)
        assert [(one.name, one.args) for one in core.commands] == [(name, args)]

    @pytest.mark.parametrize("text", ["hello", "/", "/brief!", "what is new?", "/привет"])
    async def test_in_a_private_chat_it_hears_small_talk_as_a_command_without_a_name(
        self, tg: FakeTelegram, core: RecordingCore, text: str
    ) -> None:
        tg.type(text)
        assert (await tg.message(1)).text == f"said: {text}"
        assert [(one.name, one.args) for one in core.commands] == [("", text)]

    @pytest.mark.parametrize(
        ("text", "how"),
        [
            ("/brief@other_bot energy", {"kind": "group"}),
            ("/brief@other_bot energy", {"kind": "private"}),
            ("/unknown", {"kind": "group"}),
            ("hello", {"kind": "group"}),
            ("brief energy", {"kind": "supergroup"}),
            ("hello", {"kind": "channel"}),
            ("/brief", {"kind": "channel", "edited": True}),
            ("/brief", {"kind": "supergroup", "relayed": True}),
            (None, {"kind": "private"}),
        ],
    )
    async def test_it_ignores_what_is_not_for_it(
        self, tg: FakeTelegram, core: RecordingCore, text: str | None, how: dict[str, Any]
    ) -> None:
        assert await answer_to(tg, text, **how) is None
        assert [one.args for one in core.commands] == ["sentinel"]

    async def test_a_group_that_names_the_bot_gets_an_answer_to_an_unknown_command(
        self, tg: FakeTelegram
    ) -> None:
        assert await answer_to(tg, f"/unknown@{USERNAME}", kind="group") == "said: unknown"

    async def test_fault_49_who_speaks_as_the_chat_is_not_the_pseudo_user(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        tg.type("/brief", kind="supergroup", anonymous=True)
        tg.type("/brief", kind="channel")
        await tg.message(2)
        users = {one.user.id for one in core.commands}
        assert users == {str(CHATS["supergroup"]), str(CHATS["channel"])}
        assert str(ANONYMOUS) not in users

    async def test_it_takes_no_lone_surrogate_in(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        tg.type("/brief \ud83d energy")
        await tg.message(1)
        assert core.commands[0].args == "energy"

    async def test_each_scope_has_a_menu_of_what_its_readers_may_use(
        self, tg: FakeTelegram
    ) -> None:
        await tg.called("setMyCommands", times=16)
        assert tg.menus == {
            f"{scope}{language}": menu
            for language in ("", " en", " de", " ar")
            for scope, menu in (
                ("default", ["brief"]),
                ("all_group_chats", ["brief"]),
                ("all_private_chats", ["brief", "subscribe"]),
                ("all_chat_administrators", ["brief", "subscribe"]),
            )
        }


@pytest.mark.usefixtures("bot")
class TestHowItAnswers:
    async def test_fault_15_a_repeated_update_has_one_effect(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        update = tg.type("/brief energy")
        await tg.message(1)
        tg.again(update)
        tg.again(update)
        assert await answer_to(tg, "/brief last") == "said: brief last"
        assert [one.args for one in core.commands].count("energy") == 1

    async def test_fault_18_a_long_command_shows_typing_and_holds_up_no_other_chat(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        done = asyncio.Event()

        async def slow(command: Command) -> Reply:
            if command.args == "slow":
                await done.wait()
            return await core.echo(command)

        core.reply = slow
        tg.type("/brief slow")
        tg.type("/brief quick", kind="group")
        assert (await tg.message(1)).text == "said: brief quick"
        await tg.until(lambda: (CHATS["private"], "typing") in tg.actions)
        done.set()
        assert (await tg.message(2)).text == "said: brief slow"

    async def test_one_chat_is_answered_in_order(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        first = asyncio.Event()

        async def reply(command: Command) -> Reply:
            if command.args == "1":
                await first.wait()
            return await core.echo(command)

        core.reply = reply
        for number in range(1, 5):
            tg.type(f"/brief {number}")
        tg.type("/brief other", kind="group")
        await tg.message(1)
        first.set()
        await tg.message(5)
        assert [sent.text[-1] for sent in tg.sent[1:]] == ["1", "2", "3", "4"]

    async def test_it_says_nothing_where_there_is_nothing_to_say(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        async def reply(command: Command) -> Reply | None:
            return await core.echo(command) if command.args == "sentinel" else None

        core.reply = reply
        assert await answer_to(tg, "/brief") is None

    async def test_a_long_reply_comes_in_parts_and_in_order(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        async def reply(_: Command) -> Reply:
            return Reply(lines=tuple(Line((Span(f"{n:04} " + "x" * 90),)) for n in range(100)))

        core.reply = reply
        tg.type("/brief")
        await tg.message(3)
        shown = [line[:4] for sent in tg.sent for line in sent.text.splitlines()]
        assert shown == [f"{n:04}" for n in range(100)]

    async def test_a_command_that_fails_is_apologised_for_and_logged(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        async def fail(_: Command) -> Reply:
            raise ZeroDivisionError

        core.reply = fail
        with capture_logs() as logs:
            tg.type("/brief")
            assert "Sorry" in (await tg.message(1)).text
        assert [one["log_level"] for one in logs if one["event"] == "command failed"] == ["error"]
        core.reply = core.echo
        tg.type("/brief again")
        assert (await tg.message(2)).text == "said: brief again"

    async def test_fault_69_no_details_of_an_error_are_told_to_people(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        async def fail(_: Command) -> Reply:
            raise StoreError("the database is full: free some space")

        core.reply = fail
        tg.type("/brief")
        said = (await tg.message(1)).text
        assert said == "Sorry, something went wrong. Please try again in a minute."

    async def test_it_waits_as_long_as_telegram_asks(self, tg: FakeTelegram) -> None:
        tg.limit(1, chat=CHATS["private"])
        asked = time.monotonic()
        tg.type("/brief late")
        tg.type("/brief now", kind="group")
        assert (await tg.message(1)).text == "said: brief now"
        assert (await tg.message(2)).text == "said: brief late"
        assert tg.sent[1].at - asked >= 1

    async def test_it_gives_an_answer_up_that_would_come_far_too_late(
        self, tg: FakeTelegram
    ) -> None:
        tg.limit(3600, chat=CHATS["private"])
        tg.type("/brief lost")
        tg.type("/brief next")
        assert (await tg.message(1)).text == "said: brief next"

    async def test_it_follows_a_group_that_became_a_supergroup(self, tg: FakeTelegram) -> None:
        tg.chat(-5)
        tg.migrate(-5, -1005)
        tg.type("/brief", chat=-5, kind="group")
        assert (await tg.message(1)).chat == -1005

    async def test_it_does_not_repeat_an_answer_that_may_have_arrived(
        self, tg: FakeTelegram
    ) -> None:
        tg.lose()
        tg.type("/brief one")
        tg.type("/brief two")
        await tg.message(2)
        assert [sent.text for sent in tg.sent] == ["said: brief one", "said: brief two"]

    async def test_a_chat_that_blocked_the_bot_disturbs_nobody(self, tg: FakeTelegram) -> None:
        tg.block(CHATS["private"])
        tg.type("/brief")
        tg.type("/brief", kind="group")
        assert (await tg.message(1)).chat == CHATS["group"]


class TestLife:
    async def test_an_operator_is_known_by_the_settings(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        async with running(core, settings_of(tg, BRIEFBOT_ADMINS="telegram:42")):
            tg.type("/brief", user=42)
            tg.type("/brief", user=43)
            await tg.message(2)
        assert [one.user for one in core.commands] == [
            User("42", "Ada", admin=True),
            User("43", "Ada", admin=False),
        ]

    async def test_a_refused_token_is_told_at_once_and_never_shown(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        wrong = "123456:AAnotTheTokenOfThisBot"
        began = time.monotonic()
        with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN") as caught:
            async with running(core, settings_of(tg, TELEGRAM_BOT_TOKEN=wrong)):
                pass
        assert time.monotonic() - began < 15
        assert wrong not in str(caught.value)
        assert caught.value.__suppress_context__

    async def test_it_can_be_checked_without_being_started(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        assert await a_telegram_platform(core, settings_of(tg)).check() == f"@{USERNAME}"
        wrong = a_telegram_platform(core, settings_of(tg, TELEGRAM_BOT_TOKEN="1:" + "x" * 35))
        with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN"):
            await wrong.check()
        await tg.down()
        with pytest.raises(PlatformError, match="cannot be reached"):
            await a_telegram_platform(core, settings_of(tg)).check()

    async def test_an_unreachable_telegram_is_tried_again_in_the_background(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        await tg.down()
        with capture_logs() as logs:
            began = time.monotonic()
            async with running(core, settings_of(tg)):
                assert time.monotonic() - began < 15
                await tg.up()
                tg.type("/brief at last")
                assert (await tg.message(1)).text == "said: brief at last"
        assert any(one["event"] == "telegram cannot be reached" for one in logs)

    async def test_it_stops_quickly_while_telegram_cannot_be_reached(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        await tg.down()
        async with running(core, settings_of(tg)):
            began = time.monotonic()
        assert time.monotonic() - began < 8

    async def test_it_polls_on_after_an_outage(self, tg: FakeTelegram, core: RecordingCore) -> None:
        async with running(core, settings_of(tg)):
            tg.type("/brief before")
            await tg.message(1)
            await tg.down()
            await tg.up()
            tg.type("/brief after")
            assert (await tg.message(2)).text == "said: brief after"

    async def test_fault_17_a_second_poller_is_told_of_once(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        refusal = Refusal(409, "Conflict: terminated by other getUpdates request")
        tg.refuse(refusal, method="getUpdates", times=2)
        with capture_logs() as logs:
            async with running(core, settings_of(tg)):
                tg.type("/brief")
                assert (await tg.message(1)).text == "said: brief"
        told = [one for one in logs if one["event"] == "telegram polling failed"]
        assert len(told) == 1
        assert "another program polls" in told[0]["error"]

    async def test_fault_14_what_was_begun_is_answered_before_it_stops(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        begun, finish = asyncio.Event(), asyncio.Event()

        async def slow(command: Command) -> Reply:
            begun.set()
            await finish.wait()
            return await core.echo(command)

        core.reply = slow
        async with running(core, settings_of(tg)) as platform:
            tg.type("/brief")
            await begun.wait()
            stopping = asyncio.create_task(platform.stop())
            await tg.until(lambda: not tg.polled)
            finish.set()
            await stopping
        assert [sent.text for sent in tg.sent] == ["said: brief"]

    async def test_fault_47_the_token_is_in_no_log(
        self, tg: FakeTelegram, core: RecordingCore, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        tg.lose(times=1)
        tg.break_down(500, method="getUpdates")
        with capture_logs() as logs:
            async with running(core, settings_of(tg)):
                tg.type("/brief")
                tg.type("/brief")
                await tg.message(2)
                await tg.down()
            await tg.up()
            with pytest.raises(PlatformError):
                async with running(core, settings_of(tg, TELEGRAM_BOT_TOKEN="1:" + "x" * 35)):
                    pass
        assert caplog.records
        assert tg.token not in caplog.text + str(logs)
        assert "x" * 35 not in caplog.text + str(logs)
