"""Several senders on one database: each part goes once, in its chat's order."""

from __future__ import annotations

import asyncio
import os
from collections import Counter

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.limits import UNPACED
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.outcomes import Outcomes, Policy
from bot.delivery.sender import Sender
from bot.digests.due import open_due
from bot.models import Platform, SendState
from bot.store import Lane, Limits, Store
from tests.bot.delivery.test_sender import Desk
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.clock import Clock
from tests.support.ledger import DUE, LIMIT, SETTLE, Ledger

CHATS, EACH = 50, 5
ROWS = int(os.environ.get("BRIEFBOT_TEST_ROWS", "200"))
"""Digests due at once; the promise is made for 1,000, which takes a minute."""


async def test_fault_25_four_replicas_send_each_of_many_parts_once(
    store: Store, database_url: str
) -> None:
    platform = ScriptedMessenger(traceable=True)
    ledger = Ledger(store, {Platform.TELEGRAM: platform})
    for number in range(CHATS):
        await ledger.ready(an_address(str(number)), parts=EACH)
    replicas = [Store.open(database_url) for _ in range(4)]
    senders = [a_replica(replica, platform) for replica in replicas]
    for sender in senders:
        sender.start()
    await asyncio.wait_for(all_sent(store), 60)
    await asyncio.gather(*(sender.stop() for sender in senders))
    await asyncio.gather(*(replica.close() for replica in replicas))

    assert len(platform.sent) == CHATS * EACH
    assert set(Counter(platform.sent).values()) == {1}
    for number in range(CHATS):
        mine = [text for chat, text in platform.sent if chat == str(number)]
        assert mine == sorted(mine)
    states = Counter(each.state for each in await store.digests.history(limit=CHATS + 1))
    assert states == Counter({SendState.SENT: CHATS})


async def test_fault_25_replicas_prepare_each_digest_once(store: Store, database_url: str) -> None:
    desk = Desk(store)
    for number in range(30):
        await desk.subscribe(str(number))
    others = [Store.open(database_url) for _ in range(3)]
    desks = [desk, *(Desk(other) for other in others)]
    await asyncio.gather(*(open_due(each.store, DUE, LIMIT) for each in desks))
    prepared = await asyncio.gather(*(each.digests.preparer.prepare_pending(DUE) for each in desks))
    await asyncio.gather(*(other.close() for other in others))
    assert sum(prepared) == 30
    assert len(await store.digests.sending()) == 30


async def opened_and_sent(desk: Desk) -> int:
    """One round of a replica's loops, a second later; returns how much it did."""
    desk.clock.forward(seconds=1)
    opened = len(await open_due(desk.store, desk.clock(), LIMIT))
    prepared = await desk.digests.preparer.prepare_pending(desk.clock())
    return opened + prepared + await desk.digests.lanes.send_ready()


async def all_sent(store: Store) -> None:
    under_way = True
    while under_way:
        await asyncio.sleep(0.05)
        under_way = bool(await store.digests.sending(1))


def a_replica(store: Store, platform: ScriptedMessenger) -> Dispatcher:
    messengers = {Platform.TELEGRAM: platform}
    clock = Clock(DUE)
    notices = NoticeWriter(store, messengers, (), clock)
    installations = Installations(store, messengers, notices, clock)
    outcomes = Outcomes(store, clock, Policy(LIMIT, SETTLE), notices, installations)
    sender = Sender(outcomes, messengers)
    return Dispatcher(store, sender, clock, limits=unpaced, workers=8, poll_seconds=0.05)


def unpaced(_lane: Lane) -> Limits:
    """No rate limit: the tests of limits let replicas share one."""
    return UNPACED


async def test_fault_25_two_replicas_with_many_due_rows_send_each_once(
    postgresql_url: str,
) -> None:
    stores = [Store.open(postgresql_url) for _ in range(2)]
    desks = [Desk(store, traceable=True, limits=unpaced) for store in stores]
    for some in range(0, ROWS, 10):
        await asyncio.gather(*(desks[0].subscribe(str(some + one)) for one in range(10)))
    for desk in desks:
        desk.clock.now = DUE
    while any(await asyncio.gather(*(opened_and_sent(desk) for desk in desks))):
        pass
    chats = Counter(chat for desk in desks for chat, _ in desk.telegram.sent)
    assert len(chats) == ROWS
    assert set(chats.values()) == {1}
    await asyncio.gather(*(store.close() for store in stores))
