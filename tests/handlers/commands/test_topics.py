"""/topics, as a chat sees it."""

from __future__ import annotations

import pytest

from bot.errors import UsageError
from bot.platforms.slack.replies import shared
from bot.store import Store
from handlers.parsing.topics import named_topics
from handlers.services import Services
from tests.support.builders import a_topic, an_address
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.news import stored

ADD = '/topics add storms: storm, "high-voltage line", -hurricane'


async def test_topics_are_listed_with_the_articles_of_the_last_day(
    chat: Chat, store: Store
) -> None:
    await stored(store)
    await chat.hears(
        (
            "/topics",
            (
                "Topics, with the articles of the last day\n\n• Security, 1 article. …\n"
                "• Energy, 2 articles. …\nAdd one of your own: /topics add floods: …"
            ),
        )
    )


async def test_a_chat_makes_changes_and_removes_its_own_topic(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(
        (
            ADD,
            (
                "Topic added: Storms\n\nIt matches storm, high-voltage line, -hurricane.\n"
                "2 articles in the last day.\n/brief storms 7d or /subscribe storms"
            ),
        ),
        ("/topics", "…• Storms, 2 articles. this chat's own: storm, high-voltage line, -hurr…"),
        ("/brief storms", "…STORMS\n1. …homes…"),
        ("/topics add Storms: pylon", "Topic changed: Storms\n\nIt matches pylon.\n0 articles…"),
        ("/subscribe storms 08:00", "New digest: Storms…"),
        (
            "/topics remove storms",
            "Topic removed: Storms\n\nIt is no longer part of this chat's digests.",
        ),
        ("/subscriptions", "This chat gets no digests yet.…"),
        (
            "/topics remove storms",
            "This chat has no topic “storms”. It has no own topics.\nTry /topics",
        ),
    )


@pytest.mark.parametrize("typed", ["Red Sea shipping", '"Red Sea shipping"', "red-sea-shipping"])
async def test_a_name_of_several_words_is_hyphenated_and_either_form_names_the_topic(
    chat: Chat, store: Store, typed: str
) -> None:
    await stored(store)
    await chat.hears(
        (
            "/topics add “Red Sea  shipping”: storm, houthi",
            (
                "Topic added: Red Sea shipping\n\nIts name in commands: red-sea-shipping\n…"
                "\n/brief red-sea-shipping 7d or /subscribe red-sea-shipping"
            ),
        ),
        (f"/brief {typed}", "…RED SEA SHIPPING\n1. …homes…"),
        (f"/topics add {typed}: storm", "Topic changed: Red…"),
        (f"/topics remove {typed}", "Topic removed: Red…"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/topics add storms", "Write a name, a colon…\nTry /topics add floods: …"),
        ("/topics add energy: oil", "Energy is a built-in topic: choose another name.…"),
        ("/topics add two/words: oil", "A topic's name has 1 to 32 letters…"),
        (
            "/topics add Iran energy: oil",
            "“Iran energy” means something else in commands: write it as iran-energy.…",
        ),
        (
            "/topics add Iran Energie: oil",
            "“Iran Energie” means something else in commands: write it as iran-energie.…",
        ),
        ("/topics add storms: , ,", "Say at least one word or phrase…"),
        ("/topics add daily: oil", "“daily” means something else in commands…"),
        ("/topics remove energy", "Energy is a built-in topic and cannot be removed.…"),
        ("/topics paint", "I do not understand “paint”…"),
    ],
)
async def test_a_wrong_topic_is_told_with_a_right_example(
    chat: Chat, typed: str, told: str
) -> None:
    await chat.hears((typed, told))
    assert "\nTry /topics" in await chat.say(typed)


@pytest.mark.parametrize("name", ["Iran", "US"])
async def test_a_country_in_capitals_can_name_a_topic(chat: Chat, name: str) -> None:
    await chat.hears((f"/topics add {name}: oil", f"Topic added: {name}…"))


async def test_a_name_that_is_nearly_right_is_suggested(chat: Chat) -> None:
    await chat.say(ADD)
    await chat.hears(
        ("/topics remove strorms", "…“strorms”. Did you mean storms? This chat's own topics: st…"),
    )


async def test_a_chat_has_no_end_of_topics(chat: Chat, clock: Clock) -> None:
    for number in range(20):
        clock.forward(minutes=1)
        await chat.say(f"/topics add own{number}: word{number}")
    await chat.hears(
        ("/topics add more: word", "A chat can have at most 20 topics of its own.…"),
        ("/topics add own3: word", "Topic changed: Own3…"),
    )


async def test_no_chat_sees_the_topics_of_another(services: Services) -> None:
    here, there = Chat(services, an_address("1")), Chat(services, an_address("2"))
    await here.say(ADD)
    await there.hears(
        ("/brief storms", "I do not understand “storms”…Topics here: security, energy.…"),
        ("/topics remove storms", "This chat has no topic “storms”…"),
    )
    assert "Storms" not in await there.say("/topics")
    assert "Storms" in await here.say("/topics")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/brief sicherheit 7d", "…SECURITY…"),
        ("/brief ENERG 7d", "…ENERGY…"),
        ("/brief الطاقة 7d", "…ENERGY…"),
        ("Energie", "…ENERGY…"),
        ("/trends energie", "…Energy…"),
        ("/subscribe sicherheit الأمن energie 08:00", "New digest: Security and Energy…"),
        ("/watch energie, Sturm", "…Energy…“sturm”…"),
    ],
)
async def test_a_built_in_topic_is_named_in_any_language_that_the_bot_speaks(
    chat: Chat, store: Store, typed: str, answer: str
) -> None:
    await stored(store)
    await chat.hears((typed, answer))


async def test_what_is_like_the_title_of_a_topic_in_the_chats_language_is_suggested(
    chat: Chat,
) -> None:
    await chat.say("/settings language de")
    await chat.hears(("/brief Sicherhiet", "…Sicherheit…"))


async def test_a_topic_of_the_chats_own_goes_before_a_translated_title(
    chat: Chat, store: Store
) -> None:
    await stored(store)
    await chat.say("/topics add energie: storm")
    await chat.hears(("/brief energie", "…ENERGIE\n1. …homes…"))


def test_topics_are_named_in_the_order_asked_for() -> None:
    known = (a_topic("security"), a_topic("energy"))
    assert [each.name for each in named_topics(["Energy", "sec"], known)] == ["energy", "security"]


def test_an_unknown_name_is_an_error_with_the_list() -> None:
    with pytest.raises(UsageError, match=r"Did you mean energy\? Topics here: security, energy\."):
        named_topics(["enrgy"], (a_topic("security"), a_topic("energy")))


@pytest.mark.parametrize(
    ("typed", "everybody"),
    [
        ("add floods: flood", True),
        ("remove storms", True),
        ("", False),
        ("list", False),
        ("add floods", False),
        ("remove rain", False),
    ],
)
async def test_all_of_a_slack_channel_see_a_change_of_its_topics(
    chat: Chat, typed: str, everybody: bool
) -> None:
    await chat.say(ADD)
    reply = await chat.ask(f"/topics {typed}")
    assert reply is not None
    assert shared(reply) is everybody
