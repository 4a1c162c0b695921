"""Buttons under Telegram's messages: signed, answered within a second, and as good as typing."""

from __future__ import annotations

import time

import pytest

from bot.models import Button, Command, Line, Place, Reply, Span
from bot.platforms.kept_commands import reference
from bot.platforms.telegram.callbacks import DATA_BYTES, CallbackSigner
from bot.store import Store
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_api import USERNAME
from tests.fakes.telegram_bot import RecordingCore
from tests.support.builders import ago, an_article
from tests.support.clock import Clock
from tests.support.news import ARREST, NEWS, STORM, stored
from tests.support.whole_bot import running_bot


def saying(text: str, **more: object) -> Reply:
    return Reply(lines=(Line((Span(text),)),), **more)  # type: ignore[arg-type]


def always(core: RecordingCore, reply: Reply) -> None:
    async def same(_: Command) -> Reply:
        return reply

    core.reply = same


async def test_a_briefing_has_buttons_for_proof_story_size_and_topic(sqlite_store: Store) -> None:
    await stored(sqlite_store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/brief all")
        briefing = await tg.message(1)
        assert briefing.labels == [
            ["Proof 1", "Story so far 1"],
            ["Proof 2", "Story so far 2"],
            ["👍 More like…", "👎 Less like…"],
            ["🔔 Alert on a story…", "Brief on another topic"],
        ]
        assert "/why_1 and /why_2: the proof" in briefing.text
        assert "/why_2" in [
            briefing.parsed.of(each) for each in briefing.entities if each.kind == "bot_command"
        ]

        tg.press("Proof 2", on=briefing)
        proof = await tg.message(2)
        assert proof.text.startswith("Proof of bullet 2")
        tg.press("Story so far 1", on=briefing)
        assert (await tg.message(3)).chat == 42
        tg.press("Brief on another topic", on=briefing)
        assert (await tg.message(4)).text.startswith("Topics")
        await tg.until(lambda: len(tg.notices) == 3)


async def test_a_longer_briefing_is_offered_where_something_was_left_out(
    sqlite_store: Store,
) -> None:
    await stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/brief energy 7d 1 bullet")
        short = await tg.message(1)
        assert ["Longer briefing", "What was left out"] in short.labels
        tg.press("Longer briefing", on=short)
        longer = await tg.message(2)
        assert "Gas pipeline to Port Aven is closed for repairs\n" in longer.text
        assert "Gas pipeline to Port Aven is closed for repairs\n" not in short.text
        assert "Longer briefing" not in [label for row in longer.labels for label in row]


async def test_one_button_asks_which_story_where_there_are_many(sqlite_store: Store) -> None:
    fire = an_article(
        "Fire shuts oil refinery at Lomo",
        "A fire shut the oil refinery at Lomo on Monday, its owner said.",
        published_at=ago(hours=2),
        topics=["energy"],
        story_id="fire",
    )
    await stored(sqlite_store, *NEWS, fire)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/brief all 7d")
        briefing = await tg.message(1)
        assert briefing.labels[:2] == [
            [f"Proof {n}" for n in range(1, 5)],
            ["Story so far…", "🔔 Alert on a story…"],
        ]
        notice = await tg.notice(tg.press("Story so far…", on=briefing))
        assert notice.text == "The story so far: of which bullet?"
        assert tg.sent[0].labels == [
            ["Story so far 1", "Story so far 2"],
            ["Story so far 3", "Story so far 4"],
            ["‹ Back"],
        ]
        tg.press("Story so far 4", on=tg.sent[0])
        assert "from 1 source" in (await tg.message(2)).text


async def test_a_button_means_the_briefing_that_it_stands_under(sqlite_store: Store) -> None:
    await stored(sqlite_store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/brief security", kind="group")
        security = await tg.message(1)
        tg.type("/brief energy", kind="group")
        await tg.message(2)
        tg.press("Proof 1", on=security)
        proof = await tg.message(3)
        assert ", on Security." in proof.text
        assert proof.arguments["reply_parameters"]["message_id"] == security.message_id
        tg.type("/why_1", kind="group", reply_to=security.message_id)
        assert ", on Security." in (await tg.message(4)).text


async def test_fault_48_a_button_changes_nothing_for_who_may_not(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.member(42, "administrator")
        tg.type("/subscribe energy", kind="group")
        await tg.message(1)
        tg.type("/stop", kind="group")
        asked = await tg.message(2)
        notice = await tg.notice(tg.press("End all digests", on=asked, user=7))
        assert notice.alert
        assert "only admins" in notice.text
        assert len(tg.sent) == 2
        tg.press("End all digests", on=asked)
        await tg.until(lambda: tg.sent[1].text.startswith("Digest ended"))


@pytest.mark.usefixtures("bot")
class TestHowItAnswers:
    async def message_with(self, tg: FakeTelegram, core: RecordingCore, *buttons: Button):  # type: ignore[no-untyped-def]
        always(core, saying("choose", buttons=(buttons,)))
        tg.type("/brief")
        return await tg.message(len(tg.sent) + 1)

    async def test_the_command_is_signed_for_its_chat(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief energy"))
        tg.press(sent.data("Go"), kind="group")
        await tg.until(lambda: len(tg.notices) == 1)
        assert len(core.commands) == 1
        await tg.notice(tg.press("Go", on=sent))
        command = core.commands[-1]
        assert (command.name, command.args, command.pressed) == ("brief", "energy", True)
        assert command.reply_to == str(sent.message_id)

    async def test_an_edit_replaces_the_message_and_its_buttons(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief"))
        back = ((Button("Back", "help"),),)
        always(core, saying("changed", buttons=back, place=Place.EDIT))
        await tg.notice(tg.press("Go", on=sent))
        assert (tg.sent[0].text, tg.sent[0].labels) == ("changed", [["Back"]])
        await tg.notice(tg.press("Back", on=tg.sent[0]))
        assert len(tg.sent) == 1

    async def test_only_the_keyboard_is_replaced(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief"))
        always(core, saying("ignored", buttons=((Button("1", "help"),),), place=Place.KEYBOARD))
        await tg.notice(tg.press("Go", on=sent))
        assert (tg.sent[0].text, tg.sent[0].labels) == ("choose", [["1"]])

    async def test_a_toast_is_a_notice_to_the_person(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief"))
        always(core, saying("Noted.", place=Place.TOAST))
        notice = await tg.notice(tg.press("Go", on=sent))
        assert (notice.text, notice.alert, len(tg.sent)) == ("Noted.", False, 1)

    async def test_fault_15_a_repeated_press_has_one_effect(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief"))
        query = tg.press("Go", on=sent)
        tg.again(max(tg._known))
        await tg.notice(query)
        await self.message_with(tg, core, Button("Go", "brief"))
        assert sum(each.pressed for each in core.commands) == 1

    async def test_fault_18_a_slow_button_is_acknowledged_within_a_second(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        sent = await self.message_with(tg, core, Button("Go", "brief"))
        pressed = time.monotonic()
        acknowledged: list[bool] = []

        async def slow(_: Command) -> Reply:
            await tg.until(lambda: bool(tg.notices))
            acknowledged.append(True)
            return saying("at last")

        core.reply = slow
        notice = await tg.notice(tg.press("Go", on=sent))
        assert notice.at - pressed < 1.5
        assert (await tg.message(2)).text == "at last"
        assert acknowledged

    async def test_in_a_channel_there_are_no_buttons(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        always(core, saying("choose", buttons=((Button("Go", "brief"),),)))
        tg.type("/brief", kind="channel")
        assert (await tg.message(1)).labels == []


@pytest.mark.usefixtures("bot")
class TestWhatItHears:
    @pytest.mark.parametrize("text", [f"@{USERNAME} brief energy", f"brief energy, @{USERNAME}"])
    async def test_a_mention_in_a_group(
        self, tg: FakeTelegram, core: RecordingCore, text: str
    ) -> None:
        tg.type(text, kind="group")
        await tg.message(1)
        assert [(each.name, each.args.rstrip(",")) for each in core.commands] == [
            ("brief", "energy")
        ]

    async def test_a_reply_to_it_in_a_group_but_no_small_talk(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        tg.type("/brief", kind="group")
        first = await tg.message(1)
        tg.type("lol", kind="group", reply_to=first.message_id)
        tg.type("help", kind="group", reply_to=first.message_id)
        await tg.message(2)
        tg.type("who did it?", kind="group", reply_to=first.message_id)
        await tg.message(3)
        assert [each.name for each in core.commands] == ["brief", "help", ""]

    async def test_a_message_that_was_just_edited(
        self, tg: FakeTelegram, core: RecordingCore
    ) -> None:
        tg.type("/brief energy", edited=True)
        await tg.message(1)
        assert core.commands[0].args == "energy"


@pytest.mark.parametrize("command", ["x" * 53, "x" * 54, "brief " + "é" * 24, "é " * 2000])
def test_the_data_of_every_button_is_signed_and_fits(command: str) -> None:
    signer = CallbackSigner(TOKEN)
    data = signer.signed("1", command)
    assert len(data.encode()) <= DATA_BYTES
    fits = len(command.encode()) <= 53
    assert signer.command("1", data) == (command if fits else reference(command))
    assert signer.command("2", data) is None


@pytest.mark.parametrize("data", ["", "x", "brief", "é" * 20, "\x00" * 30])
def test_unsigned_data_is_no_command(data: str) -> None:
    assert CallbackSigner(TOKEN).command("1", data) is None
