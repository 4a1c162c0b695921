"""What becomes of digests when Telegram is in trouble: the real adapter, a strict server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.delivery.outcomes import Policy
from bot.models import Platform, SendState
from bot.platforms.telegram.adapter import TelegramPlatform
from bot.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_bot import RecordingCore, a_telegram_platform, settings_of
from tests.fakes.telegram_chats import CHATS
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import a_told, a_topic, an_address
from tests.support.ledger import DUE, LIMIT, SETTLE, Ledger

ADA, GROUP, FORUM = an_address("42"), an_address("-42"), an_address(str(CHATS["supergroup"]))
TOPIC = replace(FORUM, thread="7")
NEW = an_address("-1000000000099")


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def bot(tg: FakeTelegram) -> AsyncIterator[TelegramPlatform]:
    platform = a_telegram_platform(RecordingCore(), settings_of(tg, BRIEFBOT_REQUEST_SECONDS="0.5"))
    yield platform
    await platform.stop()


@pytest.fixture
def ledger(store: Store, bot: TelegramPlatform) -> Ledger:
    return Ledger(store, {Platform.TELEGRAM: bot})


def with_policy(store: Store, bot: TelegramPlatform, **chosen: bool) -> Ledger:
    return Ledger(store, {Platform.TELEGRAM: bot}, Policy(LIMIT, SETTLE, **chosen))


async def test_fault_04_a_lost_answer_is_uncertain_and_told_and_sent_again_on_demand(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    digest = await ledger.ready(ADA, parts=2)
    tg.lose()
    await ledger.send()
    await ledger.send(seconds=5)
    assert [sent.text for sent in tg.sent] == ["digest 1 part 1", "digest 1 part 2"]
    assert (await ledger.state(digest))[0] is SendState.UNCERTAIN
    [told] = ledger.told
    assert told.startswith(f"Part 1 of 2 of the digest {digest.id} on t1 for telegram 42, due ")
    assert f"If it is missing: /resend {digest.id}." in told

    assert await ledger.store.digests.send_again(digest.id, ledger.clock()) == 1
    await ledger.send(minutes=5)
    assert [sent.text for sent in tg.sent][2:] == ["digest 1 part 1"]
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_04_where_duplicates_are_preferred_a_lost_answer_is_tried_once_more(
    store: Store, tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    ledger = with_policy(store, bot, prefer_duplicate=True)
    digest = await ledger.ready(ADA)
    tg.lose(times=5)
    for _ in range(4):
        await ledger.send(minutes=2)
    assert len(tg.sent) == 2
    assert (await ledger.state(digest))[0] is SendState.UNCERTAIN


async def test_fault_04_where_nobody_listens_it_is_sent_later(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    digest = await ledger.ready(ADA)
    await tg.down()
    await ledger.send()
    await tg.up()
    await ledger.send(seconds=6)
    assert len(tg.sent) == 1
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_05_a_message_that_is_taken_late_is_not_sent_twice(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    digest = await ledger.ready(ADA)
    release = tg.stall()
    await ledger.send()
    release.set()
    await tg.message(1)
    await ledger.send(minutes=5)
    assert len(tg.sent) == 1
    assert (await ledger.state(digest))[0] is SendState.UNCERTAIN


async def test_fault_06_a_chat_in_flood_control_waits_as_told_and_holds_up_nobody(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    held = await ledger.ready(FORUM, parts=2)
    tg.limit(30, chat=int(FORUM.chat))
    await ledger.send()
    tg.chats[int(FORUM.chat)].topics.add(7)
    same_chat, other = await ledger.ready(TOPIC), await ledger.ready(ADA)

    await ledger.send(seconds=29.9)
    assert await ledger.state(other) == (SendState.SENT, None)
    assert len(tg.sent) == 1
    await ledger.send(seconds=0.2)
    await ledger.send(seconds=10)
    assert await ledger.state(held) == (SendState.SENT, None)
    assert await ledger.state(same_chat) == (SendState.SENT, None)
    assert len(await tg.called("sendMessage", 5)) == 5


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: the group chat was deleted"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_fault_08_a_chat_that_is_gone_is_disabled_with_one_notice(
    tg: FakeTelegram, ledger: Ledger, code: int, words: str
) -> None:
    digests = [await ledger.ready(ADA, parts=2), await ledger.ready(ADA)]
    tg.block(42, Refusal(code, words))
    await ledger.send()
    digests.append(await ledger.ready(ADA))
    await ledger.send(minutes=5)

    assert len(await tg.called("sendMessage")) == 1
    channel = await ledger.channel(ADA)
    assert channel is not None
    assert words.partition(": ")[2] in (channel.disabled or "").lower()
    for digest in digests:
        assert await ledger.state(digest) == (SendState.FAILED, channel.disabled)
    [told] = ledger.told
    assert told.startswith(f"Digests to telegram 42 have stopped: {channel.disabled}. ")


@pytest.mark.parametrize(
    ("code", "words"),
    [(403, "Forbidden: something new"), (400, "Bad Request: something new")],
)
async def test_fault_08_an_unknown_refusal_disables_nothing(
    tg: FakeTelegram, ledger: Ledger, code: int, words: str
) -> None:
    digest = await ledger.ready(ADA)
    tg.refuse(Refusal(code, words))
    await ledger.send()
    channel = await ledger.channel(ADA)
    assert channel is not None
    assert channel.disabled is None
    await ledger.send(seconds=6)
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_09_a_group_that_moves_keeps_its_digests(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    digest, next_one = await ledger.ready(GROUP, parts=2), await ledger.ready(GROUP)
    before = await ledger.channel(GROUP)
    tg.migrate(-42, int(NEW.chat))
    await ledger.send()

    assert [sent.text for sent in tg.sent] == [
        "digest 1 part 1", "digest 1 part 2", "digest 2 part 1"
    ]  # fmt: skip
    assert {sent.chat for sent in tg.sent} == {int(NEW.chat)}
    assert len(await tg.called("sendMessage")) == 4
    assert await ledger.state(digest) == await ledger.state(next_one) == (SendState.SENT, None)
    after = await ledger.channel(NEW)
    assert before is not None
    assert after == replace(before, address=NEW)
    assert await ledger.channel(GROUP) is None


async def test_fault_09_a_group_that_moves_into_a_known_chat_becomes_one_with_it(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    store = ledger.store
    await ledger.ready(GROUP)
    old = await store.channels.ensure(GROUP, title="", timezone="UTC")
    new = await store.channels.ensure(NEW, title="", timezone="UTC")
    for channel, hour in ((old, 7), (new, 9)):
        at = DUE.time().replace(hour=hour)
        await store.subscriptions.add(channel.id, ["same"], at, [0], "UTC", 5, DUE, DUE)
        await store.told.remember(channel.id, [a_told("told to both", text=f"{hour}")])
        await store.topics.add(a_topic("floods", channel_id=channel.id))
    await store.told.remember(old.id, [a_told("told to one")])
    tg.migrate(-42, int(NEW.chat))
    await ledger.send()

    assert [sent.chat for sent in tg.sent] == [int(NEW.chat)]
    assert await ledger.channel(GROUP) is None
    merged = await store.subscriptions.of_channel(new.id)
    assert sorted((each.topics, each.at.hour) for each in merged) == [(("same",), 9), (("t1",), 7)]
    told = await store.told.of_channel(new.id, ["told to both", "told to one", "story 1"])
    assert told["told to both"].text == "9"
    assert set(told) == {"told to both", "told to one", "story 1"}
    assert len(await store.topics.of_channel(new.id)) == 1


async def test_fault_10_a_forum_topic_that_is_gone_is_disabled(ledger: Ledger) -> None:
    digest = await ledger.ready(TOPIC)
    await ledger.send()
    channel = await ledger.channel(TOPIC)
    assert channel is not None
    assert "thread not found" in (channel.disabled or "")
    assert (await ledger.state(digest))[0] is SendState.FAILED


async def test_fault_10_or_its_digests_go_to_the_chat_where_that_was_chosen(
    store: Store, tg: FakeTelegram, bot: TelegramPlatform
) -> None:
    ledger = with_policy(store, bot, thread_to_chat=True)
    digest = await ledger.ready(TOPIC)
    await ledger.send()
    assert [(sent.chat, sent.thread) for sent in tg.sent] == [(int(FORUM.chat), None)]
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert await ledger.channel(TOPIC) is None


async def test_one_chat_that_does_not_answer_delays_no_other(
    store: Store, tg: FakeTelegram
) -> None:
    patient = a_telegram_platform(RecordingCore(), settings_of(tg, BRIEFBOT_REQUEST_SECONDS="9"))
    ledger = Ledger(store, {Platform.TELEGRAM: patient})
    slow = await ledger.ready(ADA)
    release = tg.stall()
    ledger.lanes.start()
    await tg.called("sendMessage", 1)
    for number in range(20):
        tg.chat(1000 + number, "private")
        await ledger.ready(an_address(str(1000 + number)))
        ledger.lanes.wake()
        ledger.clock.forward(seconds=0.05)
    await tg.called("sendMessage", 21)
    assert (await ledger.state(slow))[0] is SendState.SENDING
    release.set()
    await ledger.lanes.stop()
    await patient.stop()


async def test_fault_14_stopping_lets_a_request_finish_and_begins_no_other(
    tg: FakeTelegram, ledger: Ledger
) -> None:
    digest = await ledger.ready(ADA, parts=2)
    release = tg.stall()
    ledger.lanes.start()
    await tg.called("sendMessage", 1)
    stopping = asyncio.create_task(ledger.lanes.stop())
    release.set()
    await asyncio.wait_for(stopping, 9)
    states = [part.state for part in await ledger.parts(digest)]
    assert states[1] is SendState.PENDING
    assert [sent.text for sent in tg.sent] == ["digest 1 part 1"]
    ledger.restart()
    await ledger.send(minutes=5)
    assert [sent.text for sent in tg.sent] == ["digest 1 part 1", "digest 1 part 2"]


async def test_fault_14_what_does_not_finish_in_time_is_left_to_recovery(
    sqlite_store: Store, tg: FakeTelegram
) -> None:
    endless = a_telegram_platform(RecordingCore(), settings_of(tg, BRIEFBOT_REQUEST_SECONDS="60"))
    ledger = Ledger(sqlite_store, {Platform.TELEGRAM: endless})
    digest = await ledger.ready(ADA)
    tg.stall()
    ledger.lanes.start()
    await tg.called("sendMessage", 1)
    async with asyncio.timeout(9):
        await ledger.lanes.stop()
    assert (await ledger.parts(digest))[0].state is SendState.SENDING
    ledger.restart()
    await ledger.send(minutes=2)
    assert (await ledger.state(digest))[0] is SendState.UNCERTAIN
    assert len(await tg.called("sendMessage")) == 1
    await endless.stop()
