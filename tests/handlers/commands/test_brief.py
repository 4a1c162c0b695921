"""/brief, as a chat sees it."""

from __future__ import annotations

import re

import pytest

from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from tests.support.builders import a_told, ago, an_article
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.engines import SQLITE_ALONE
from tests.support.news import ARREST, STORM, stored


async def test_a_briefing_has_both_topics_of_the_last_day(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(
        (
            "/brief",
            (
                "Briefing\n2 new stories.\n"
                "Mon 23 Nov 2026, 12:00 (UTC) · the last 24 hours\n\nSECURITY\n"
                "1. …Nine arrested…Border Times…ENERGY\n2. …homes…Coast Herald…\n"
                "/why 2 shows the proof"
            ),
        )
    )
    assert "Port Aven" not in await chat.say("/brief")


@pytest.mark.parametrize("typed", ["/brief energy", "/brief ENERGY, please", "/brief ener"])
async def test_a_topic_may_be_named_in_many_ways(chat: Chat, store: Store, typed: str) -> None:
    await stored(store)
    said = await chat.say(typed)
    assert "ENERGY" in said
    assert "SECURITY" not in said


async def test_a_longer_span_finds_older_news(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(("/brief energy 7d long", "…the last 7 days…Port Aven…"))


async def test_what_a_digest_told_is_ongoing_and_says_since_when(chat: Chat, store: Store) -> None:
    await stored(store, ARREST)
    await chat.say("/brief security")
    channel = await store.channels.find(chat.address)
    assert channel is not None
    told = a_told("arrest", text=ARREST.text, at=ago(hours=1))
    await store.told.remember(channel.id, [told])
    await chat.hears(("/brief security", "…1. Ongoing, told today — …"))


async def test_asking_changes_nothing(chat: Chat, store: Store, clock: Clock) -> None:
    await stored(store, ARREST)
    first = await chat.say("/brief security")
    clock.forward(minutes=5)
    again = await chat.say("/brief security")
    assert "Ongoing" not in first + again
    channel = await store.channels.find(chat.address)
    assert channel is not None
    briefing = await store.briefings.latest(channel.id)
    assert briefing is not None
    stories = [each.story_id for each in briefing.bullets]
    assert await store.told.of_channel(channel.id, stories) == {}


@pytest.mark.parametrize("typed", ["/brief energy 7d 1 bullet", "/brief 7d"])
async def test_the_same_news_comes_again_in_the_same_order(
    chat: Chat, store: Store, typed: str
) -> None:
    await stored(store)
    first = " ".join((await chat.say(typed)).split())
    again = " ".join((await chat.say(typed)).split())
    assert again == first


async def test_subscribed_topics_are_the_usual_ones(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(
        ("/subscribe security", "New digest…"),
        ("/brief", "…SECURITY\n1.…"),
        ("/topics add storms: storm, coast", "Topic added…"),
        ("/subscribe storms", "New digest…"),
        ("/brief", "…SECURITY\n1.…STORMS\n2.…"),
        ("/brief all", "…SECURITY…ENERGY…STORMS…"),
    )


async def test_times_are_those_of_the_chat(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.say("/subscribe security in Karachi")
    await chat.hears(
        (
            "/brief security",
            "Briefing\n1 new story.\nMon 23 Nov 2026, 17:00 (Asia/Karachi)…12:00…",
        )
    )


async def test_a_store_without_articles_says_how_to_bring_some_in(chat: Chat) -> None:
    await chat.hears(
        (
            "/brief",
            (
                "No news on Security or Energy in the last 24 hours.\nNo article is stored yet. …"
                "briefbot ingest."
            ),
        )
    )


async def test_no_news_tells_how_old_the_newest_article_is(
    chat: Chat, store: Store, clock: Clock
) -> None:
    await stored(store, STORM, ARREST)
    clock.forward(days=4)
    await chat.hears(
        (
            "/brief energy",
            (
                "No news on Energy in the last 24 hours.\n"
                "The newest stored article is 4 days old (Mon 23 Nov, 07:00, UTC).\n"
                "/brief energy 7d looks back on a week."
            ),
        ),
        ("/brief yesterday", "No news on Security or Energy from …"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "/brief enrgy",
            "I do not understand “enrgy”…Did you mean energy? Topics here: security, …",
        ),
        ("/brief energy tomorrow", "I do not understand “tomorrow”…"),
        ("/brief 400d", "A briefing covers…at most 31 days.\nTry /brief energy 48h short"),
        ("/brief energy \x1b[31mred", "I do not understand “31mred”…"),
    ],
)
@SQLITE_ALONE
async def test_a_wrong_word_is_told_with_a_right_example(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, told))
    assert "\nTry /brief" in await chat.say(typed)


async def test_articles_that_a_topic_cannot_read_are_counted_aloud(
    chat: Chat, store: Store
) -> None:
    title = "سندھ میں سیلاب سے بارہ دیہات زیر آب"
    urdu = an_article(title, language="ur", source="Daily", story_id="aab")
    await stored(store, urdu, ARREST)
    await chat.say("/topics add floods: flood")
    await chat.say("/topics add aab: سیلاب")
    await chat.hears(
        (
            "/brief floods",
            "No news on Floods …\nNot read: 1 article in Urdu; none has a word of this topic.…",
        ),
        ("/brief aab", "…1. سندھ میں سیلاب سے بارہ دیہات زیر آب\n…"),
    )


async def test_where_pages_have_an_address_an_answer_links_to_its_own(
    chat: Chat, services: Services, store: Store
) -> None:
    await stored(store)
    assert "/d/" not in await chat.say("/brief")
    settings = load_settings({"BRIEFBOT_WEB_URL": "https://news.example.org"})
    linking = Chat(
        Services(settings, store, services.scorer, services.builder, services.clock),
    )
    links = [
        re.findall(r"https://news\.example\.org/d/([\w-]{22})", await linking.say(typed))
        for typed in ("/brief", "/brief energy", '/brief energy "nothing like this"')
    ]
    assert [len(each) for each in links] == [1, 1, 0]
    scopes = [await store.page_links.open(each[0], ago(days=1)) for each in links[:2]]
    shown = [each and await store.briefings.get(each.briefing_id or "") for each in scopes]
    assert [len(each.sections) if each else 0 for each in shown] == [2, 1]
