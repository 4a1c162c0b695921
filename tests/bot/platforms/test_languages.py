"""Both platforms speak the language of a profile, or the one that a chat chose."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import StoreError
from bot.languages import OFFERED, speaking, tr
from bot.models import Address, Platform
from bot.platforms.own_replies import not_saved, stale
from bot.platforms.role_cache import RoleCache
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.members import ChatMembers
from bot.store import Store
from config.settings import load_settings
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
        assert greeting.labels[0][:2] == ["Sicherheit täglich", "Energie täglich"]
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


async def test_operators_and_speakers_of_the_usual_language_have_menus_in_their_own(
    sqlite_store: Store,
) -> None:
    more = {"BRIEFBOT_LANGUAGE": "de", "BRIEFBOT_ADMINS": "telegram:42"}
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ, **more):
        menus = {
            (_field(each.arguments["scope"])["type"], each.arguments.get("language_code", "")): {
                entry["command"]: entry["description"]
                for entry in _field(each.arguments["commands"])
            }
            for each in await tg.called("setMyCommands", times=20)
        }
    assert {language for scope, language in menus if scope == "chat"} == {"", *OFFERED}
    assert {language for scope, language in menus if scope == "default"} == {"", *OFFERED}
    for (scope, language), menu in menus.items():
        with speaking(language or "de"):
            assert menu["brief"] == tr("a briefing now"), (scope, language)


def _field(sent: Any) -> Any:
    return json.loads(sent) if isinstance(sent, str) else sent


@pytest.mark.parametrize("language", ["de", "ar"])
async def test_the_adapters_own_answers_are_in_the_language_of_the_chat(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    with speaking(language):
        refused, gone = not_saved().lines[0].spans[0].text, stale()

    async def broken(*_: object) -> bool:
        raise StoreError("the disk is full")

    async with (
        FakeTelegram() as tg,
        FakeSlack() as slack,
        running_bot(sqlite_store, Clock(), {**tg.environ, **slack.environ}),
    ):
        tg.type(f"/settings language {language}")
        await tg.message(1)
        await slack.direct(f"settings language {language}")
        await slack.arrived(1)
        assert (await tg.notice(tg.press("forged"))).text == gone
        monkeypatch.setattr(sqlite_store.inbox, "claim", broken)
        tg.type("/subscribe energy")
        assert (await tg.message(2)).text == refused
        await slack.direct("subscribe energy")
        assert refused in words((await slack.arrived(2))[1].blocks)


async def test_a_profile_that_slack_does_not_tell_is_asked_for_once_a_minute() -> None:
    clock = [0.0]
    async with FakeSlack() as slack:
        settings = load_settings(slack.environ)
        api = SlackApi(settings.slack_api_url, slack.workspace.bot_token, 5, settings.proxies)
        members = ChatMembers(api, RoleCache(lambda: clock[0]))
        slack.workspace.flags["U1"] = {"locale": "de-DE"}
        slack.refuse("users.info", "missing_scope")
        for seconds, locale in ((0.0, ""), (59.0, ""), (61.0, "de-DE")):
            clock[0] = seconds
            assert (await members.profile("U1")).locale == locale
        members.changed("U1")
        slack.refuse("users.info", "missing_scope")
        assert (await members.profile("U1")).locale == ""
        members.changed("U1")
        assert (await members.profile("U1")).locale == "de-DE"
