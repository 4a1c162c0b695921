"""Dialogues about trends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Reply
from bot.render.text import reply_text
from bot.store import Store
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer
from tests.support.builders import ago, an_article
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.weeks import weeks_stored
from tests.support.whole_bot import services_of


@pytest.fixture
async def chat(sqlite_store: Store) -> Chat:
    await weeks_stored(sqlite_store)
    return Chat(services_of(sqlite_store, Clock()))


async def test_every_line_has_counts_and_an_article(chat: Chat) -> None:
    told = (
        "Trends, last 7 days\n\nEnergy\n0.5 stories a day in the last 6 full days, 1.9 in the "
        "28 days before.\n1 story in 9 articles.\nCountries: Egypt (9 articles).\nRising:\n"
        "1. Tankers wait as the Varen Canal stays closed on day 0: 9 articles from 3 sources, "
        "none in the 28 days before (Coast Herald, Mon 23 Nov, 07:00)\n"
        "https://news.example/canal/0\n\n"
        "Rising is what at least 5 articles of 2 sources are about, and clearly more of all "
        "articles than on the days before (Dunning's log-likelihood over 10.8)."
    )
    await chat.hears(("/trends energy", told))


async def test_a_rising_story_opens_at_a_press(chat: Chat) -> None:
    reply = await said(chat, "/trends energy")
    buttons = [each for row in reply.buttons for each in row]
    assert [(each.label, each.command) for each in buttons] == [
        ("Story so far 1", "story canal"),
        ("Last 30 days", "trends energy 30d"),
        ("Security", "trends security 7d"),
    ]
    opened = await said(chat, f"/{buttons[0].command}")
    assert "9 articles from 3 sources: copies of one report." in reply_text(opened)


async def test_a_country_and_a_name_are_proved_by_an_article(
    chat: Chat, sqlite_store: Store
) -> None:
    for number in range(8):
        await sqlite_store.articles.add(
            an_article(
                f"Prices at hub {number} fall",
                f"Traders blame Orsted Vind for the fall at hub {number}.",
                source=f"Outlet {number % 3}",
                url=f"https://news.example/hub/{number}",
                published_at=ago(hours=number + 1),
                topics=["energy"],
                story_id=f"hub-{number}",
            )
        )
    told = await chat.say("/trends energy")
    assert "2. Orsted Vind (name): 8 articles from 3 sources, none in the 28 days before — " in told
    assert "Prices at hub 0 fall" in told
    assert "https://news.example/hub/0" in told


async def test_without_topics_all_built_in_ones_are_shown(chat: Chat) -> None:
    told = await chat.say("/trends")
    assert "Security\nNo articles are stored of these days." in told
    assert "Energy\n0.5 stories a day" in told


@pytest.mark.parametrize(
    "typed",
    [
        "trends energy",
        "what is trending in energy",
        "show me the trends in energy",
        "trending energy 7d",
    ],
)
async def test_plain_words_ask_for_trends(chat: Chat, typed: str) -> None:
    assert "Trends, last 7 days" in await chat.say(typed)


@pytest.mark.parametrize("typed", ["30d", "last 30 days", "month", "for a month"])
async def test_a_month_can_be_asked_for(chat: Chat, typed: str) -> None:
    told = await chat.say(f"/trends energy {typed}")
    assert told.startswith("Trends, last 30 days")
    assert "2 stories a day" not in told


async def test_mistakes_are_answered_with_an_example(chat: Chat) -> None:
    await chat.hears(
        (
            "/trends 3d",
            "Trends are those of 7 or of 30 days: write 7d or 30d.\nTry /trends energy 30d",
        ),
        ("/trends 7d 30d", "Trends are those of 7 or of 30 days…"),
        ("/trends enrgy", "I do not understand “enrgy”… Did you mean energy…"),
    )


async def test_a_month_of_a_young_store_says_that_there_is_no_past(sqlite_store: Store) -> None:
    await sqlite_store.articles.add(an_article(topics=["energy"], published_at=ago(hours=2)))
    told = await Chat(services_of(sqlite_store, Clock())).say("/trends energy")
    assert ", nothing older to compare with." in told
    assert "Rising" not in told


async def test_a_terminal_draws_bars_and_a_dumb_one_none(chat: Chat) -> None:
    reply = await said(chat, "/trends energy")
    drawn, plain = reply_text(reply, drawn=True), reply_text(reply)
    assert "▄" in drawn
    assert "█" in drawn
    assert not set("▁▂▃▄▅▆▇█") & set(plain)
    assert "\x1b" not in drawn


async def test_of_many_built_in_topics_the_first_four_are_shown(sqlite_store: Store) -> None:
    topics = [replace(load_topics()[0], name=f"t{each}", title=f"T{each}") for each in range(6)]
    chat = Chat(replace(services_of(sqlite_store, Clock()), scorer=TopicScorer(topics)))
    told = await chat.say("/trends")
    assert "T3\n" in told
    assert "T4\n" not in told
    assert "These are the first 4 topics; name others." in told
    assert "Name at most 4 topics." in await chat.say("/trends t0 t1 t2 t3 t4")


async def test_the_button_for_the_other_span_names_every_topic(sqlite_store: Store) -> None:
    names = [f"long-topic-{each}-x" for each in range(5)]
    topics = [replace(load_topics()[0], name=each, title=each) for each in names]
    chat = Chat(replace(services_of(sqlite_store, Clock()), scorer=TopicScorer(topics)))
    for typed, command in (
        ("/trends", "trends 30d"),
        (f"/trends {' '.join(names[:4])}", f"trends {' '.join(names[:4])} 30d"),
    ):
        button = (await said(chat, typed)).buttons[0][0]
        assert (button.label, button.command) == ("Last 30 days", command)


async def said(chat: Chat, typed: str) -> Reply:
    reply = await chat.ask(typed)
    assert reply is not None
    return reply
