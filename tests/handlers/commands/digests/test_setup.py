"""Choosing a digest with buttons: what is chosen stays chosen where the rest is typed."""

from __future__ import annotations

from bot.models import Button, Reply
from tests.support.dialog import Chat


def _buttons(reply: Reply | None) -> dict[str, str]:
    assert reply is not None
    every: list[Button] = [each for row in reply.buttons for each in row]
    return {each.label: each.command for each in every}


async def test_the_greeting_leads_to_a_digest_and_to_all_lists(chat: Chat) -> None:
    shown = _buttons(await chat.ask("/start"))
    assert shown["Energy every day"] == "setup energy"
    assert shown["Brief me now: all topics"] == "brief all"
    assert {"Digests of this chat", "Alerts of this chat", "See all topics", "Settings"} <= set(
        shown
    )


async def test_another_time_is_typed_without_losing_the_topic(chat: Chat) -> None:
    asked = _buttons(await chat.ask("/setup energy"))
    await chat.hears(
        (f"/{asked['Other time…']}", "Energy: at what time?…Type it…/subscribe energy at 06:45"),
    )


async def test_another_city_is_typed_without_losing_topic_and_time(chat: Chat) -> None:
    asked = _buttons(await chat.ask("/setup energy 07:30"))
    assert "Karachi 17:00" in asked
    await chat.hears(
        (f"/{asked['Other city…']}", "…Type it…/subscribe energy at 07:30 in Lahore"),
    )


async def test_the_time_that_a_digest_has_is_marked(chat: Chat) -> None:
    await chat.say("/subscribe energy at 06:40 in Karachi")
    asked = _buttons(await chat.ask("/setup energy"))
    assert asked["✓ 06:40"] == "setup energy 06:40"
    shown = _buttons(await chat.ask("/settings zone"))
    assert [each for each in shown if each.startswith("✓")] == ["✓ Karachi 17:00"]
    assert "‹ All settings" in shown
    await chat.hears((f"/{shown['Other city…']}", "…Type it…/settings zone Karachi"))


async def test_a_briefing_right_after_it_is_on_the_same_topic(chat: Chat) -> None:
    shown = _buttons(await chat.ask("/setup energy 07:30 in Karachi"))
    assert shown["Brief me now: Energy"] == "brief energy"
