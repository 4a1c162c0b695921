"""What was stored before the bot went down, and what it makes of that when it comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.digests.due import open_due
from bot.errors import DeliveryError
from bot.models import Platform, SendState
from bot.store import Store
from tests.bot.delivery.test_sender import Desk
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.ledger import DUE, LIMIT, Ledger

CHAT = an_address("42")
C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")


@pytest.fixture
def messenger() -> ScriptedMessenger:
    return ScriptedMessenger()


@pytest.fixture
def ledger(store: Store, messenger: ScriptedMessenger) -> Ledger:
    return Ledger(store, {Platform.TELEGRAM: messenger})


async def test_fault_23_parts_that_were_stored_before_three_days_down_are_skipped(
    ledger: Ledger, messenger: ScriptedMessenger
) -> None:
    digest = await ledger.ready(CHAT, parts=2)
    await ledger.send(days=3)
    assert messenger.sent == []
    assert await ledger.state(digest) == (SendState.SKIPPED, "more than 6 h late")


async def test_fault_23_they_are_not_sent_before_the_first_look_back_either(
    ledger: Ledger, messenger: ScriptedMessenger
) -> None:
    await ledger.ready(CHAT)
    ledger.clock.forward(days=3)
    assert await ledger.lanes.send_ready() == 0
    assert messenger.sent == []


async def test_fault_23_a_digest_that_was_opened_before_three_days_down_is_skipped(
    store: Store,
) -> None:
    desk = Desk(store)
    await desk.subscribe("42")
    await open_due(store, DUE, LIMIT)
    desk.clock.now = DUE + timedelta(days=3)
    await desk.digests.preparer.prepare_pending(desk.clock())
    (digest,) = await desk.history()
    assert (digest.state, digest.reason) == (SendState.SKIPPED, "72.0 h late, more than 6 h")


async def test_what_was_opened_in_time_and_is_built_late_says_so(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("42")
    await open_due(store, DUE, LIMIT)
    await desk.tick_at(DUE + timedelta(hours=2))
    assert "(late: due at 07:30)" in desk.telegram.sent[0][1]


async def test_what_a_person_asks_for_again_is_as_fresh_as_when_it_was_due(
    ledger: Ledger, messenger: ScriptedMessenger
) -> None:
    digest = await ledger.ready(CHAT)
    await ledger.send(days=3)
    assert await ledger.store.digests.send_again(digest.id, ledger.clock()) == 1
    messenger.faults.append(DeliveryError("busy", retry_after=3))
    await ledger.send()
    assert (await ledger.state(digest))[0] is SendState.SENDING
    await ledger.send(seconds=4)
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_a_subscription_in_a_zone_that_is_unknown_here_stops_no_other(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("42")
    async with store._database.writing() as connection:
        await connection.execute(text("UPDATE subscriptions SET timezone = 'Mars/Olympus'"))
    channel = await store.channels.ensure(an_address("43"), title="", timezone="UTC")
    well = await store.subscriptions.add(
        channel.id, ["energy"], DUE.time(), range(7), "UTC", 5, DUE - timedelta(days=1), DUE
    )
    digests = await open_due(store, DUE, LIMIT)
    assert [each.subscription_id for each in digests] == [well.id]
    assert await open_due(store, DUE, LIMIT) == []
