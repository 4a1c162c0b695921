"""Every flow on every platform, typed and pressed, through the SDKs' network code."""

from __future__ import annotations

import pytest

from bot.models import Platform
from bot.render.text import reply_text
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.slack_web import Sent as SlackMessage
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import Sent as TelegramMessage
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.flows import FLOWS, TAPS_TO_FIRST_DIGEST, Flow, document
from tests.support.news import stored
from tests.support.paths import ROOT
from tests.support.whole_bot import running_bot, services_of


async def test_every_flow_can_be_typed_in_the_terminal(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    chat = Chat(services_of(sqlite_store, Clock()))
    for flow in FLOWS:
        reply = await chat.ask(flow.typed)
        assert reply is not None
        assert flow.told in reply_text(reply), flow.name


async def test_every_flow_can_be_typed_in_telegram(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        for number, flow in enumerate(FLOWS, 1):
            tg.type(flow.typed)
            await tg.until(lambda wanted=number: len(_texts(tg)) >= wanted)  # type: ignore[misc]
            assert flow.told in _texts(tg)[-1].text, flow.name


async def test_every_flow_can_be_typed_in_slack(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        slack.channels["C1"].creator = "U1"
        for number, flow in enumerate(FLOWS, 1):
            await slack.slash("/brief", flow.typed)
            await slack.until(lambda wanted=number: len(_said(slack)) >= wanted)  # type: ignore[misc]
            assert flow.told in _said(slack)[-1], flow.name


def _texts(tg: FakeTelegram) -> list[TelegramMessage]:
    """The messages without the charts."""
    return [each for each in tg.sent if not each.photo]


def _said(slack: FakeSlack) -> list[str]:
    """The texts of the messages without the charts."""
    return [said(each.payload) for each in slack.sent if each.via != "files"]


async def test_every_flow_can_be_pressed_in_telegram(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        for flow in FLOWS:
            try:
                await _pressed_in_telegram(tg, flow)
            except TimeoutError:
                pytest.fail(f"{flow.name}: {[each.text for each in tg.sent[-2:]]}")


async def _pressed_in_telegram(tg: FakeTelegram, flow: Flow) -> None:
    if not (path := flow.path(Platform.TELEGRAM)):
        count = len(_texts(tg))
        tg.type(flow.typed)
        await tg.until(lambda: len(_texts(tg)) > count)
        return
    before = len(tg.sent)
    tg.type(f"/{path[0]}")
    notice = ""
    for label in path[1:]:
        await tg.until(lambda wanted=label: bool(_in_telegram(tg, before, wanted)))  # type: ignore[misc]
        on = _in_telegram(tg, before, label)[0]
        query = tg.press(_label(on.labels, label), on=on)
        notice = (await tg.notice(query)).text
    await tg.until(
        lambda: any(flow.told in each.text for each in tg.sent[before:]) or flow.told in notice
    )


def _in_telegram(tg: FakeTelegram, first: int, label: str) -> list[TelegramMessage]:
    """The messages from this number on with such a button, the latest first."""
    return [each for each in reversed(tg.sent[first:]) if _label(each.labels, label)]


def _label(rows: list[list[str]], start: str) -> str:
    """The whole label of a button that is named by its beginning; "" where there is none."""
    known = [label for row in rows for label in row]
    exact = [each for each in known if each == start]
    return next(iter([*exact, *(each for each in known if each.startswith(start))]), "")


async def test_every_flow_can_be_pressed_in_slack(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        slack.channels["C1"].creator = "U1"
        for flow in FLOWS:
            try:
                await _pressed_in_slack(slack, flow)
            except TimeoutError:
                pytest.fail(f"{flow.name}: {[said(each.payload) for each in slack.sent[-2:]]}")


async def _pressed_in_slack(slack: FakeSlack, flow: Flow) -> None:
    path = flow.path(Platform.SLACK)
    before = len(slack.sent)
    await slack.slash("/brief", path[0] if path else flow.typed)
    await slack.until(lambda: any(each.via != "files" for each in slack.sent[before:]))
    for label in path[1:]:
        await slack.until(lambda wanted=label: bool(_with(slack, before, wanted)))  # type: ignore[misc]
        on = _with(slack, before, label)[0]
        await slack.press(_slack_label(on, label), on=on)
    await slack.until(lambda: any(flow.told in said(each.payload) for each in slack.sent[before:]))


def _with(slack: FakeSlack, first: int, label: str) -> list[SlackMessage]:
    """The messages from this number on with such a button, the latest first."""
    return [each for each in reversed(slack.sent[first:]) if _slack_label(each, label)]


def _slack_label(message: SlackMessage, start: str) -> str:
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    labels = [each["text"]["text"] for each in elements if each.get("type") == "button"]
    options = [each for element in elements for each in element.get("options", ())]
    return _label([labels, [each["text"]["text"] for each in options]], start)


def test_the_first_digest_takes_at_most_four_taps_and_no_typing() -> None:
    first = FLOWS[0]
    for platform in (Platform.TELEGRAM, Platform.SLACK):
        assert len(first.path(platform)) <= TAPS_TO_FIRST_DIGEST


def test_the_page_of_flows_is_that_of_the_table() -> None:
    page = ROOT / "docs" / "chat.md"
    assert page.read_text(encoding="utf-8") == document(), "run `python -m tests.support.flows`"
