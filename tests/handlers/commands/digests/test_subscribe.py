"""/subscribe, /unsubscribe and /subscriptions, as a chat sees them at noon UTC on a Monday."""

from __future__ import annotations

from datetime import date

import pytest

from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from tests.support.builders import an_address
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.engines import SQLITE_ALONE

NONE_YET = "This chat gets no digests yet.\nTry /subscribe energy at 07:30 weekdays in Karachi"


async def test_it_tells_what_will_come_and_when(chat: Chat) -> None:
    await chat.hears(
        (
            "/subscribe energy 08:00",
            (
                "New digest: Energy\n\n"
                "• 08:00, every day, UTC; up to 5 bullets per topic\n"
                "First digest: Tue 24 Nov, 08:00 (in 20 h).\n"
                "Times are in UTC; /subscribe energy in Karachi changes the zone."
            ),
        ),
        (
            "/subscriptions",
            (
                "Digests of this chat\n\n"
                "• Energy: 08:00, every day, UTC. Next: Tue 24 Nov, 08:00 (in 20 h)."
            ),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "/subscribe energy at 7.30 weekdays in Karachi",
            (
                "New digest: Energy\n\n• 07:30, Monday to Friday, Asia/Karachi; …\n"
                "First digest: Tue 24 Nov, 07:30 (in 14 h).…"
            ),
        ),
        (
            "/subscribe energy, security 8am daily Europe/Berlin",
            (
                "New digest: Energy and Security\n\n• 08:00, every day, Europe/Berlin; …\n"
                "First digest: Tue 24 Nov, 08:00 (in 19 h).…"
            ),
        ),
        (
            "/subscribe security at 19:05 mon,thu in New York",
            (
                "New digest: Security\n\n• 19:05, Mon, Thu, America/New_York; …\n"
                "First digest: Mon 23 Nov, 19:05 (in 12 h).…"
            ),
        ),
        (
            "/subscribe energy weekends at noon utc+5 short",
            (
                "New digest: Energy\n\n• 12:00, weekends, UTC+5; up to 3 bullets per topic\n"
                "First digest: Sat 28 Nov, 12:00 (in 5 days).…"
            ),
        ),
        (
            "/subscribe energy at 05:00 in Karachi",  # midnight in UTC
            "New digest: Energy\n\n…First digest: Tue 24 Nov, 05:00 (in 12 h).…",
        ),
        ("/subscribe energy at 12 at night", "New digest: Energy\n\n• 00:00, every day, UTC; …"),
        ("/subscribe energy at 07h", "New digest: Energy\n\n• 07:00, every day, UTC; …"),
        ("/subscribe energy 8am in Sydney, Australia", "…• 08:00, every day, Australia/Sydney; …"),
        ("/subscribe all", "New digest: Security and Energy\n\n• 07:30, every day, UTC; …"),
    ],
)
@SQLITE_ALONE
async def test_it_takes_what_people_write(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, told))


async def test_the_same_topics_again_change_the_subscription(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy security 08:00 weekdays", "New digest: Energy and Security…"),
        (
            "/subscribe security energy 9am in Karachi",
            (
                "Digest changed: Energy and Security\n\n"
                "• 09:00, Monday to Friday, Asia/Karachi; …\n"
                "• before: 08:00, Monday to Friday, UTC; …\n"
                "Next digest: Tue 24 Nov, 09:00 (in 16 h).…"
            ),
        ),
        ("/subscribe energy security", "Digest unchanged: Energy and Security…09:00…"),
        ("/subscribe at 10 in the evening", "Digest changed: …22:00…"),
        ("/subscriptions", "Digests of this chat\n\n• Energy and Security: 22:00, …"),
    )


async def test_the_first_zone_that_is_named_is_the_chats(chat: Chat) -> None:
    await chat.hears(
        (
            "/subscribe energy 08:00 in Karachi",
            "…This chat's time zone is now Asia/Karachi; /settings zone changes it.",
        ),
        ("/subscribe security 09:00", "…09:00, every day, Asia/Karachi…(in 16 h)."),
        (
            "/subscribe all 10:00 in Berlin",
            "…Europe/Berlin…First digest: Tue 24 Nov, 10:00 (in …).",
        ),
        ("/subscribe security", "…Asia/Karachi…"),
        ("/status", "…next digest: Tue 24 Nov, 08:00 (in 15 h)…"),
    )


async def test_the_zone_and_time_of_the_settings_are_the_usual_ones(services: Services) -> None:
    told = {"BRIEFBOT_TIMEZONE": "Asia/Tokyo", "BRIEFBOT_DIGEST_TIME": "06:15"}
    other = Services(
        settings=load_settings({**told, "BRIEFBOT_BULLETS": "7"}),
        store=services.store,
        scorer=services.scorer,
        builder=services.builder,
        clock=services.clock,
    )
    await Chat(other).hears(
        ("/subscribe energy", "…• 06:15, every day, Asia/Tokyo; up to 7 bullets per topic\n…")
    )


async def test_a_date_that_had_its_digest_gets_no_second_one(
    chat: Chat, store: Store, clock: Clock
) -> None:
    await chat.say("/subscribe energy 08:00")
    clock.forward(hours=21)
    channel = await store.channels.find(chat.address)
    assert channel is not None
    (subscription,) = await store.subscriptions.of_channel(channel.id)
    due = subscription.next_due
    await store.digests.open(subscription, date(2026, 11, 24), due, due, late=False)
    await chat.hears(
        (
            "/subscribe energy 19:00",
            (
                "…\nNext digest: Wed 25 Nov, 19:00 (in 34 h).\n"
                "This digest had its turn on Tue 24 Nov already, and it comes at most once a day."
            ),
        ),
        (
            "/settings time 20:00",
            "…; the next comes Wed 25 Nov, 20:00 (in 35 h).\nThis digest had its turn on…",
        ),
    )
    clock.forward(hours=24)
    await chat.hears(("/subscribe energy 20:30", "…\nNext digest: Wed 25 Nov, 20:30 (in 12 h)."))


async def test_subscribing_wakes_a_chat_that_was_given_up(
    chat: Chat, store: Store, clock: Clock
) -> None:
    await chat.say("/subscribe energy 08:00")
    channel = await store.channels.find(chat.address)
    assert channel is not None
    await store.channels.disable(channel.id, "bot was blocked by the user", now=clock())
    await chat.hears(
        ("/subscriptions", "…Digests have stopped: bot was blocked by the user. …"),
        ("/status", "…have stopped: bot was blocked by the user.…"),
        ("/subscribe energy 08:00", "Digest unchanged…"),
        ("/status", "…next digest: …"),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "/subscribe",
            "Name one or more topics…security, energy.\nTry /subscribe energy at 07:30 …",
        ),
        ("/subscribe 08:00", "Name one or more topics…"),
        ("/subscribe oil 08:00", "I do not understand “oil”…put it in quotes.\nTry …"),
        ("/subscribe energy 25:00", "“25:00” is not a time of day…\nTry /subscribe…"),
        ("/subscribe energy at half past seven", "I do not understand “half” after “at”: …"),
        ("/subscribe energy at", "Write a time of day after “at”, …\nTry /subscribe…"),
        ("/subscribe energy in", "Name a time zone or a city, such as Karachi.\nTry …"),
        (
            "/subscribe energy in Atlantis",
            "I do not know the time zone “Atlantis”.…\nTry /subscribe…",
        ),
        ("/subscriptions please", "I do not understand “please” here.\nTry /subscriptions"),
    ],
)
@SQLITE_ALONE
async def test_a_wrong_word_changes_nothing_and_is_told(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, told), ("/subscriptions", NONE_YET))


async def test_a_chat_has_no_end_of_subscriptions(chat: Chat, clock: Clock) -> None:
    for number in range(20):
        clock.forward(minutes=1)
        await chat.say(f"/topics add own{number}: word{number}")
        await chat.say(f"/subscribe own{number}")
    await chat.hears(("/subscribe energy", "A chat can have at most 20 digests.…"))


async def test_the_only_subscription_needs_no_name_to_end(chat: Chat) -> None:
    await chat.hears(
        ("/unsubscribe", "This chat gets no digests."),
        ("/subscribe energy security", "New digest…"),
        (
            "/unsubscribe",
            "Digest ended: Energy and Security\n\nThis chat gets no digests now.",
        ),
        ("/subscriptions", NONE_YET),
    )


async def test_with_several_it_asks_which(chat: Chat) -> None:
    await chat.say("/subscribe energy 08:00")
    await chat.say("/subscribe security 09:00 weekdays")
    await chat.hears(
        (
            "/unsubscribe",
            (
                "End which digest?\n\n"
                "• /unsubscribe energy ends 08:00, every day, UTC\n"
                "• /unsubscribe security ends 09:00, Monday to Friday, UTC\n"
                "• /unsubscribe all ends all"
            ),
        ),
        (
            "/unsubscribe Sec",
            "Digest ended: Security\n\nDigests that stay:\n• Energy: 08:00, every day, UTC",
        ),
        (
            "/unsubscribe security",
            "This chat gets no digest on Security.\nIts digests are on Energy.",
        ),
        ("/unsubscribe oil", "I do not understand “oil”…\nTry /unsubscribe energy"),
    )


async def test_all_ends_all(chat: Chat) -> None:
    await chat.say("/subscribe energy 08:00")
    await chat.say("/subscribe security 09:00")
    await chat.hears(
        (
            "/unsubscribe all",
            (
                "Digest ended: Energy and Security\n\n"
                "• ended: Energy: 08:00, every day, UTC\n"
                "• ended: Security: 09:00, every day, UTC\n"
                "This chat gets no digests now."
            ),
        ),
        ("/subscriptions", NONE_YET),
    )


async def test_a_topic_leaves_a_subscription_of_two(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy security 08:00", "New digest…"),
        ("/unsubscribe energy", "Digest ended: Energy\n\nDigests that stay:\n• Security: 08:00, …"),
    )


async def test_topics_of_one_subscription_end_that_one_alone(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy 08:00", "New digest…"),
        ("/subscribe energy security 09:00", "New digest…"),
        ("/unsubscribe", "…• /unsubscribe energy security ends 09:00, every day, UTC…"),
        (
            "/unsubscribe security, energy",
            (
                "Digest ended: Energy and Security\n\n"
                "Digests that stay:\n• Energy: 08:00, every day, UTC"
            ),
        ),
        ("/subscribe energy security 09:00", "New digest…"),
        ("/unsubscribe energy", "…Digests that stay:\n• Energy and Security: 09:00, …"),
    )


async def test_topics_of_no_one_subscription_end_everywhere(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy 08:00", "New digest…"),
        ("/subscribe security 08:30", "New digest…"),
        ("/subscribe energy security 09:00", "New digest…"),
        ("/topics add storms: storm", "Topic added…"),
        ("/subscribe energy storms 10:00", "New digest…"),
        (
            "/unsubscribe security storms",
            "Digest ended: Security and Storms…\n• Energy: 08:00…",
        ),
        ("/unsubscribe from all topics", "Digest ended: Energy…no digests now."),
    )


async def test_all_ends_more_than_the_subscription_of_all_topics(chat: Chat) -> None:
    await chat.hears(
        ("/subscribe energy 08:00", "New digest…"),
        ("/subscribe all 09:00", "New digest…"),
        ("/unsubscribe ALL, please", "…This chat gets no digests now."),
    )


async def test_no_chat_sees_or_ends_the_subscriptions_of_another(services: Services) -> None:
    here = Chat(services, an_address("1"))
    there = Chat(services, an_address("2"))
    thread = Chat(services, an_address("1", thread="9"))
    await here.say("/subscribe energy 08:00 in Karachi")
    for other in (there, thread):
        await other.hears(
            ("/subscriptions", NONE_YET),
            ("/unsubscribe all", "This chat gets no digests."),
            ("/status", "…This chat gets no digests."),
            ("/subscribe energy 09:00", "New digest: Energy\n\n• 09:00, every day, UTC…"),
        )
    await here.hears(("/subscriptions", "…• Energy: 08:00, every day, Asia/Karachi. …"))


SEVERAL = "subscribe energy at 07:30 and 18:00, weekly on Monday at 8"


async def test_several_digests_are_named_in_one_sentence(chat: Chat) -> None:
    await chat.hears(
        (
            SEVERAL,
            (
                "New digest: Energy\n\n"
                "• 07:30, every day, UTC; up to 5 bullets per topic\n"
                "• 18:00, every day, UTC; up to 5 bullets per topic\n"
                "• 08:00, weekly on Monday, UTC; up to 5 bullets per topic\n"
                "First digest: Mon 23 Nov, 18:00 (in 6 h).\n…"
            ),
        ),
        (SEVERAL, "Digest unchanged: Energy…"),
        (
            "/subscriptions",
            (
                "…• Energy: 07:30, every day, UTC. …• Energy: 18:00, every day, UTC. …"
                "• Energy: 08:00, weekly on Monday, UTC. Next: Mon 30 Nov, 08:00 (in 7 days)."
            ),
        ),
        (
            "/unsubscribe energy at 18:00",
            (
                "Digest ended: Energy\n\nDigests that stay:\n• Energy: 07:30, every day, UTC\n"
                "• Energy: 08:00, weekly on Monday, UTC"
            ),
        ),
        ("/unsubscribe energy at 18:00", "This chat gets no digest on Energy at 18:00.…"),
        ("/unsubscribe energy weekly", "…Digests that stay:\n• Energy: 07:30, every day, UTC"),
        ("/unsubscribe energy", "…This chat gets no digests now."),
    )


async def test_times_replace_those_of_the_same_topics_unless_they_are_also_meant(
    chat: Chat,
) -> None:
    await chat.hears(
        ("/subscribe energy at 07:30 and 18:00", "New digest…"),
        (
            "/subscribe energy at 18:00 and 21:00",
            "Digest changed: Energy\n\n• 18:00, …• 21:00, …before: 07:30…",
        ),
        ("/subscribe energy also at 06:00", "Digest changed: Energy\n\n• 06:00, …"),
        ("/subscribe energy in Karachi", "…06:00…Karachi…18:00…Karachi…21:00…Karachi…"),
        (
            "/subscribe energy at 18:00",
            "Digest changed: Energy\n\n• 18:00, …ended: 06:00, …ended: 21:00, …",
        ),
        ("/subscribe energy weekly on friday at 9", "…• 09:00, weekly on Friday…"),
        ("/subscriptions", "…• Energy: 18:00, …• Energy: 09:00, weekly on Friday…"),
        ("/subscribe energy at 7", "Digest changed…07:00…before: 18:00…"),
        ("/subscribe security weekdays at 8, weekends at 10", "…Monday to Friday…weekends…"),
        ("/unsubscribe all", "…"),
        ("/subscriptions", NONE_YET),
    )


async def test_the_list_has_a_button_to_end_each_digest(chat: Chat) -> None:
    await chat.say(SEVERAL)
    reply = await chat.ask("/subscriptions")
    assert reply is not None
    commands = [each.command for row in reply.buttons for each in row]
    assert commands[:3] == [
        "unsubscribe energy at 07:30",
        "unsubscribe energy at 18:00",
        "unsubscribe energy weekly",
    ]


async def test_the_setting_of_the_time_moves_the_first_digest_of_a_day(chat: Chat) -> None:
    await chat.hears(
        (SEVERAL, "…"),
        ("/settings time 09:00", "…"),
        ("/subscriptions", "…• Energy: 09:00, …• Energy: 18:00, …• Energy: 08:00, weekly …"),
    )
