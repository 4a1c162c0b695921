"""/why N and /story N, on the bullets of the chat's latest briefing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.store import Store
from handlers.services import Services
from tests.support.builders import ago, an_address, an_article
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.news import ARREST, stored


async def test_why_quotes_the_proof_with_its_link(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.say("/brief")
    await chat.hears(
        (
            "/why 1",
            (
                "Proof of bullet 1\n\n…Nine arrested…\n"
                "Published Mon 23 Nov, 07:00; 1 source on this story.\n\n"
                f"Border Times: {ARREST.title}\n{ARREST.url}\n"
                f"The headline, word for word: “{ARREST.title}”\n"
                f"The article, word for word: “{ARREST.text}”\n\n"
                "This is bullet 1 of the briefing of Mon 23 Nov, 12:00, on Security and Energy.\n"
                "/story 1 shows the story so far."
            ),
        ),
        ("/why 2", "Proof of bullet 2\n\n…“…40,000 homes…”\n…"),
    )


async def test_story_is_told_in_short_and_lists_every_source(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.say("/subscribe security in Karachi")
    await chat.say("/brief energy")
    await chat.hears(
        (
            "/story 1",
            (
                "Power returns to most homes on the coast\n\n"
                "This is bullet 1 of the briefing of …, on Energy.\n"
                "• Power has returned to 31,000 of the 40,000 homes …, Coast Grid said\n"
                "  on Monday. — Northern Post\n"
                "  https://post.example/power\n"
                "• A storm cut the power to 40,000 homes …. —\n"
                "  Coast Herald\n"
                "  https://herald.example/storm\n\n"
                "2 articles from 2 sources: 2 independent outlets.\n\n"
                "Monday 23 November 2026\n"
                "• 07:00 Coast Herald: Storm cuts power to 40,000 homes on the coast\n"
                "  https://herald.example/storm\n"
                "• 14:00 Northern Post: Power returns to most homes on the coast\n"
                "  https://post.example/power"
            ),
        )
    )


async def test_proof_and_story_count_the_same_outlets_over_all_that_is_stored(
    chat: Chat, store: Store
) -> None:
    copies = [
        replace(ARREST, id=source, source=source, published_at=ago(hours=30))
        for source in ("Harbour Wire", "Border Times (via Hub)")
    ]
    await stored(
        store,
        ARREST,
        *copies,
        an_article(
            "Police say attack was planned abroad",
            "The attackers had trained in Marenda for a year, police in Harran said on Sunday.",
            source="Northern Post",
            published_at=ago(hours=40),
            story_id=ARREST.story_id,
        ),
    )
    await chat.hears(
        ("/brief security", "…Border Times · single source…"),
        ("/why 1", "…; 3 sources on this story: 2 independent outlets.…"),
        ("/story 1", "…4 articles from 3 sources: 2 independent outlets.…"),
    )


async def test_a_long_story_shows_its_newest_articles(chat: Chat, store: Store) -> None:
    await stored(store, ARREST)
    await stored(
        store,
        *(
            an_article(f"Report {n}", published_at=ago(hours=20, minutes=n), story_id="arrest")
            for n in range(40)
        ),
    )
    await chat.say("/brief security")
    said = await chat.say("/story 1")
    assert "41 articles from 2 sources: 2 independent outlets.\nThe newest 30 of them:" in said
    assert said.partition("The newest 30")[2].count("•") == 30
    assert ARREST.title in said


async def test_the_number_is_that_of_the_latest_briefing(
    chat: Chat, store: Store, clock: Clock
) -> None:
    await stored(store)
    await chat.say("/brief")
    clock.forward(minutes=1)
    await chat.say("/brief energy")
    await chat.hears(
        ("/why", "Proof of bullet 1\n\n…40,000 homes…"),
        ("/why 2", "The latest briefing here has one bullet, not “2”.\nTry /why 1"),
    )


async def test_without_a_briefing_it_says_to_ask_for_one(chat: Chat, clock: Clock) -> None:
    await chat.hears(
        ("/why 1", "There is no briefing in this chat yet: ask for one first.\nTry /brief"),
        ("/brief", "No news…"),
        ("/story 1", "The latest briefing here was empty: …\nTry /brief 7d"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/why", "Give the number of a bullet, from 1 to 2.\nTry /why 2"),
        ("/why 7", "The latest briefing here has bullets 1 to 2, not “7”.\nTry /why 2"),
        ("/story one", "“one” is not the number of a bullet.\nTry /story 2"),
    ],
)
async def test_a_wrong_number_is_told(chat: Chat, store: Store, typed: str, told: str) -> None:
    await stored(store)
    await chat.say("/brief")
    await chat.hears((typed, told))


async def test_no_chat_asks_about_the_briefing_of_another(services: Services, store: Store) -> None:
    await stored(store)
    await Chat(services, an_address("1")).say("/brief")
    await Chat(services, an_address("2")).hears(("/why 1", "There is no briefing in this chat…"))
