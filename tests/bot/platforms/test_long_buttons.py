"""Buttons whose command is longer than a platform takes: pressed, they do what they say."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.errors import StoreError
from bot.languages import OFFERED, speaking
from bot.models import Address, Button, Command, Line, Platform, Reply, Span
from bot.platforms.kept_commands import KeptCommands
from bot.platforms.own_replies import forgotten as forgotten_reply
from bot.platforms.telegram.callbacks import CallbackSigner
from bot.platforms.telegram.presses import NOTICE_LENGTH
from bot.render.slack.messages import reply_messages
from bot.render.telegram.messages import notice_text
from bot.store import Store
from tests.fakes import slack_bot, telegram_bot
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said, view_problems
from tests.fakes.slack_web import Sent
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.telegram_chats import CHATS
from tests.support.builders import NOW, a_delivery
from tests.support.clock import Clock
from tests.support.news import stored
from tests.support.waiting import eventually
from tests.support.whole_bot import running_bot

FILTER = 'Iran Iraq "strait of hormuz" "power grid" -oil -"joint venture"'
LONG = f"/subscribe energy security {FILTER} at 07:30 and 18:00, weekly on Monday at 8"
HERE = Address(Platform.TELEGRAM, "", "42")
D1 = Address(Platform.SLACK, "T1", "D1")
LINE = f"help {'x' * 3000}"
GO = Reply(lines=(Line((Span("choose"),)),), buttons=((Button("Go", LINE),),))


def kept_in(store: Store) -> KeptCommands:
    return KeptCommands(store.button_commands, Clock())


async def digests(store: Store, address: Address) -> int:
    channel = await store.channels.find(address)
    return len(await store.subscriptions.of_channel(channel.id)) if channel else 0


async def forgotten(store: Store) -> None:
    """As if nobody had been shown anything for a long time."""
    await store.button_commands.forget(NOW.replace(year=NOW.year + 1))


async def test_a_long_digest_in_telegram_has_every_button(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type(LONG)
        told = await tg.message(1)
        (brief,), (end,), (mine,) = told.labels
        assert (brief[:15], end[:10], mine) == (
            "Brief me now: E",
            "End Energy",
            "Digests of this chat",
        )
        assert await digests(store, HERE) == 3
        tg.type("/subscriptions")
        shown = await tg.message(2)
        ends = [row[0] for row in shown.labels if row[0].startswith("End ")]
        assert len(ends) == 3
        tg.press(shown.data(ends[2]), on=shown)
        await tg.until(lambda: tg.sent[1].text.startswith("End this digest"))
        tg.press(tg.sent[1].labels[0][0], on=tg.sent[1])
        await tg.until(lambda: tg.sent[1].text.startswith("Digest ended"))
        assert await digests(store, HERE) == 2
        tg.press(end, on=told)
        await tg.until(lambda: tg.sent[0].text.startswith("End these 2 digests"))
        tg.press(tg.sent[0].labels[0][0], on=tg.sent[0])
        await tg.until(lambda: tg.sent[0].text.startswith("Digest ended"))
        assert await digests(store, HERE) == 0


async def test_a_digest_is_set_up_by_taps_on_long_names(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type(f"/setup {FILTER}")
        asked = await tg.message(1)
        assert asked.labels[0] == ["Security", "Energy"]
        tg.type(f"/setup energy {FILTER}")
        asked = await tg.message(2)
        for label in ("07:30", "Los Angeles 04:00"):
            await tg.until(lambda wanted=label: any(wanted in row for row in tg.sent[1].labels))  # type: ignore[misc]
            tg.press(label, on=tg.sent[1])
        await tg.until(lambda: tg.sent[1].text.startswith("New digest: Energy (Iran or Iraq"))
        assert await digests(sqlite_store, HERE) == 1


async def test_trends_of_long_topics_have_the_other_span(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    names = [f"{letter * 30}" for letter in "abc"]
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        for number, name in enumerate(names, 1):
            tg.type(f"/topics add {name}: storm")
            await tg.message(number)
        tg.type(f"/trends {' '.join(names)}")
        week = await tg.message(4)
        tg.press("Last 30 days", on=week)
        await tg.until(lambda: tg.sent[-1].text.startswith("Trends, last 30 days"))
        assert all(name.capitalize() in tg.sent[-1].text for name in names)


async def test_a_briefing_on_a_long_filter_gets_longer(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    words = " ".join(f'"{word} nobody writes"' for word in ("storm", "gale", "flood"))
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type(f"/brief energy security {words}")
        nothing = await tg.message(1)
        assert nothing.labels == [["Without the filter", "Last 7 days", "Brief on another topic"]]
        tg.press("Last 7 days", on=nothing)
        assert "storm nobody writes" in (await tg.message(2)).text


async def test_fault_48_a_long_button_changes_nothing_for_who_may_not(sqlite_store: Store) -> None:
    group = replace(HERE, chat=str(CHATS["group"]))
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.member(42, "administrator")
        tg.type(LONG, kind="group")
        told = await tg.message(1)
        notice = await tg.notice(tg.press(told.labels[1][0], on=told, user=7))
        assert (notice.alert, "only admins" in notice.text) == (True, True)
        assert await digests(sqlite_store, group) == 3


async def test_fault_48_a_long_button_of_another_chat_is_forged(sqlite_store: Store) -> None:
    group = str(CHATS["group"])
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type(LONG)
        told = await tg.message(1)
        notice = await tg.notice(tg.press(told.data(told.labels[1][0]), kind="group"))
        assert notice.text.startswith("This button no longer works here.")
        tg.type("/subscribe energy", kind="group")
        await tg.message(2)
        # even signed for the group, it stands for nothing there
        signed = CallbackSigner(TOKEN).signed(group, f"unsubscribe energy security {FILTER}")
        notice = await tg.notice(tg.press(signed, kind="group"))
        assert notice.text.startswith("This button is too old")
    assert await digests(sqlite_store, HERE) == 3


async def test_a_button_that_is_forgotten_says_what_to_type(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type(LONG)
        told = await tg.message(1)
        await forgotten(sqlite_store)
        notice = await tg.notice(tg.press(told.labels[1][0], on=told))
        assert notice.alert
        assert notice.text == (
            "This button is too old: I no longer know all that it stands for. "
            "Please type /unsubscribe and what you want, or /help."
        )
        tg.type(LONG)
        told = await tg.message(2)
        tg.press(told.labels[1][0], on=tg.sent[0])
        await tg.until(lambda: tg.sent[0].text.startswith("End these 3 digests"))


async def test_fault_52_forget_erases_what_stands_behind_buttons(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type(LONG)
        told = await tg.message(1)
        tg.type("/forget yes")
        assert (await tg.message(2)).text.startswith("Erased")
        assert (await sqlite_store.row_counts())["button_commands"] == 0
        notice = await tg.notice(tg.press(told.labels[1][0], on=told))
        assert notice.text.startswith("This button is too old")


async def test_fault_69_without_a_database_a_long_button_asks_to_try_again(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise StoreError("no disk")

    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        monkeypatch.setattr(sqlite_store.button_commands, "keep", broken)
        tg.type(LONG)
        told = await tg.message(1)
        notice = await tg.notice(tg.press(told.labels[1][0], on=told))
        assert notice.text.startswith("This button is too old")
        monkeypatch.setattr(sqlite_store.button_commands, "find", broken)
        await tg.notice(tg.press(told.labels[1][0], on=told))
        assert (await tg.message(2)).text.startswith("Sorry, something went wrong.")


async def test_a_delivered_message_has_its_long_buttons(sqlite_store: Store) -> None:
    kept, core = kept_in(sqlite_store), telegram_bot.RecordingCore()
    async with FakeTelegram() as tg:
        platform = telegram_bot.a_telegram_platform(core, telegram_bot.settings_of(tg), kept=kept)
        keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": LINE}]]}
        payload = json.dumps({"text": "choose", "reply_markup": keyboard})
        await platform.send(HERE, a_delivery(payload=payload))
        await platform.start()
        await tg.notice(tg.press("Go", on=tg.sent[0]))
        await platform.stop()
    assert [f"{each.name} {each.args}" for each in core.commands] == [LINE]


@pytest.fixture
async def slack(sqlite_store: Store) -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server, running_bot(sqlite_store, Clock(), server.environ):
        server.channels["C1"].creator = "U1"
        yield server


def _ending(sent: Sent, start: str = "End ") -> str:
    """The label of the button that ends a digest."""
    labels: list[str] = [
        each["text"]["text"]
        for row in sent.blocks
        for each in row.get("elements", ())
        if each["type"] == "button"
    ]
    return next(each for each in labels if each.startswith(start))


async def test_a_long_digest_in_slack_has_every_button(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    await slack.slash("/brief", LONG.removeprefix("/"))
    told = (await slack.arrived(1))[0]
    await slack.press(_ending(told), on=told)
    await slack.until(lambda: "End these 3 digests" in said(slack.sent[0].payload))
    await slack.press(_ending(slack.sent[0], "Yes, end"), on=slack.sent[0])
    await slack.until(lambda: "Digest ended" in said(slack.sent[-1].payload))
    assert await digests(sqlite_store, replace(D1, chat="C1")) == 0


async def test_slack_refuses_no_answer_that_repeats_a_long_command(slack: FakeSlack) -> None:
    """Its button tries the command again; longer than 2,000 characters Slack refused it all."""
    await slack.slash("/brief", f"/topics #nowhere {'x' * 3000}", channel="D1")
    told = (await slack.arrived(1))[0]
    assert "I am in no channel #nowhere" in said(told.payload)
    (button,) = [
        each for block in told.blocks for each in block.get("elements", ()) if "value" in each
    ]
    assert len(button["value"]) < 64
    await slack.press(button["text"]["text"], on=told)
    assert "I am in no channel #nowhere" in said((await slack.arrived(2))[1].payload)


async def test_a_button_in_slack_that_is_forgotten_tells_its_presser_alone(
    sqlite_store: Store,
) -> None:
    async with slack_answering(sqlite_store, GO) as (slack, core):
        await slack.slash("/brief", "")
        told = (await slack.arrived(1))[0]
        await forgotten(sqlite_store)
        await slack.press("Go", on=told, user="U2")
        answer = (await slack.arrived(2))[1]
        assert (answer.to, answer.channel) == ("U2", "C1")
        assert "Please type /brief help and what you want" in said(answer.payload)
        assert len(core.asked) == 1


async def test_a_long_button_in_slack_stands_for_nothing_elsewhere(sqlite_store: Store) -> None:
    async with slack_answering(sqlite_store, GO) as (slack, core):
        await slack.slash("/brief", "")
        told = (await slack.arrived(1))[0]
        await slack.press("Go", on=replace(told, channel="G1"))
        assert "This button is too old" in said((await slack.arrived(2))[1].payload)
        await slack.press("Go", on=told)
        await slack.arrived(3)
        assert [f"{each.name} {each.args}" for each in core.asked[1:]] == [LINE]


async def test_a_long_button_works_where_slack_lets_the_bot_answer_directly_alone(
    sqlite_store: Store,
) -> None:
    async with slack_answering(sqlite_store, GO) as (slack, core):
        slack.late, slack.channels["G1"].member = True, False
        await slack.slash("/brief", "", channel="G1")
        told = (await slack.arrived(1))[0]
        assert told.channel == "D1"

        async def kept() -> bool:
            return (await sqlite_store.row_counts())["button_commands"] == 2

        await eventually(kept)
        await slack.press("Go", on=told)
        await slack.arrived(2)
        assert [f"{each.name} {each.args}" for each in core.asked[1:]] == [LINE]


async def test_the_app_home_has_its_long_buttons(sqlite_store: Store) -> None:
    async with slack_answering(sqlite_store, GO) as (slack, core):
        await slack.event({"type": "app_home_opened", "tab": "home"}, channel="D1")
        await slack.until(lambda: bool(slack.workspace.views))
        page = slack.workspace.views[0]
        assert view_problems(page) == []
        await slack.press("Go", on=page)
        await slack.arrived(1)
        assert [f"{each.name} {each.args}" for each in core.asked[1:]] == [LINE]


async def test_a_digest_in_slack_has_its_long_buttons(sqlite_store: Store) -> None:
    kept, core = kept_in(sqlite_store), slack_bot.RecordingCore()
    async with (
        FakeSlack() as slack,
        slack_bot.running(core, slack_bot.settings_of(slack.environ), kept=kept) as platform,
    ):
        (payload,) = reply_messages(GO)
        await platform.send(replace(D1, chat="C1"), a_delivery(payload=payload))
        await slack.press("Go", on=(await slack.arrived(1))[0])
        await slack.arrived(2)
    assert [f"{each.name} {each.args}" for each in core.asked] == [LINE]


@asynccontextmanager
async def slack_answering(
    store: Store, reply: Reply
) -> AsyncIterator[tuple[FakeSlack, slack_bot.RecordingCore]]:
    """A bot that answers everything with the same reply."""
    core = slack_bot.RecordingCore()

    async def same(_: Command) -> Reply:
        return reply

    core.reply = same
    async with FakeSlack() as server:
        settings = slack_bot.settings_of(server.environ)
        async with slack_bot.running(core, settings, kept=kept_in(store)):
            yield server, core


@pytest.mark.parametrize("language", OFFERED)
def test_what_to_type_fits_into_a_notice(language: str) -> None:
    with speaking(language):
        assert len(notice_text(forgotten_reply("subscriptions"))) <= NOTICE_LENGTH
