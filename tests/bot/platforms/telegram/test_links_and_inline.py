"""Links that open the bot with a command, and inline mode."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.models import Address, Opens, Platform
from bot.platforms.telegram import inline
from bot.platforms.telegram.deep_links import link, opened, payload
from bot.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import USERNAME
from tests.support.clock import Clock
from tests.support.news import ARREST, STORM, stored
from tests.support.whole_bot import running_bot

SOMEBODY = Address(Platform.TELEGRAM, "", "77")


def test_a_command_line_becomes_a_payload_and_back() -> None:
    assert payload("setup energy") == "setup_energy"
    assert opened("setup_energy") == "setup energy"
    assert payload("brief fünf") == payload("brief a_b") == payload("x" * 65) == ""
    assert link("b", "setup", Opens.GROUP) == "https://t.me/b?startgroup=setup"
    assert link("b", "story a1", Opens.SHARE).endswith("https%3A%2F%2Ft.me%2Fb%3Fstart%3Dstory_a1")


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("setup_energy", "Energy: at what time?"),
        ("brief_energy", "40,000 homes"),
        ("story_storm", "1 article from 1 source"),
        ("topics", "Topics, with"),
        ("unsubscribe_all", "Welcome to briefbot"),
        ("topics_remove_floods", "Welcome to briefbot"),
        ("forget_yes", "Welcome to briefbot"),
        ("setup_all_8am_UTC", "at what time?"),
        ("nonsense", "Welcome to briefbot"),
    ],
)
async def test_a_link_opens_what_changes_nothing(
    sqlite_store: Store, start: str, words: str
) -> None:
    await stored(sqlite_store, STORM)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        tg.type(f"/start {start}")
        assert words in (await tg.message(1)).text
        known = await services.store.channels.find(Address(Platform.TELEGRAM, "", "42"))
        assert known is None or not await services.store.subscriptions.of_channel(known.id)


async def test_the_greeting_leads_into_groups_and_channels_and_a_story_can_be_shared(
    sqlite_store: Store,
) -> None:
    await stored(sqlite_store, STORM)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.type("/start")
        greeting = await tg.message(1)
        assert (
            greeting.data("Add briefbot to a group") == f"https://t.me/{USERNAME}?startgroup=setup"
        )
        assert greeting.data("Add briefbot to a channel").endswith(
            "?startchannel&admin=post_messages"
        )
        tg.type("/brief energy")
        await tg.message(2)
        tg.type("/story 1")
        assert "start%3Dstory_storm" in (await tg.message(3)).data("Share")
        tg.type("/start", kind="group")
        assert not any("Add briefbot to a group" in row for row in (await tg.message(4)).labels)


async def test_inline_mode_gives_bullets_that_are_stored_nowhere(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "TYPING_SECONDS", 0.0)
    await stored(sqlite_store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        assert not tg.inline_on
        tg.inline("energy", user=77)
        tg.type("/brief energy")
        await tg.message(1)
        assert tg.inline_answers == {}

    async with FakeTelegram() as tg:
        tg.inline_on = True
        async with running_bot(sqlite_store, Clock(), tg.environ) as services:
            query = tg.inline("energy", user=77)
            await tg.until(lambda: query in tg.inline_answers)
            answer = tg.inline_answers[query]
            (result,) = answer["results"]
            assert "40,000 homes" in result["title"]
            assert "Coast Herald" in result["description"]
            text = result["input_message_content"]["message_text"]
            assert "/why" not in text
            url = result["reply_markup"]["inline_keyboard"][0][0]["url"]
            assert url == f"https://t.me/{USERNAME}?start=story_storm"
            assert json.dumps(answer["is_personal"]) in {"true", '"true"'}
            assert int(answer["cache_time"]) <= 60
            assert answer["button"]["start_parameter"] == "setup_energy"
            assert await services.store.channels.find(SOMEBODY) is None

            nothing = tg.inline("xyzzy", user=77)
            await tg.until(lambda: nothing in tg.inline_answers)
            assert tg.inline_answers[nothing]["results"] == []


async def test_only_the_last_query_of_a_person_is_answered(sqlite_store: Store) -> None:
    await stored(sqlite_store, STORM)
    async with FakeTelegram() as tg:
        tg.inline_on = True
        async with running_bot(sqlite_store, Clock(), tg.environ):
            typed = [tg.inline(text, user=77) for text in ("e", "en", "ene", "energy")]
            await tg.until(lambda: typed[-1] in tg.inline_answers)
            await asyncio.sleep(0)
            assert set(tg.inline_answers) == {typed[-1]}
