"""Buttons that end or move digests: pressed late or twice, they touch no other digest."""

from __future__ import annotations

import pytest

from bot.languages import OFFERED
from bot.models import Button
from bot.render.telegram.keyboards import MAX_LABEL
from tests.handlers.commands.digests.test_subscribe import SEVERAL
from tests.support.dialog import Chat, matches


async def _buttons(chat: Chat, line: str, *, pressed: bool = False) -> list[Button]:
    reply = await chat.ask(line, pressed=pressed)
    assert reply is not None
    return [each for row in reply.buttons for each in row]


async def _labels(chat: Chat, line: str) -> list[str]:
    return [each.label for each in await _buttons(chat, line)]


async def _presses(chat: Chat, line: str, expected: str) -> None:
    said = await chat.press(line)
    assert matches(expected, said), f"{line}\n{said}"


async def test_a_button_pressed_again_leaves_a_digest_on_more_topics_alone(chat: Chat) -> None:
    await chat.say("/subscribe energy security 09:00")
    await chat.say("/subscribe energy 07:30")
    yes, _ = await _buttons(chat, "unsubscribe energy", pressed=True)
    for line, expected in (
        (yes.command, "Digest ended: Energy…Energy and Security: 09:00…"),
        (yes.command, "This chat gets no digest on Energy at 07:30.…"),
        ("unsubscribe yes energy", "This chat gets no digest on Energy.…"),
        ("unsubscribe energy", "This chat gets no digest on Energy.…"),
    ):
        await _presses(chat, line, expected)
    await chat.hears(
        ("/subscriptions", "…• Energy and Security: 09:00…"),
        ("/unsubscribe energy", "…• Security: 09:00…"),
    )


async def test_a_button_pressed_again_leaves_a_digest_with_a_filter_alone(chat: Chat) -> None:
    await chat.say("/subscribe energy Iran 08:00")
    await chat.say("/subscribe energy at 07:30 and 19:00")
    both, _ = await _buttons(chat, "unsubscribe energy", pressed=True)
    await _presses(chat, both.command, "Digest ended: Energy…stay:\n• Energy (Iran): 08:00…")
    for line in (both.command, "unsubscribe yes energy", "unsubscribe energy"):
        await _presses(chat, line, "This chat gets no digest on Energy.…")
    await chat.hears(("/unsubscribe energy", "Digest ended: Energy (Iran)…"))


async def test_the_answer_to_a_question_ends_only_what_it_named(chat: Chat) -> None:
    await chat.say("/subscribe energy 07:30")
    yes, _ = await _buttons(chat, "unsubscribe energy", pressed=True)
    await chat.say("/subscribe energy also at 19:00")
    await _presses(chat, "unsubscribe yes energy", "End these 2 digests: Energy?…07:30…19:00…")
    both, _ = await _buttons(chat, "unsubscribe energy", pressed=True)
    await _presses(chat, yes.command, "Digest ended: Energy…stay:\n• Energy: 19:00…")
    await _presses(chat, both.command, "End this digest: Energy?…19:00…")
    await chat.say("/subscribe energy also at 21:00")
    both, _ = await _buttons(chat, "unsubscribe energy", pressed=True)
    await _presses(chat, both.command, "Digest ended: Energy…This chat gets no digests now.")


async def test_each_choice_says_its_time_and_asks_before(chat: Chat) -> None:
    await chat.say("/subscribe energy at 07:30 and 19:00")
    first, second, every, keep = await _buttons(chat, "/unsubscribe")
    assert [first.label, second.label] == [
        "End Energy digest, 07:30",
        "End Energy digest, 19:00",
    ]
    assert (every.label, keep.label) == ("End all digests", "Keep all digests")
    await _presses(chat, second.command, "End this digest: Energy?…19:00…")
    await _presses(chat, every.command, "End these 2 digests: Energy?…")
    yes, _ = await _buttons(chat, every.command, pressed=True)
    await _presses(chat, yes.command, "…This chat gets no digests now.")


async def test_the_only_digest_is_asked_about_by_name(chat: Chat) -> None:
    await chat.say("/subscribe energy Iran 07:30")
    yes, _ = await _buttons(chat, "unsubscribe", pressed=True)
    await _presses(chat, yes.command, "Digest ended: Energy (Iran)…")


async def test_a_typed_yes_is_a_word_like_others(chat: Chat) -> None:
    await chat.say("/subscribe energy 07:30")
    await chat.say("/topics add yes: referendum")
    await chat.say("/subscribe yes 08:00")
    await chat.hears(("/unsubscribe yes energy", "Digest ended: Energy and Yes…"))


async def test_a_weekly_digest_has_no_button_that_adds_a_daily_one(chat: Chat) -> None:
    assert await _labels(chat, "/subscribe energy weekly on monday at 8") == [
        "Brief me now: Energy",
        "End Energy digest, weekly",
        "Digests of this chat",
    ]


async def test_buttons_of_a_long_digest_keep_their_verb(chat: Chat) -> None:
    typed = '/subscribe energy security "gas pipeline", "grid operator" 07:30'
    for line in (typed, "/subscriptions"):
        moved = [each for each in await _labels(chat, line) if each.endswith(": change time")]
        assert len(moved) == 1, line
        assert len(moved[0]) < 45


@pytest.mark.parametrize("language", OFFERED)
async def test_the_time_of_a_long_digest_is_seen_on_a_phone(chat: Chat, language: str) -> None:
    await chat.say(f"/settings language {language}")
    await chat.say('/subscribe energy security "gas pipeline", "grid operator" 07:30')
    ends = [each for each in await _labels(chat, "/subscriptions") if each.endswith("07:30")]
    assert [len(each) <= MAX_LABEL for each in ends] == [True]


async def test_several_at_once_are_ended_at_once_after_a_question(chat: Chat) -> None:
    end = next(each for each in await _buttons(chat, SEVERAL) if each.label == "End Energy digest")
    yes, _ = await _buttons(chat, end.command, pressed=True)
    await _presses(chat, yes.command, "Digest ended: Energy…This chat gets no digests now.")
