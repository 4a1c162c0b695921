"""Answers arrive, or are apologised for, whatever the platform or the database does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.errors import StoreError
from bot.platforms.telegram import store_patience
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock
from tests.support.engines import SQLITE_ALONE
from tests.support.news import stored
from tests.support.whole_bot import running_bot

NOT_SAVED = "Sorry, I cannot save anything right now, so nothing was changed."


@pytest.mark.parametrize("times", [1, 3])
@SQLITE_ALONE
async def test_fault_64_telegram_a_read_only_answer_is_sent_again_after_a_502(
    store: Store, times: int
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.break_down(502, times=times)
        tg.type("/help")
        assert (await tg.message(1)).text.startswith("Commands")


@SQLITE_ALONE
async def test_fault_64_telegram_a_read_only_answer_is_sent_again_after_a_lost_one(
    store: Store,
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.lose(commit=False)
        tg.type("/status")
        assert (await tg.message(1)).text.startswith("Status")


async def test_fault_64_telegram_a_change_is_neither_repeated_nor_told_twice(
    store: Store,
) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.lose(commit=True)
        tg.type("/subscribe energy")
        await tg.message(1)
        tg.type("/subscriptions")
        assert (await tg.message(2)).text.count("Energy") == 1


@pytest.mark.parametrize("typed", ["slash", "mention"])
@pytest.mark.parametrize("status", [500, 502, 503])
@SQLITE_ALONE
async def test_fault_64_slack_a_read_only_answer_is_sent_again(
    store: Store, typed: str, status: int
) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.break_down("chat.postMessage", status, times=2)
        slack.break_down("chat.postEphemeral", status, times=2)
        slack.break_down("response_url", status)
        await (slack.slash("/brief", "help") if typed == "slash" else slack.mention("help"))
        assert (await slack.arrived(1))[0].text.startswith("Commands")


@asynccontextmanager
async def _nothing_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A database that reads and does not write, as with a full disk."""

    @asynccontextmanager
    async def refused(*, durable: bool = True) -> AsyncIterator[None]:
        raise StoreError("/var/lib/briefbot/secret.db: the disk is full; set DATABASE_URL")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(store._database, "writing", refused)
        yield


READING = ("help", "brief energy", "status", "topics", "search storm", "subscriptions", "start")


async def test_fault_69_telegram_reads_are_answered_while_nothing_can_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored(store)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        async with _nothing_written(store, monkeypatch):
            for number, typed in enumerate(READING, 1):
                tg.type(f"/{typed}")
                said = (await tg.message(number)).text
                assert "Sorry" not in said, typed
                assert "secret" not in said
            assert "I could not store this briefing" in tg.sent[READING.index("brief energy")].text
            tg.type("/subscribe energy")
            refused = await tg.message(len(READING) + 1)
            assert refused.text.startswith(NOT_SAVED)
        tg.type("/subscribe energy")
        assert (await tg.message(len(READING) + 2)).text.startswith("New digest: Energy")


async def test_fault_69_slack_reads_are_answered_while_nothing_can_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stored(store)
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.channels["C1"].creator = "U1"
        async with _nothing_written(store, monkeypatch):
            for number, typed in enumerate(READING, 1):
                await slack.slash("/brief", typed)
                said = (await slack.arrived(number))[-1].text
                assert "Sorry" not in said, typed
            await slack.slash("/brief", "subscribe energy")
            assert (await slack.arrived(len(READING) + 1))[-1].text.startswith(NOT_SAVED)
        await slack.slash("/brief", "subscribe energy")
        assert (await slack.arrived(len(READING) + 2))[-1].text.startswith("New digest")


async def test_fault_69_a_redelivered_update_is_answered_once_while_nothing_can_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        FakeTelegram() as tg,
        running_bot(store, Clock(), tg.environ),
        _nothing_written(store, monkeypatch),
    ):
        update = tg.type("/help")
        await tg.message(1)
        tg.again(update)
        tg.type("/start")
        await tg.message(2)
        assert [each.text[:8] for each in tg.sent] == ["Commands", "Welcome "]


async def test_fault_69_telegram_a_database_that_hangs_delays_what_waits_a_little(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_patience, "USUAL_SECONDS", 0.5)
    monkeypatch.setattr(store_patience, "HUNG_SECONDS", 0.01)
    given: list[float] = []

    async def hangs(*_: object) -> bool:
        began = time.monotonic()
        try:
            return await asyncio.Event().wait()
        finally:
            given.append(time.monotonic() - began)

    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        monkeypatch.setattr(store.inbox, "claim", hangs)
        for _ in range(4):
            tg.type("/help")
        await tg.message(4)
    assert given[0] > 0.4 > min(given[1:])


async def test_fault_69_telegram_a_removal_that_a_hung_database_does_not_take_delays_little(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_patience, "USUAL_SECONDS", 0.1)
    monkeypatch.setattr(store_patience, "HUNG_SECONDS", 0.01)
    given: list[float] = []

    async def hangs(*_: object) -> None:
        began = time.monotonic()
        try:
            await asyncio.Event().wait()
        finally:
            given.append(time.monotonic() - began)

    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        monkeypatch.setattr(store.channels, "of_chat", hangs)
        for _ in range(3):
            tg.remove_bot(kind="group")
        tg.type("/help")
        await tg.message(1)
    assert given[0] >= 0.1 > min(given[1:])


async def test_fault_69_people_read_no_details_and_operators_do_in_private(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {"BRIEFBOT_ADMINS": "telegram:42"}

    async def broken(*_: object, **__: object) -> None:
        raise StoreError("/var/lib/secret.db cannot be opened: set DATABASE_URL")

    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ, **more):
        monkeypatch.setattr(store.search, "find", broken)
        tg.type("/search dam", user=7, kind="group")
        assert (await tg.message(1)).text == (
            "Sorry, that did not work. Please try again in a few minutes."
        )
        tg.type("/search dam", user=42, kind="group")
        assert "secret" not in (await tg.message(2)).text
        tg.type("/search dam", user=42)
        assert "secret.db cannot be opened" in (await tg.message(3)).text


@SQLITE_ALONE
async def test_answers_in_groups_are_replies_and_in_private_chats_are_not(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/help", kind="group")
        first = await tg.message(1)
        assert first.arguments["reply_parameters"]["allow_sending_without_reply"] is True
        assert isinstance(first.arguments["reply_parameters"]["message_id"], int)
        tg.type("/help")
        assert "reply_parameters" not in (await tg.message(2)).arguments


@SQLITE_ALONE
async def test_slack_answers_in_the_thread_where_it_was_asked(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        await slack.mention("help", thread="12.3")
        assert (await slack.arrived(1))[0].thread == "12.3"


async def test_a_second_bot_token_swallows_no_commands(store: Store) -> None:
    """Two bots count their updates from the same number on."""
    for token in ("123456:AAFakeTokenOfTheFakeTelegramServer_12", "98765:AAAnotherFakeToken_12345"):
        async with FakeTelegram(token) as tg, running_bot(store, Clock(), tg.environ):
            tg.type("/help")
            await tg.message(1)


async def test_update_ids_that_begin_again_swallow_no_commands(store: Store) -> None:
    for typed, expected in (("/help", "Commands"), ("/start", "Welcome"), ("/topics", "Topics")):
        async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
            tg.type(typed)
            assert (await tg.message(1)).text.startswith(expected)


async def test_a_redelivered_update_is_answered_once_by_a_new_process_too(store: Store) -> None:
    async with FakeTelegram() as tg:
        async with running_bot(store, Clock(), tg.environ):
            update = tg.type("/help")
            await tg.message(1)
        async with running_bot(store, Clock(), tg.environ):
            tg.again(update)
            tg.type("/start")
            assert (await tg.message(2)).text.startswith("Welcome")
