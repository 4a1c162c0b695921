"""Digests sent to Telegram: what became of each message, told by the real wire."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from bot.errors import DeliveryError
from bot.models import Address, Platform
from bot.platforms.telegram.adapter import TelegramPlatform
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import RecordingCore, a_telegram_platform, settings_of
from tests.fakes.telegram_chats import CHATS
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import a_briefing, a_delivery

GROUP = CHATS["supergroup"]
HERE = Address(Platform.TELEGRAM, "", str(GROUP))
DELIVERY = a_delivery(payload='{"text": "<b>Good</b> morning", "parse_mode": "HTML"}')


@pytest.fixture
async def bot(tg: FakeTelegram) -> AsyncIterator[TelegramPlatform]:
    """An adapter that sends but does not listen."""
    platform = a_telegram_platform(RecordingCore(), settings_of(tg, BRIEFBOT_REQUEST_SECONDS="0.5"))
    yield platform
    await platform.stop()


async def failure(bot: TelegramPlatform, address: Address = HERE) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await bot.send(address, DELIVERY)
    return caught.value


def certainly_unsent(error: DeliveryError) -> bool:
    """Whether the message did not arrive, and the chat is still there."""
    return not error.permanent and not error.uncertain


async def test_it_sends_a_stored_part_and_names_the_message(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    receipt = await bot.send(HERE, DELIVERY)
    sent = await tg.message(1)
    assert receipt.message_id == str(sent.message_id)
    assert (sent.chat, sent.thread, sent.text) == (GROUP, None, "Good morning")
    assert [entity.kind for entity in sent.entities] == ["bold"]


async def test_it_sends_to_a_forum_topic(tg: FakeTelegram, bot: TelegramPlatform) -> None:
    tg.chats[GROUP].topics.add(7)
    await bot.send(Address(Platform.TELEGRAM, "", str(GROUP), "7"), DELIVERY)
    assert (await tg.message(1)).thread == 7


async def test_fault_42_what_it_renders_arrives_without_previews(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    for payload in bot.parts(a_briefing(), "Digest"):
        await bot.send(HERE, a_delivery(payload=payload))
    sent = await tg.message(1)
    assert sent.arguments["link_preview_options"] == {"is_disabled": True}
    assert sent.html == json.loads(bot.parts(a_briefing(), "Digest")[0])["text"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the group chat"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot was kicked from the channel chat"),
        (403, "Forbidden: bot is not a member of the channel chat"),
        (403, "Forbidden: the group chat was deleted"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: message thread not found"),
    ],
)
async def test_fault_08_a_chat_that_is_gone_is_gone_for_good(
    tg: FakeTelegram, bot: TelegramPlatform, code: int, words: str
) -> None:
    tg.block(GROUP, Refusal(code, words))
    error = await failure(bot)
    assert error.permanent
    assert (error.uncertain, error.retry_after, error.migrate_to) == (False, None, None)
    assert words.partition(": ")[2] in str(error).lower()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bots can't send messages to bots"),
        (403, "Forbidden: not enough rights to send text messages to the chat"),
        (400, "Bad Request: can't parse entities: unsupported start tag"),
        (400, "Bad Request: something new"),
        (401, "Unauthorized"),
        (404, "Not Found"),
        (409, "Conflict: something"),
    ],
)
async def test_fault_08_an_unknown_refusal_is_not_for_good(
    tg: FakeTelegram, bot: TelegramPlatform, code: int, words: str
) -> None:
    tg.block(GROUP, Refusal(code, words))
    error = await failure(bot)
    assert certainly_unsent(error)
    assert error.retry_after is None
    assert tg.token not in str(error)


async def test_fault_10_a_forum_topic_that_is_gone_is_gone_for_good(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    error = await failure(bot, Address(Platform.TELEGRAM, "", str(GROUP), "99"))
    assert error.permanent
    assert "thread not found" in str(error)


async def test_fault_06_it_passes_on_how_long_to_wait(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    tg.limit(30, chat=GROUP)
    error = await failure(bot)
    assert error.retry_after == 30
    assert certainly_unsent(error)
    await bot.send(Address(Platform.TELEGRAM, "", str(CHATS["group"])), DELIVERY)
    assert len(await tg.called("sendMessage", 2)) == 2


async def test_a_limit_without_a_time_still_asks_for_a_pause(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    tg.break_down(429, "{}")
    assert (await failure(bot)).retry_after == 30


async def test_fault_09_it_tells_the_new_id_of_a_chat_that_moved(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    tg.migrate(GROUP, -100777)
    error = await failure(bot)
    assert error.migrate_to == "-100777"
    assert certainly_unsent(error)


@pytest.mark.parametrize("committed", [True, False])
async def test_fault_04_a_lost_answer_is_uncertain(
    tg: FakeTelegram, bot: TelegramPlatform, committed: bool
) -> None:
    tg.lose(commit=committed)
    error = await failure(bot)
    assert error.uncertain
    assert not error.permanent
    assert len(tg.sent) == committed


@pytest.mark.parametrize(("status", "text"), [(500, ""), (502, "Bad Gateway"), (200, "<html>")])
async def test_fault_04_an_answer_that_says_nothing_is_uncertain(
    tg: FakeTelegram, bot: TelegramPlatform, status: int, text: str
) -> None:
    tg.break_down(status, text)
    assert (await failure(bot)).uncertain


async def test_fault_05_a_message_taken_late_is_uncertain_and_sent_once(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    release = tg.stall()
    assert (await failure(bot)).uncertain
    assert tg.sent == []
    release.set()
    await tg.message(1)
    assert len(await tg.called("sendMessage")) == 1


async def test_fault_04_a_refused_connection_is_safe_to_try_again(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    await tg.down()
    error = await failure(bot)
    assert certainly_unsent(error)
    assert error.retry_after is None
    await tg.up()
    await bot.send(HERE, DELIVERY)
    assert len(tg.sent) == 1


async def test_it_tries_once_and_leaves_trying_again_to_others(
    tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    tg.break_down(500, times=3)
    await failure(bot)
    assert len(await tg.called("sendMessage")) == 1


async def test_it_cannot_look_up_whether_a_message_arrived(bot: TelegramPlatform) -> None:
    assert not bot.traceable
    with pytest.raises(DeliveryError) as caught:
        await bot.find(HERE, DELIVERY)
    assert caught.value.uncertain
