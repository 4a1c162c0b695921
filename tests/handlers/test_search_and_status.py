"""/search and /status, as a chat sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.models import FetchState, Role, SendState, Source, SourceKind
from bot.store import Store
from handlers.services import Services
from tests.support.builders import NOW, ago, an_address, an_article
from tests.support.clock import Clock
from tests.support.dialog import OPERATOR, Chat
from tests.support.news import stored


async def test_search_shows_title_outlet_date_link_and_text(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(
        (
            "/search pipeline",
            (
                "Articles with “pipeline”\n\nGas pipeline to Port Aven is closed for repairs · "
                "Coast Herald, Fri 20 Nov, 12:00\n"
                "https://herald.example/pipeline\nThe operator closed…"
            ),
        ),
        ('/search "high-voltage line"', "…Storm cuts power…"),
    )


async def test_search_shows_the_best_and_says_that_there_are_more(chat: Chat, store: Store) -> None:
    await stored(store, *(an_article(f"Dam number {n}") for n in range(7)))
    said = await chat.say("/search dam")
    assert said.count("https://") == 5
    assert said.endswith("There are more results. Add a word to narrow the search.")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/search", "Write the words to search for.\nTry /search …"),
        ('/search "" -', "Write the words to search for.…"),
        ("/search zebra", "No stored article has “zebra”.\n…"),
        ('/search a" OR NEAR( *:', "No stored article…"),
        ("/search " + "word " * 500, "No stored article…"),
    ],
)
async def test_any_query_is_answered(chat: Chat, store: Store, typed: str, told: str) -> None:
    await stored(store)
    await chat.hears((typed, told))


async def test_status_tells_everybody_how_fresh_the_news_is(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.say("/subscribe energy 08:00")
    await replace(chat, role=Role.MEMBER).hears(
        (
            "/status",
            (
                "Status\n\n4 articles stored.\n"
                "The newest stored article is 3 h old (Mon 23 Nov, 09:00, UTC).\n"
                "This chat's next digest: Tue 24 Nov, 08:00 (in 20 h)."
            ),
        )
    )


async def test_status_counts_the_sources_as_the_list_does(chat: Chat, store: Store) -> None:
    state = FetchState(last_ok_at=NOW, next_at=NOW)
    for name, how in (
        ("Well", state),
        ("Broken", replace(state, error="HTTP 500")),
        ("Young", FetchState(next_at=NOW)),
        ("Gone", replace(state, ended="gone")),
    ):
        url = f"https://{name}.example/"
        await store.sources.add(Source(name, SourceKind.FEED, url, name, None, 1.0, how))
    counted = "4 sources: 1 failing, 1 ended, 1 new and 1 healthy"
    await chat.hears(("/status", f"Status…{counted} (Broken).…"), ("/sources", f"{counted}…"))


async def test_status_of_an_empty_bot(chat: Chat) -> None:
    await chat.hears(
        ("/status", "Status\n\nNo article is stored yet. …\nThis chat gets no digests."),
        ("/status now", "I do not understand “now” here.\nTry /status"),
    )


async def test_status_tells_why_a_digest_failed_lately(
    services: Services, store: Store, clock: Clock
) -> None:
    here, there = Chat(services, an_address("1")), Chat(services, an_address("2"))
    await here.say("/subscribe energy 08:00")
    channel = await store.channels.find(here.address)
    assert channel is not None
    (subscription,) = await store.subscriptions.of_channel(channel.id)
    for day, state in ((10, SendState.FAILED), (22, SendState.SENT), (23, SendState.SKIPPED)):
        await store.digests.open(
            subscription,
            date(2026, 11, day),
            NOW.replace(day=day, hour=8),
            subscription.next_due,
            late=False,
            state=state,
            reason="the bot was down",
            now=NOW,
        )
    await here.hears(("/status", "…\n• The digest of Mon 23 Nov: skipped, the bot was down.…"))
    assert "skipped" not in await there.say("/status")


async def test_status_shows_the_works_to_operators_only(services: Services, clock: Clock) -> None:
    clock.forward(hours=3)
    await Chat(services, user=OPERATOR).hears(
        (
            "/status",
            (
                "…\n\nFor operators\n• Digests: 0 to build, 0 being sent; last day: 0 sent, "
                "0 skipped, 0 failed, 0 uncertain\n• Database: SQLite\n"
                "• Versions: briefbot …, Python 3.…\n• Running for 3 h"
            ),
        )
    )
    assert "operators" not in await Chat(services).say("/status")


async def test_hostile_titles_do_not_reach_the_terminal_raw(chat: Chat, store: Store) -> None:
    title = "Dam \x1b[2Jbursts\u202e <b>now</b>"
    await stored(store, an_article(title, source="\x1b]0;x\x07", published_at=ago(hours=1)))
    said = await chat.say("/search dam")
    assert "\x1b" not in said
    assert "Dam [2Jbursts <b>now</b>" in said
