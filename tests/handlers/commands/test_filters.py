"""Countries and words in /brief, /subscribe and plain words, as a chat sees them."""

from __future__ import annotations

import pytest

from bot.store import Store
from tests.support.builders import ago, an_article
from tests.support.dialog import Chat
from tests.support.engines import SQLITE_ALONE
from tests.support.news import ARREST, STORM, stored

REFINERY = an_article(
    "Iran reopens the refinery at Abadan after a fire",
    "Iran reopened the oil refinery at Abadan on Monday after a fire that lasted two days, the "
    "energy ministry said.",
    source="Gulf Wire",
    published_at=ago(hours=4),
    topics=["energy"],
    story_id="refinery",
)
REACTOR = an_article(
    "Iranian reactor at Bushehr returns to the power grid",
    "The reactor at Bushehr returned to the power grid on Monday after repairs that took 30 days, "
    "the operator said.",
    source="Gulf Wire",
    published_at=ago(hours=3),
    topics=["energy"],
    story_id="reactor",
)
NEWS = (STORM, ARREST, REFINERY, REACTOR)


@pytest.mark.parametrize(
    "typed",
    [
        "/brief energy Iran -oil",
        "energy in Iran, not oil",
        "brief energy Iran without oil",
        "what happened in Iran today, but not oil?",
        '/brief "Bushehr"',
        "/brief iranian energy -refinery",
    ],
)
async def test_only_what_was_asked_for_is_told(chat: Chat, store: Store, typed: str) -> None:
    await stored(store, *NEWS)
    said = " ".join((await chat.say(typed)).split())
    assert "Bushehr" in said
    assert "Abadan" not in said.partition("Left out")[0]
    assert "homes" not in said
    assert "Harran" not in said


async def test_a_span_with_a_minus_is_no_word(chat: Chat) -> None:
    await chat.hears(("/brief energy -5d", "“-5d” lies ahead: write 5d.\nTry /brief 5d"))


async def test_plain_words_with_a_country_are_a_briefing(chat: Chat, store: Store) -> None:
    await stored(store, *NEWS)
    for typed in ("brief Iran", "Iran", "iran energy", "anything new in Iran?"):
        assert "Abadan" in await chat.say(typed.replace("Iran", "Norway or Iran")), typed
        said = await chat.say(typed)
        assert "Abadan" in said, typed
        assert "(IRAN)" in said, typed


async def test_nothing_left_says_what_the_filter_kept_out(chat: Chat, store: Store) -> None:
    await stored(store, *NEWS)
    await chat.hears(
        (
            "/brief energy Norway",
            (
                "No news on Energy (Norway) in the last 24 hours; 3 stories without the filter.\n"
                "…/brief energy Norway 7d looks back on a week."
            ),
        )
    )
    reply = await chat.ask("/brief energy Norway -oil")
    assert reply is not None
    labels = {each.label: each.command for row in reply.buttons for each in row}
    assert labels["Without the filter"] == "brief energy 24h"
    assert labels["Last 7 days"] == 'brief energy Norway -"oil" 7d'


async def test_the_buttons_of_a_briefing_keep_its_filter(chat: Chat, store: Store) -> None:
    await stored(store, *NEWS)
    reply = await chat.ask("/brief energy Iran")
    assert reply is not None
    assert reply.briefing is not None
    assert reply.briefing.filter == "Iran"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/brief energy Irn", "I do not understand “Irn”…Did you mean…Iran…in quotes.\nTry …"),
        ("/brief energy not", "Say what to leave out after “not”, such as “not oil”.\nTry …"),
        ("/brief Iran -Iran", "“Iran” is both wanted and left out.\nTry …"),
        ('/brief "x"', "“x” is too short to look for.\nTry …"),
        ("/brief " + " ".join(f'"word{n}"' for n in range(21)), "Name at most 20 countries …"),
    ],
)
@SQLITE_ALONE
async def test_a_filter_that_says_nothing_is_told(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, told))


async def test_a_quoted_topic_is_the_topic(chat: Chat, store: Store) -> None:
    await stored(store, *NEWS)
    assert "homes" in await chat.say('/brief "energy"')


async def test_a_digest_has_a_filter_beside_one_without(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy Iran -oil at 07:30", "New digest: Energy (Iran, without oil)…"),
        ("/subscribe energy at 08:00 in Pakistan", "New digest: Energy\n\n• 08:00, …Karachi…"),
        (
            "/subscriptions",
            "…• Energy (Iran, without oil): 07:30, …• Energy: 08:00, every day, Asia/Karachi. …",
        ),
        ("/subscribe energy Iran -oil at 09:00", "Digest changed: Energy (Iran, …09:00…"),
        ("/unsubscribe energy Norway", "This chat gets no digest on Energy (Norway).…"),
        (
            "/unsubscribe energy",
            "Digest ended: Energy\n\nDigests that stay:\n• Energy (Iran, without oil): 09:00…",
        ),
        ("/unsubscribe energy Iran -oil", "Digest ended: Energy (Iran, without oil)…"),
    )


async def test_a_country_alone_is_subscribed_on_all_topics(chat: Chat) -> None:
    await chat.hears(
        ("subscribe us to Pakistan at 8am", "New digest: Security and Energy (Pakistan)…"),
        ("/unsubscribe Pakistan", "Digest ended: Security and Energy (Pakistan)…"),
    )


async def test_a_trial_of_a_digest_is_filtered(chat: Chat, store: Store) -> None:
    await stored(store, *NEWS)
    await chat.say("/subscribe energy Iran -oil at 07:30")
    said = await chat.say("/try")
    assert "This test does not change the next digest." in said
    assert "Bushehr" in said
    assert "homes" not in said
    assert "Bushehr" in await chat.say("/try")
    await chat.say("/unsubscribe all")
    await chat.say("/subscribe energy Norway at 07:30")
    await chat.hears(("/try", "Test: nothing new…"))


async def test_a_city_is_a_zone_and_a_country_after_the_time_too(chat: Chat) -> None:
    await chat.hears(
        (
            "/subscribe energy in Berlin",
            "New digest: Energy\n\n• 07:30, every day, Europe/Berlin…",
        ),
        ("/unsubscribe all", "…"),
        ("/subscribe energy 8am in Sydney, Australia", "New digest: Energy\n…Australia/Sydney…"),
        ("/unsubscribe all", "…"),
        ("/subscribe energy Iran 9:00 Germany", "New digest: Energy (Iran)…09:00…Europe/Berlin…"),
    )
