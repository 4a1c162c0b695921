"""/watch, /unwatch, /follow and /mute for hours, as a chat sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Role
from bot.store import Store
from tests.support.clock import Clock
from tests.support.dialog import Chat, matches
from tests.support.news import stored

NIGHT = "Alerts: up to 5 a day; from 22:00 until 07:00 (UTC) they wait."


async def test_words_are_watched_listed_and_ended(chat: Chat) -> None:
    await chat.hears(
        ("/watch", "This chat has no alerts yet…"),
        ('/watch "Strait of Hormuz"', f"New alert: “strait of hormuz”…{NIGHT}"),
        ('/watch "strait of hormuz"', "This chat has an alert on “strait of hormuz” already."),
        ("/watch energy Iran -oil", "New alert: Energy (Iran, without oil)…"),
        (
            "/watch",
            (
                "Alerts of this chat\n\n• 1. new stories: “strait of hormuz”\n"
                f"• 2. new stories: Energy (Iran, without oil)\n{NIGHT}\nEnd one: /unwatch 1"
            ),
        ),
        ("/unwatch 3", "“3” is not the number of an alert: choose from 1 to 2.\nTry /unwatch 1"),
        ("/unwatch 1", "Alert ended: “strait of hormuz”\n\n1 left: /watch"),
        ("/unwatch", "Alert ended: Energy (Iran, without oil)…"),
        ("/unwatch", "This chat has no alerts."),
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/watch gas tanker, oil refinery", "“gas tanker” or “oil refinery”"),
        ("alert me about UN sanctions on Iran", "Iran, and “UN sanctions”"),
        ("notify me when Pakistan", "Pakistan"),
        ("watch for security", "Security"),
        (
            "/watch Alliance for Progress or the grid operator",
            "“alliance for progress” or “grid operator”",
        ),
    ],
)
async def test_it_takes_what_people_write(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, f"New alert: {told}…"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/watch x", "“x” is too short to look for.…"),
        ("/watch -oil", "Say what the alert is about, not only what to leave out.…"),
        ("/watch " + ",".join(f"word{n}" for n in range(21)), "Name at most 20 …"),
    ],
)
async def test_what_cannot_be_watched_for_is_told(chat: Chat, typed: str, told: str) -> None:
    await chat.hears((typed, told), ("/watch", "This chat has no alerts yet…"))


async def test_a_chat_has_no_end_of_watches(chat: Chat, clock: Clock) -> None:
    for number in range(20):
        clock.forward(minutes=1)
        await chat.say(f"/watch word{number}")
    await chat.hears(("/watch energy", "A chat can have at most 20 alerts.…"))


async def test_a_member_reads_the_list_and_changes_nothing(chat: Chat) -> None:
    member = replace(chat, role=Role.MEMBER)
    await member.hears(
        ("/watch", "This chat has no alerts yet…"),
        ("/watch energy", "Sorry, only admins…"),
        ("/unwatch", "Sorry, only admins…"),
        ("/follow 1", "Sorry, only admins…"),
        ("/mute 3h", "Sorry, only admins…"),
    )


async def test_a_story_is_followed_by_the_number_of_its_bullet(chat: Chat, store: Store) -> None:
    await stored(store)
    await chat.hears(
        ("/follow", "There is no briefing in this chat yet…"),
        ("/brief", "…"),
        ("/follow", "An alert when which story changes?\n\nOr type it: /follow 2"),
        ("/follow 2", "New alert: each change of “Storm cuts power to 40,000 …”, once.…"),
        ("/follow 2", "There is an alert already for …"),
        ("/watch", "…• 1. changes of “Storm cuts power to 40,000 homes on the coast”…"),
        ("/unwatch 1", "Alert ended: changes of “Storm…"),
        ("/follow 9", "…/follow 2"),
    )


async def test_alerts_are_muted_for_hours_and_words_as_before(chat: Chat, clock: Clock) -> None:
    await chat.hears(
        ("/mute 3h", "Alerts muted\n\nMuted until Mon 23 Nov, 15:00; /unmute alerts ends that.\n…"),
        ("/watch energy", "…Muted until Mon 23 Nov, 15:00…"),
        ("/unmute alerts", "Alerts are on again…"),
        ("/mute until 18:00", "Alerts muted\n\nMuted until Mon 23 Nov, 18:00…"),
        ("/mute 400d", "A pause ends within a year from now.…"),
        ("/mute until 2020-01-01", "“2020-01-01” is over: name a later day or hour.…"),
        ("/mute alerts 3h", "Alerts muted\n\nMuted until Mon 23 Nov, 15:00…"),
        ("/unmute alerts", "Alerts are on again…"),
        ("/mute alerts until 18:00", "Alerts muted\n\nMuted until Mon 23 Nov, 18:00…"),
        ("/mute alerts", "Alerts muted\n\nMuted until /unmute alerts.…"),
        ("/watch", "…Muted until /unmute alerts.…"),
        ("/unmute alerts", "Alerts are on again…"),
        ("/mute alerts football", "I do not understand “football”…\nTry /mute alerts 3h"),
        ('/mute "alerts"', "Muted: “alerts”…"),
        ('/unmute "alerts"', "No longer muted: “alerts”…"),
        ("/mute football", "Muted: “football”…"),
        ("/unmute football", "No longer muted: “football”…"),
    )


async def test_how_many_alerts_come_is_a_setting(chat: Chat) -> None:
    await chat.hears(
        ("/settings alerts 3", "Setting changed: alerts\n\n• Alerts: up to 3 a day"),
        ("/settings quiet 20:00-09:00", "…• Quiet hours: from 20:00 until 09:00…"),
        ("/settings quiet off", "…• Quiet hours: none"),
        ("/settings alerts off", "…• Alerts: none"),
        ("/settings alerts default", "…• Alerts: up to 5 a day"),
        ("/settings alerts 51", "Write how many alerts a day, 0 to 50, or off.…"),
        ("/settings quiet default", "…"),
        ("/settings quiet", "…• Quiet hours: for alerts 22:00 to 07:00\n…"),
    )


async def test_forgetting_a_chat_forgets_its_watches(chat: Chat) -> None:
    await chat.hears(
        ("/watch energy", "New alert…"),
        ("/forget yes", "…"),
        ("/watch", "This chat has no alerts yet…"),
    )


async def _ends(chat: Chat, line: str) -> list[str]:
    reply = await chat.ask(line)
    assert reply is not None
    said = [each.command for row in reply.buttons for each in row]
    return [each for each in said if each.startswith("unwatch")]


async def test_a_button_pressed_twice_ends_no_other_alert(chat: Chat, clock: Clock) -> None:
    for words in ("tanker", "refinery", "pipeline"):
        clock.forward(minutes=1)
        (end,) = await _ends(chat, f"/watch {words}")
    first, second, third = await _ends(chat, "/watch")
    assert third == end
    assert matches("Alert ended: “tanker”…2 left…", await chat.press(first))
    assert await chat.press(first) == "This alert has ended already."
    assert matches("Alert ended: “pipeline”…", await chat.press(third))
    assert await chat.press(end) == "This alert has ended already."
    await chat.hears(("/watch tanker", "New alert…"))
    assert await chat.press(first) == "This alert has ended already."
    assert matches("Alert ended: “refinery”…", await chat.press(second))


async def test_buttons_of_older_messages_still_end_the_alert_at_their_place(
    chat: Chat, clock: Clock
) -> None:
    for words in ("tanker", "refinery"):
        clock.forward(minutes=1)
        await chat.say(f"/watch {words}")
    assert matches("Alert ended: “refinery”…", await chat.press("unwatch 2"))
    await chat.hears(("/unwatch #1", "Alert ended: “tanker”…"))
