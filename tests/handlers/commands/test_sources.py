"""/sources, as a chat sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ingest.service import IngestService
from bot.models import FetchState, Source, SourceKind
from bot.sources.http.client import Fetcher
from bot.store import Store
from handlers.services import Services
from tests.fakes.web import LOOPBACK, FakeWeb, answer, fake_web
from tests.support.builders import NOW, ago
from tests.support.dialog import OPERATOR, Chat
from tests.support.feed_texts import item, rss

SOON = NOW + timedelta(minutes=20)


async def add(store: Store, name: str, kind: SourceKind = SourceKind.FEED, **state: object) -> None:
    known = FetchState(next_at=SOON, last_ok_at=NOW)
    url = "/srv/news" if kind is SourceKind.FOLDER else f"https://{name.lower()}.example/rss"
    source = Source(name, kind, url, name, state=replace(known, **state))  # type: ignore[arg-type]
    assert await store.sources.add(source)


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        yield server


@pytest.fixture
async def operator(services: Services, database_url: str) -> AsyncIterator[Chat]:
    """A chat of somebody who runs the bot, with a ingest that may ask the loopback."""
    fetcher = Fetcher(allowed_networks=LOOPBACK)
    async with IngestService(services.store, database_url, services.clock, fetcher) as ingest:
        yield Chat(replace(services, ingest=ingest), user=OPERATOR)


async def test_without_sources_it_says_how_to_get_some(chat: Chat) -> None:
    await chat.hears(("/sources", "There are no sources yet.…/sources add https://…"))


async def test_it_shows_at_a_glance_who_is_well_and_who_is_not(chat: Chat, store: Store) -> None:
    await add(store, "Well", last_new_at=ago(hours=2), every=3_600.0)
    await add(store, "Desk", SourceKind.FOLDER, last_new_at=ago(hours=1))
    await add(store, "Broken", error="the server is in trouble (HTTP 500)", failures=3)
    await add(store, "Silent", last_new_at=ago(days=9), every=3_600.0)
    await add(store, "Lost", error="no such page", failures=12, given_up_at=ago(days=2))
    await add(store, "Gone", next_at=None, error="gone for good", ended="gone for good")
    await add(store, "Young", last_ok_at=None)
    await chat.hears(
        (
            "/sources",
            (
                "7 sources: 1 given up, 1 failing, 1 stale, 1 ended, 1 new and 2 healthy\n\n"
                "• Lost – given up: no such page (12 times); next in 20 min\n"
                "https://lost.example/rss\n"
                "• Broken – failing: the server is in trouble (HTTP 500) (3 times); "
                "next in 20 min\n"
                "https://broken.example/rss\n"
                "• Silent – stale: answers, but newest 9 days old, much older than usual; "
                "next in 20 min\nhttps://silent.example/rss\n"
                "• Gone – ended: no longer polled: gone for good\n"
                "https://gone.example/rss\n\n"
                "• Young – new: not polled yet; next in 20 min\nhttps://young.example/rss\n"
                "• Desk – healthy: newest 60 min old; next in 20 min\n"
                "• Well – healthy: newest 2 h old; next in 20 min\nhttps://well.example/rss"
            ),
        )
    )


async def test_a_long_list_is_cut(chat: Chat, store: Store) -> None:
    for number in range(40):
        await add(store, f"S{number:02}")
    said = await chat.say("/sources list")
    assert said.count("https://") == 15
    assert said.endswith("… and 25 more")


async def test_hostile_names_and_reasons_stay_text(chat: Chat, store: Store) -> None:
    await add(store, "Wire", error="\x1b[2J<b>evil</b>\u202e")
    said = await chat.say("/sources")
    assert "\x1b" not in said
    assert "<b>evil</b>" in said


async def test_an_operator_adds_a_feed_by_its_address(operator: Chat, web: FakeWeb) -> None:
    url = web.on("/rss", answer(rss(item("One"), item("Two"))))
    await operator.hears(
        (
            f"/sources add {url}",
            f"Source added: Harbour Wire\n\nFeed: 2 items, newest 3 h old\n{url}",
        ),
        (f"/sources add {url}", "That address is a source already: Harbour Wire.\n…"),
        ("/sources", "1 source: 1 new\n\n• Harbour Wire – new: not polled yet; next now\n…"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/sources add", "Write the address of a feed or page.\nTry /sources add https://…"),
        ("/sources add two words", "Write the address of a feed or page.…"),
        ("/sources add ftp://x/", "That did not work: ftp://x/ is neither http nor https"),
        ("/sources add http://10.0.0.1/", "…10.0.0.1 is a private address"),
        ("/sources add http://127.1/", "…spells an Internet address in an unusual way"),
        ("/sources drop all", "I do not understand “drop” here.\nTry /sources"),
    ],
)
async def test_what_cannot_be_added_is_said(operator: Chat, typed: str, told: str) -> None:
    await operator.hears((typed, told))
    assert await operator.services.store.sources.all() == []


async def test_a_key_in_an_address_is_shown_to_no_chat(operator: Chat, web: FakeWeb) -> None:
    web.on("/rss", answer(rss(item("One"))))
    said = await operator.say(f"/sources add {web.at('/rss?key=secret')}")
    assert web.at("/rss") in said
    said += await operator.say(f"/sources add {web.at('/none?key=secret')}")
    said += await operator.say("/sources add https://u@a.example/?key=secret")
    path = web.on("/rss/5ec2e7abcdef0123456789/feed", answer(rss(item("Two"))))
    shown = web.at("/rss/5ec2…/feed")
    said += await operator.say(f"/sources add {path}")
    assert said.endswith(shown)
    listed = await operator.say("/sources")
    assert f"Harbour Wire 2 ({shown}) – new" in listed
    said += listed
    assert "secret" not in said
    assert "abcdef" not in said


async def test_only_operators_add_sources(operator: Chat, web: FakeWeb) -> None:
    url = web.on("/rss", answer(rss(item())))
    stranger = Chat(operator.services)
    await stranger.hears((f"/sources add {url}", "Sorry, only operators of this bot can do that."))
    assert web.asked == []


async def test_without_ingestion_nothing_can_be_added(services: Services) -> None:
    chat = Chat(services, user=OPERATOR)
    await chat.hears(
        ("/sources add wire.example", "That did not work: sources cannot be added here")
    )
