"""/mute and /unmute, as a chat sees them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.store import Store
from tests.support.dialog import Chat
from tests.support.news import stored


async def test_muted_words_stay_out_of_briefings_until_they_are_unmuted(
    chat: Chat, store: Store
) -> None:
    await stored(store)
    assert "Nine arrested" in await chat.say("/brief")
    await chat.hears(
        ("/mute Harran", "Muted: “harran”…"),
        ("/mute", "Muted words: “harran”.…"),
    )
    said = await chat.say("/brief")
    assert "Nine arrested" not in said
    assert "homes" in said
    await chat.hears(
        ("/unmute harran", "No longer muted: “harran”…No words are muted in this chat."),
        ("/brief", "…Nine arrested…"),
    )


async def test_a_muted_word_of_one_chat_is_read_in_another(chat: Chat, store: Store) -> None:
    await stored(store)
    other = replace(chat, address=replace(chat.address, chat="-77"))
    await chat.say("/mute homes")
    assert "homes" not in await chat.say("/brief energy")
    assert "homes" in await other.say("/brief energy")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/mute x", "“x” is too short to be muted.\nTry /mute …"),
        ("/mute " + "ab " * 400, "That is too long…"),
        ("/mute " + " ".join(f"word{n}" for n in range(51)), "A chat can mute at most 50 words.…"),
        ("/unmute rain", "None of these words is muted.…"),
        ("/unmute", "No words are muted in this chat.…"),
        ("/mute !!", "No words are muted in this chat.…"),
    ],
)
async def test_what_cannot_be_muted_is_said(chat: Chat, typed: str, said: str) -> None:
    await chat.hears((typed, said))


async def test_all_words_can_be_unmuted(chat: Chat) -> None:
    await chat.hears(
        ("/mute rain snow", "Muted: “rain” and “snow”…"),
        ("/unmute all", "No longer muted: “rain” and “snow”…"),
    )
