"""/settings, as a chat sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms.slack.replies import shared
from bot.store import Store
from handlers.services import Services
from summarizer.llm.engine import LlmSummarizer
from tests.fakes.openai import honest
from tests.support.builders import NOW, an_address
from tests.support.dialog import Chat
from tests.support.engines import SQLITE_ALONE
from tests.support.model_desk import desk
from tests.support.news import STORM, stored


async def test_it_shows_what_this_chat_has_chosen(chat: Chat) -> None:
    await chat.hears(
        (
            "/settings",
            (
                "Settings of this chat\n\nWhen\n• Time of daily digests: 07:30\n• Time zone: UTC\n"
                "• Quiet hours: for alerts 22:00 to 07:00\n• Alerts: up to 5 a day\n\n"
                "What\n• Bullets per topic: up to 5\n"
                "• Details in digests: shown at once\n"
                "• Chart in weekly digests: yes\n"
                "• Language: auto (English)\n\n"
                "Set by the operator of this bot\n• Wording: sentences from the articles\n"
                "• Who can change this: admins of this chat\n\n"
                "A button opens the choices of its setting.\n"
                "Or type a change: /settings time 08:00\n"
                "Learned from 👍 and 👎: /settings learning"
            ),
        ),
        (
            "/settings zone",
            "Setting: time zone\n\n• Time zone: UTC\nThe time zone…/settings zone default",
        ),
    )


async def test_a_choice_is_kept_and_taken_back(chat: Chat) -> None:
    await chat.hears(
        (
            "/settings time 7 in the evening",
            "Setting changed: time of daily digests\n\n• Time of daily digests: 19:00",
        ),
        ("/settings zone = Karachi", "Setting changed: time zone\n\n• Time zone: Asia/Karachi"),
        (
            "/settings length short",
            "Setting changed: bullets per topic\n\n• Bullets per topic: up to 3",
        ),
        (
            "/settings LENGTH: 7",
            "Setting changed: bullets per topic\n\n• Bullets per topic: up to 7",
        ),
        (
            "/settings length 7",
            "Setting unchanged: bullets per topic\n\n• Bullets per topic: up to 7",
        ),
        ("/settings", "…Time of daily digests: 19:00…Time zone: Asia/Karachi…up to 7…"),
        (
            "/settings time default",
            "Setting changed: time of daily digests\n\n• Time of daily digests: 07:30",
        ),
        ("/settings zone reset", "Setting changed: time zone\n\n• Time zone: UTC"),
        ("/settings length default", "…up to 5"),
    )


async def test_details_are_folded_and_shown_again(chat: Chat) -> None:
    await chat.hears(
        (
            "/settings details folded",
            "Setting changed: details in digests\n\n• Details in digests: folded, headlines first",
        ),
        ("/settings thread on", "Setting unchanged: details in digests…"),
        (
            "/settings details shown",
            "Setting changed: details in digests\n\n• Details in digests: shown at once",
        ),
        ("/settings details sideways", "“sideways” is neither folded nor shown…"),
    )


async def test_it_is_what_a_new_subscription_begins_with(chat: Chat) -> None:
    await chat.say("/settings time 19:00")
    await chat.say("/settings length short")
    await chat.hears(
        ("/subscribe energy", "…19:00, every day, UTC; up to 3 bullets per topic…"),
        ("/subscribe security at 06:00 long", "…06:00, every day, UTC; up to 10 bullets…"),
    )


async def test_the_subscriptions_that_there_are_follow(chat: Chat) -> None:
    await chat.say("/subscribe energy at 06:00 weekdays")
    await chat.say("/subscribe security")
    await chat.hears(
        (
            "/settings time 08:15",
            (
                "Setting changed: time of daily digests\n\n• Time of daily digests: 08:15\n"
                "This also changed 2 digests "
                "of this chat; the next comes …, 08:15 (in …)."
            ),
        ),
        ("/settings zone Karachi", "…This also changed 2 digests of this chat…"),
        (
            "/subscriptions",
            "…Energy: 08:15, Monday to Friday, Asia/Karachi…Security: 08:15, every day, Asia/K…",
        ),
    )


async def test_a_digest_at_its_own_time_stays_there_unless_the_usual_time_changes(
    chat: Chat,
) -> None:
    await chat.say("/subscribe energy at 18:00")
    await chat.say("/subscribe security weekly on Monday at 8")
    await chat.hears(
        (
            "/settings time 07:30 zone UTC alerts 3",
            "Settings changed\n\n• Alerts: up to 3 a day",
        ),
        ("/subscriptions", "…Energy: 18:00, every day…Security: 08:00, weekly…"),
        ("/settings time 07:30 zone UTC", "Settings unchanged\n\n• Time of daily digests: 07:30…"),
        (
            "/settings time 09:00 zone UTC",
            "Settings changed\n\n• Time of daily digests: 09:00\nThis also changed 1 digest of…",
        ),
        ("/subscriptions", "…Energy: 09:00, every day…Security: 08:00, weekly…"),
    )


async def test_a_shorter_length_shortens_a_briefing(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.say("/settings length 1")
    said = await chat.say("/brief energy 7d")
    assert "1. " in said
    assert "2. " not in said


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "/settings tme 8",
            "There is no setting “tme”. Did you mean time? Settings: time, zone, …",
        ),
        ("/settings time banana", "I do not understand “banana”…\nTry /settings time 08:00"),
        ("/settings time 25:00", "“25:00” is not a time of day…\nTry /settings time 08:00"),
        (
            "/settings zone Atlantis",
            "I do not know the time zone “Atlantis”…\nTry /settings zone Karachi",
        ),
        ("/settings length 99", "“99” bullets are not possible…\nTry /settings length short"),
        ("/settings length huge", "“huge” is not a length…\nTry /settings length short"),
        (
            "/settings language klingon",
            "…“klingon”. Languages: en, de, ar, auto.\nTry /settings language de",
        ),
        ("/settings engine gpt", "There is no engine “gpt”. Engines: extractive, openai.…"),
    ],
)
@SQLITE_ALONE
async def test_a_wrong_value_is_told_with_a_right_example(
    chat: Chat, typed: str, told: str
) -> None:
    before = await chat.say("/settings")
    await chat.hears((typed, told))
    assert await chat.say("/settings") == before


@pytest.mark.parametrize("typed", ["/settings language ur", "/settings engine openai"])
@SQLITE_ALONE
async def test_without_a_model_it_says_that_it_needs_one(chat: Chat, typed: str) -> None:
    await chat.hears(
        (typed, "That needs a language model, and none is configured here…operator…"),
        (
            "/settings",
            "…Language: auto (English)\n\nSet by the operator of this bot\n• Wording: sentences…",
        ),
    )


@pytest.mark.parametrize("named", ["ur", "Urdu", "in urdu", "اردو", "UR"])
@SQLITE_ALONE
async def test_a_language_is_known_by_code_and_names(
    named: str, services: Services, store: Store
) -> None:
    async with desk(store, honest) as at:
        chat = Chat(_with(services, at.engine))
        await chat.hears(
            (
                f"/settings language {named}",
                "Setting changed: language\n\n• Language: …bullets in Urdu (ur)…",
            ),
            ("/settings engine extractive", "…The engine extractive does not translate…"),
            ("/settings language off", "…• Language: auto (English)"),
            ("/settings language portugese", "…Did you mean Portuguese…"),
        )


async def test_a_chat_whose_engine_is_the_local_one_asks_no_model(
    services: Services, store: Store
) -> None:
    await stored(store, STORM)
    async with desk(store, honest) as at:
        here = Chat(_with(services, at.engine), an_address("1"))
        there = replace(here, address=an_address("2"))
        await here.say("/settings engine extractive")
        await here.say("/brief energy")
        await here.say("/ask How many homes lost power?")
        assert at.server.asked == []
        await there.say("/brief energy")
        assert len(at.server.asked) == 1
        await here.say("/settings engine default")
        await here.hears(("/settings engine", "…by the language model stub…"))


@pytest.mark.parametrize(
    ("typed", "everybody"), [("time 08:00", True), ("", False), ("time", False), ("time x", False)]
)
@SQLITE_ALONE
async def test_all_of_a_slack_channel_see_a_change(chat: Chat, typed: str, everybody: bool) -> None:
    reply = await chat.ask(f"/settings {typed}")
    assert reply is not None
    assert shared(reply) is everybody


def _with(services: Services, editor: LlmSummarizer) -> Services:
    return replace(services, builder=replace(services.builder, editor=editor))


@pytest.mark.parametrize(
    "typed",
    [
        "quiet 22:00-07:00",
        "quiet 22 – 7",
        "quiet hours from 10 pm to 7 am",
        "Quiet: 22.00 until 7.00",
        "night between 22h and 7h",
    ],
)
async def test_quiet_hours_are_read_as_people_write_them(chat: Chat, typed: str) -> None:
    await chat.hears(
        (
            f"/settings {typed}",
            (
                "Setting changed: quiet hours\n\n• Quiet hours: from 22:00 until 07:00\n"
                "A digest that is due in quiet hours is sent at 07:00."
            ),
        ),
        ("/settings quiet off", "Setting changed: quiet hours\n\n• Quiet hours: none"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("22:00", "Write the start and the end of the quiet hours.…"),
        ("22:00-22:00", "The start and the end of quiet hours must differ.…"),
        ("22:00-25:00", "“25:00” is not a time of day…"),
        ("late-7", "…late…"),
    ],
)
@SQLITE_ALONE
async def test_quiet_hours_that_cannot_be_are_refused(chat: Chat, typed: str, told: str) -> None:
    await chat.hears(
        (f"/settings quiet {typed}", told), ("/settings quiet", "…Quiet hours: for alerts…")
    )


async def test_ending_quiet_hours_lets_what_waited_come(chat: Chat, store: Store) -> None:
    await chat.say("/subscribe energy")
    [subscription] = await store.subscriptions.all()
    later = NOW + timedelta(hours=3)
    await store.digests.open(subscription, NOW.date(), later, later, late=False)
    await chat.say("/settings quiet off")
    assert [each.due_at for each in await store.digests.pending()] == [NOW]


async def test_of_several_settings_none_is_changed_if_one_is_wrong(chat: Chat) -> None:
    await chat.hears(
        ("/settings time 08:00 quiet 22", "Write the start and the end of the quiet hours.\nTry…"),
        ("/settings time", "Setting: time of daily digests\n\n• Time of daily digests: 07:30…"),
    )
