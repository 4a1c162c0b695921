"""A command that a killed process took in is not passed over in silence."""

from __future__ import annotations

import pytest

from bot.errors import DeliveryError
from bot.inbound import Apologies, StoredInbox
from bot.models import Platform
from bot.store import Store
from tests.builders import NOW, an_address
from tests.clock import Clock
from tests.fakes.messenger import ScriptedMessenger

CHAT = an_address("42")


class Process:
    """One life of the bot on a store."""

    def __init__(self, store: Store, clock: Clock, *, alone: bool) -> None:
        self.messenger = ScriptedMessenger()
        self.inbox = StoredInbox(store, clock, Platform.TELEGRAM)
        here = {Platform.TELEGRAM: self.messenger}
        self.apologies = Apologies(store, here, clock, clock(), alone)

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(chat, text.partition(".")[0]) for chat, text in self.messenger.sent]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


async def test_who_asked_before_a_kill_is_told_at_the_next_start(
    store: Store, clock: Clock
) -> None:
    before = Process(store, clock, alone=True)
    assert await before.inbox.take("17", CHAT, "subscribe")
    clock.forward(seconds=5)
    after = Process(store, clock, alone=True)
    assert not await after.inbox.take("17", CHAT, "subscribe")
    await after.apologies.tell()
    await after.apologies.tell()
    assert after.said == [("42", "Sorry, I was interrupted before I could answer your “subscribe”")]


async def test_what_was_answered_needs_no_apology(store: Store, clock: Clock) -> None:
    before = Process(store, clock, alone=True)
    await before.inbox.take("17", CHAT, "brief")
    await before.inbox.answered("17")
    clock.forward(hours=1)
    after = Process(store, clock, alone=True)
    await after.apologies.tell()
    assert after.said == []


async def test_what_another_process_may_still_answer_is_left_to_it(
    store: Store, clock: Clock
) -> None:
    one, other = (Process(store, clock, alone=False) for _ in range(2))
    await one.inbox.take("17", CHAT, "brief")
    clock.forward(minutes=9)
    await other.apologies.tell()
    assert other.said == []
    clock.forward(minutes=2)
    await other.apologies.tell()
    await one.apologies.tell()
    assert [len(each.said) for each in (one, other)] == [0, 1]


async def test_nobody_is_told_of_what_was_asked_long_ago(store: Store, clock: Clock) -> None:
    before = Process(store, clock, alone=True)
    await before.inbox.take("17", CHAT, "brief")
    clock.forward(hours=7)
    after = Process(store, clock, alone=True)
    await after.apologies.tell()
    assert after.said == []


async def test_a_chat_that_is_gone_does_not_keep_the_others_waiting(
    store: Store, clock: Clock
) -> None:
    before = Process(store, clock, alone=True)
    await before.inbox.take("17", CHAT, "brief")
    clock.forward(seconds=1)
    await before.inbox.take("18", an_address("43"), "")
    clock.forward(seconds=1)
    after = Process(store, clock, alone=True)
    after.messenger.faults.append(DeliveryError("chat not found", permanent=True))
    await after.apologies.tell()
    assert after.said == [("43", "Sorry, I was interrupted before I could answer you")]
    clock.forward(minutes=20)
    await after.apologies.tell()
    assert len(after.messenger.tried) == 2
