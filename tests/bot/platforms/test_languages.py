"""Both platforms speak the language of a profile, or the one that a chat chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.models import Address, Platform
from bot.store import Store
from tests.bot.delivery.test_sender import DUE, PIPELINE, Desk
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock
from tests.support.news import stored
from tests.support.whole_bot import running_bot


def words(blocks: Sequence[Mapping[str, Any]]) -> str:
    return said({"blocks": blocks})


PRIVATE = Address(Platform.TELEGRAM, "", "42")


async def test_telegram_speaks_the_language_of_the_app_and_of_the_chat(sqlite_store: Store) -> None:
    await stored(sqlite_store)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        tg.type("/start", language="de-AT")
        greeting = await tg.message(1)
        assert greeting.text.startswith("Willkommen bei briefbot")
        assert greeting.labels[0][:2] == ["Sicherheit", "Energie"]
        tg.type("/brief energy", language="de-AT")
        briefing = await tg.message(2)
        assert "Leading" not in briefing.text
        assert "unabhängige Medien" in briefing.text
        assert "Beleg 1" in briefing.labels[0]
        tg.type("/settings", kind="group", language="de")
        assert (await tg.message(3)).text.startswith("Settings of this chat")
        tg.type("/settings language ar", language="de")
        assert (await tg.message(4)).text.startswith("تغيّر الإعداد")
        tg.type("\u200f\u2068/mute\u2069", language="de")
        assert (await tg.message(5)).text.startswith("لا كلمات مكتومة")
        channel = await services.store.channels.find(PRIVATE)
        assert channel is not None
        assert (channel.interface, channel.profile_language) == ("ar", "de")


async def test_slack_speaks_the_locale_of_the_profile_in_private(sqlite_store: Store) -> None:
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"locale": "de-DE"}
        await slack.direct("mute")
        assert words((await slack.arrived(1))[0].blocks).startswith(
            "In diesem Chat sind keine Wörter"
        )
        await slack.slash("/brief", "mute")
        assert words((await slack.arrived(2))[1].blocks).startswith("No words are muted")
        await slack.event({"type": "app_home_opened", "tab": "home"}, "D1")
        await slack.until(lambda: bool(slack.workspace.views))
        assert "Was briefbot bringt" in str(slack.workspace.views[-1]["blocks"])


async def test_digests_of_the_same_news_come_in_the_language_of_each_chat(
    sqlite_store: Store,
) -> None:
    desk = Desk(sqlite_store)
    await desk.publish(*PIPELINE)
    for chat, language in (("1", None), ("2", "de"), ("3", "ar"), ("4", "de")):
        found = await desk.store.channels.get(await desk.subscribe(chat))
        assert found is not None
        await desk.store.channels.change(found, replace(found, interface=language))
    await desk.tick_at(DUE)
    sent = dict(desk.telegram.sent)
    assert "Daily digest" in sent["1"]
    assert "Täglicher Digest" in sent["2"]
    assert "النشرة اليومية" in sent["3"]
    assert sent["4"] == sent["2"]
