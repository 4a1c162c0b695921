"""Parts that cannot be looked up go one by one, as long as that costs no pace."""

from __future__ import annotations

import asyncio

import pytest

from bot.delivery import in_flight
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.in_flight import FewUnanswered
from bot.models import Address, Delivery, Platform, Receipt, SendState
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.ledger import Ledger
from tests.support.waiting import until


class Counting(ScriptedMessenger):
    """Notes how many parts are marked as `sending` while each is being sent."""

    def __init__(self, store: Store, *, traceable: bool) -> None:
        super().__init__(traceable=traceable)
        self.marked: list[int] = []
        self._store = store

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        self.marked.append(await marked(self._store))
        return await super().send(address, delivery)


async def marked(store: Store) -> int:
    """How many parts are marked as `sending`."""
    found = await store.digests.history(limit=20)
    parts = [part for each in found for part in await store.deliveries.of_digest(each.id)]
    return sum(part.state is SendState.SENDING for part in parts)


@pytest.mark.parametrize(("traceable", "most"), [(False, 1), (True, 6)])
async def test_fault_02_a_crash_finds_one_part_on_its_way_where_nobody_can_look(
    traceable: bool, most: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "PATIENCE", 3600)  # however slow the machine is
    messenger = Counting(store, traceable=traceable)
    ledger = Ledger(store, {Platform.TELEGRAM: messenger})
    for number in range(6):
        await ledger.ready(an_address(str(number)))
    await ledger.send()
    assert len(messenger.sent) == 6
    assert max(messenger.marked) == most


async def test_fault_02_what_only_waits_for_its_slot_is_not_marked(store: Store) -> None:
    messenger = ScriptedMessenger()
    ledger = Ledger(store, {Platform.TELEGRAM: messenger})
    waiting: list[int] = []

    async def sleep(_seconds: float) -> None:
        waiting.append(await marked(store))

    lanes = Dispatcher(store, ledger.sender, ledger.clock, sleep=sleep)
    for number in range(3):
        await ledger.ready(an_address(str(number)))
        await lanes.send_ready()
    assert len(messenger.sent) == 3
    assert set(waiting) == {0}


class Sending:
    """Messages that begin as they may and end when the test answers them."""

    def __init__(self, count: int) -> None:
        self.begun: list[int] = []
        self.answers = [asyncio.Event() for _ in range(count)]
        slots = FewUnanswered()
        self.tasks = [asyncio.create_task(self._send(slots, each)) for each in range(count)]

    async def _send(self, slots: FewUnanswered, number: int) -> None:
        async with slots.slot():
            self.begun.append(number)
            await self.answers[number].wait()


async def test_a_message_begins_when_the_one_before_is_answered() -> None:
    sending = Sending(3)
    for number, answer in enumerate(sending.answers, 1):
        await until(lambda: bool(sending.begun))
        await asyncio.sleep(0)
        assert sending.begun == [*range(number)]
        answer.set()
        await sending.tasks[number - 1]
        await asyncio.sleep(0)
    assert sending.begun == [0, 1, 2]


async def test_slow_answers_delay_others_by_the_patience_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_flight, "PATIENCE", 0.05)
    sending = Sending(3)
    await until(lambda: sending.begun == [0, 1, 2])
    for each in sending.answers:
        each.set()
    await asyncio.gather(*sending.tasks)


async def test_a_message_that_hangs_delays_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_flight, "HANGING", 0.05)
    monkeypatch.setattr(in_flight, "PATIENCE", 3600)
    sending = Sending(2)
    await until(lambda: sending.begun == [0, 1])
    for each in sending.answers:
        each.set()
    await asyncio.gather(*sending.tasks)
