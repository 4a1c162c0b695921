"""A command that a killed process took in is not passed over in silence."""

from __future__ import annotations

from itertools import count

import pytest

from bot.errors import DeliveryError
from bot.inbox import StoredInbox, UnansweredCommands
from bot.models import Address, Delivery, Platform, Receipt
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import NOW, an_address
from tests.support.clock import Clock

CHAT = an_address("42")
SORRY = ("42", "Sorry, I was interrupted before I could answer your “brief”")
processes = count(1)


class Process:
    """One life of the bot on a store."""

    def __init__(self, store: Store, clock: Clock, *, alone: bool = True) -> None:
        name = f"process {next(processes)}"
        self.messenger = ScriptedMessenger()
        self.inbox = StoredInbox(store, clock, Platform.TELEGRAM, name)
        here = {Platform.TELEGRAM: self.messenger}
        self.apologies = UnansweredCommands(store, here, clock, alone, name)

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(chat, text.partition(".")[0]) for chat, text in self.messenger.sent]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def test_who_asked_before_a_kill_is_told_at_the_next_start(
    store: Store, clock: Clock
) -> None:
    assert await Process(store, clock).inbox.claim("17", CHAT, "brief")
    after = Process(store, clock)
    assert not await after.inbox.claim("17", CHAT, "brief")
    for _ in range(3):
        await after.apologies.apologise()
        clock.forward(minutes=20)
    assert after.said == [SORRY]


async def test_what_was_answered_needs_no_apology(store: Store, clock: Clock) -> None:
    before = Process(store, clock)
    await before.inbox.claim("17", CHAT, "brief")
    await before.inbox.answered("17")
    after = Process(store, clock)
    await after.apologies.apologise()
    assert after.said == []


@pytest.mark.parametrize("hours", [-2, 0, 2])
async def test_fault_24_what_a_process_is_at_work_on_is_its_own(
    store: Store, clock: Clock, hours: int
) -> None:
    """However its clock jumps meanwhile."""
    process = Process(store, clock)
    await process.inbox.claim("17", CHAT, "brief")
    clock.forward(hours=hours)
    await process.apologies.apologise()
    assert process.said == []


async def test_what_another_process_may_still_answer_is_left_to_it(
    store: Store, clock: Clock
) -> None:
    one, other = (Process(store, clock, alone=False) for _ in range(2))
    await one.inbox.claim("17", CHAT, "brief")
    clock.forward(minutes=14)
    await other.apologies.apologise()
    assert other.said == []
    clock.forward(minutes=2)
    await other.apologies.apologise()
    await one.apologies.apologise()
    assert [len(each.said) for each in (one, other)] == [0, 1]


async def test_nobody_is_told_of_what_was_asked_long_ago(store: Store, clock: Clock) -> None:
    await Process(store, clock).inbox.claim("17", CHAT, "brief")
    clock.forward(hours=7)
    after = Process(store, clock)
    await after.apologies.apologise()
    assert after.said == []


async def test_who_cannot_be_reached_at_the_start_is_told_later(store: Store, clock: Clock) -> None:
    await Process(store, clock).inbox.claim("17", CHAT, "brief")
    after = Process(store, clock)
    after.messenger.faults.extend([DeliveryError("no network"), DeliveryError("", retry_after=5)])
    for _ in range(4):
        await after.apologies.apologise()
        clock.forward(minutes=16)
    assert after.said == [SORRY]
    assert len(after.messenger.tried) == 3


async def test_a_chat_that_is_gone_does_not_keep_the_others_waiting(
    store: Store, clock: Clock
) -> None:
    before = Process(store, clock)
    await before.inbox.claim("17", CHAT, "brief")
    clock.forward(seconds=1)
    await before.inbox.claim("18", an_address("43"), "")
    after = Process(store, clock)
    after.messenger.faults.append(DeliveryError("chat not found", permanent=True))
    await after.apologies.apologise()
    assert after.said == [("43", "Sorry, I was interrupted before I could answer you")]
    clock.forward(minutes=20)
    await after.apologies.apologise()
    assert len(after.messenger.tried) == 2


class Odd(ScriptedMessenger):
    """Sends, and then fails in a way that no adapter should."""

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        await super().send(address, delivery)
        raise RuntimeError("the answer could not be read")


async def test_an_odd_failure_is_not_repeated_and_stops_nobody_else(
    store: Store, clock: Clock
) -> None:
    before = Process(store, clock)
    for update, chat in (("17", CHAT), ("18", an_address("43"))):
        await before.inbox.claim(update, chat, "brief")
    after = Process(store, clock)
    after.messenger = Odd()
    after.apologies = UnansweredCommands(
        store, {Platform.TELEGRAM: after.messenger}, clock, alone=True
    )
    for _ in range(4):
        await after.apologies.apologise()
        clock.forward(minutes=20)
    assert len(after.messenger.tried) == 2
