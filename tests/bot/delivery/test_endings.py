"""Whatever ends the parts of one digest at the same time, the digest ends with the last."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

import bot.store.delivery.deliveries
from bot.errors import DeliveryError, StoreError
from bot.models import Platform, SendState
from bot.scheduler import Ticker
from bot.store import Store
from bot.store.delivery.digest_close import close
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.ledger import DUE, Ledger

CHAT = an_address("42")
FINAL = {SendState.SENT, SendState.SKIPPED, SendState.FAILED, SendState.UNCERTAIN}


@pytest.fixture
def messenger() -> ScriptedMessenger:
    return ScriptedMessenger()


@pytest.fixture
def ledger(store: Store, messenger: ScriptedMessenger) -> Ledger:
    return Ledger(store, {Platform.TELEGRAM: messenger})


@pytest.mark.parametrize("how", ["abandoned", "too late"])
async def test_a_part_that_arrives_while_the_rest_is_given_up_leaves_no_digest_open(
    ledger: Ledger, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = await ledger.ready(CHAT, parts=2)
    channel = await ledger.channel(CHAT)
    assert channel is not None
    store = ledger.store
    closing, go_on = asyncio.Event(), asyncio.Event()

    async def paused(*given: Any) -> None:
        await close(*given)
        if not closing.is_set():
            closing.set()
            await go_on.wait()

    monkeypatch.setattr(bot.store.delivery.deliveries, "close", paused)
    sending = asyncio.create_task(ledger.lanes.send_ready())
    await closing.wait()
    now = ledger.clock()
    giving_up = asyncio.create_task(
        store.digests.abandon(channel.id, "gone", now=now)
        if how == "abandoned"
        else expire(store, now)
    )
    if not store.in_one_file:
        await second_waits(store)
    go_on.set()
    await asyncio.gather(sending, giving_up)

    assert (await ledger.state(digest))[0] in FINAL
    assert {part.state for part in await ledger.parts(digest)} <= FINAL


async def expire(store: Store, now: datetime) -> None:
    await store.deliveries.expire(DUE + timedelta(hours=1), "late", now=now)


async def second_waits(store: Store) -> None:
    """Until PostgreSQL says that a transaction waits for a lock."""
    from sqlalchemy import text

    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(30):
        while True:
            async with store._database.reading() as connection:
                if (await connection.execute(query)).scalar_one():
                    return


async def test_fault_06_a_pause_is_exact_however_often_it_is_written(
    ledger: Ledger, messenger: ScriptedMessenger
) -> None:
    digest = await ledger.ready(CHAT)
    messenger.faults.append(DeliveryError("too many requests", retry_after=30))
    answered = ledger.clock()
    refuse(ledger, "put_off", times=3)
    await ledger.lanes.send_ready()
    [part] = await ledger.parts(digest)
    assert part.not_before == answered + timedelta(seconds=30)
    assert ledger.clock() > answered


async def test_fault_13_a_part_for_a_disabled_channel_fails_even_if_that_is_written_late(
    ledger: Ledger, messenger: ScriptedMessenger
) -> None:
    digest = await ledger.ready(CHAT)
    channel = await ledger.channel(CHAT)
    assert channel is not None
    await ledger.store.channels.disable(channel.id, "gone", now=ledger.clock())
    refuse(ledger, "settle", times=2)
    await ledger.send()
    assert await ledger.state(digest) == (SendState.FAILED, "gone")
    assert messenger.tried == []


def refuse(ledger: Ledger, method: str, *, times: int) -> None:
    """Let the database refuse this so often; two seconds go by each time."""
    deliveries = ledger.store.deliveries
    real, left = getattr(deliveries, method), [times]

    async def refusing(*given: Any, **named: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise StoreError("the database is busy")
        return await real(*given, **named)

    async def time_goes_by(_seconds: float) -> None:
        ledger.clock.forward(seconds=2)

    setattr(deliveries, method, refusing)
    ledger.sender = replace(ledger.sender, sleep=time_goes_by)
    ledger.restart()


async def test_fault_14_a_tick_that_hangs_does_not_keep_the_bot_from_stopping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.scheduler.DRAIN_SECONDS", 0.01)
    begun, cut_off = asyncio.Event(), asyncio.Event()

    async def hanging() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cut_off.set()

    ticker = Ticker(hanging, 60)
    ticker.start()
    await begun.wait()
    async with asyncio.timeout(30):
        await ticker.stop()
    assert cut_off.is_set()
