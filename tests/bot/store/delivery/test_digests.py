"""A digest is stored before it is sent, once for each subscription and local date."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from bot.errors import StoreError
from bot.models import Digest, SendState
from bot.store import Store
from tests.support.builders import NOW, TODAY, a_briefing, a_subscription, ago
from tests.support.store_desk import Desk

TOMORROW = NOW + timedelta(days=1)


async def test_it_opens_a_digest_and_moves_the_subscription_on(desk: Desk) -> None:
    channel = await desk.channel()
    subscription = await desk.subscription(channel)

    digest = await desk.store.digests.open(subscription, TODAY, NOW, TOMORROW, late=True)

    assert digest is not None
    assert digest == Digest(
        digest.id, subscription.id, channel.id, TODAY, NOW, SendState.PENDING, late=True
    )
    assert await desk.store.digests.get(digest.id) == digest
    assert await desk.store.digests.pending() == [digest]
    stored = await desk.store.subscriptions.get(subscription.id)
    assert stored is not None
    assert stored.next_due == TOMORROW


async def test_a_second_digest_of_that_date_only_moves_the_subscription_on(desk: Desk) -> None:
    subscription = await desk.subscription(await desk.channel())
    await desk.store.digests.open(subscription, TODAY, NOW, NOW, late=False)

    again = await desk.store.digests.open(subscription, TODAY, NOW, TOMORROW, late=False)

    assert again is None
    assert len(await desk.store.digests.history()) == 1
    assert await desk.store.subscriptions.due(NOW) == []


async def test_fault_25_replicas_open_each_digest_once(desk: Desk, database_url: str) -> None:
    channel = await desk.channel()
    due = [await desk.subscription(channel, f"topic {number}") for number in range(10)]
    replicas = [Store.open(database_url) for _ in range(4)]

    opened = await asyncio.gather(
        *(
            replica.digests.open(each, TODAY, NOW, TOMORROW, late=False)
            for each in due
            for replica in replicas
        )
    )
    await asyncio.gather(*(replica.close() for replica in replicas))

    made = [digest.subscription_id for digest in opened if digest]
    assert sorted(made, key=str) == sorted((each.id for each in due), key=str)
    assert await desk.store.subscriptions.due(NOW) == []


async def test_it_leaves_a_time_that_was_changed_meanwhile(desk: Desk) -> None:
    channel = await desk.channel()
    seen = await desk.subscription(channel)
    changed = await desk.subscription(channel, next_due=NOW + timedelta(hours=3))

    assert await desk.store.digests.open(seen, TODAY, NOW, TOMORROW, late=False)

    assert await desk.store.subscriptions.get(seen.id) == changed


async def test_it_opens_nothing_for_a_subscription_that_is_gone(desk: Desk) -> None:
    channel = await desk.channel()
    subscription = await desk.subscription(channel)
    await desk.store.subscriptions.remove(channel.id)

    assert await desk.store.digests.open(subscription, TODAY, NOW, TOMORROW, late=False) is None
    assert await desk.store.digests.history() == []


async def test_fault_13_a_digest_that_cannot_be_stored_changes_nothing(desk: Desk) -> None:
    subscription = await desk.subscription(await desk.channel())
    broken = a_subscription(subscription.id, channel_id=999, next_due=subscription.next_due)

    with pytest.raises(StoreError):
        await desk.store.digests.open(broken, TODAY, NOW, TOMORROW, late=False)

    assert await desk.store.digests.history() == []
    assert await desk.store.subscriptions.due(NOW) == [subscription]


async def test_fault_01_cut_off_at_any_step_it_opens_wholly_or_not_at_all(desk: Desk) -> None:
    channel = await desk.channel()
    outcomes = set()
    for steps in range(0, 60, 2):
        subscription = await desk.subscription(channel, f"topic {steps}")
        opening = asyncio.create_task(
            desk.store.digests.open(subscription, TODAY, NOW, TOMORROW, late=False)
        )
        for _ in range(steps):
            await asyncio.sleep(0)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)

        digests = await desk.store.digests.history(channel.id, limit=99)
        opened = subscription.id in {each.subscription_id for each in digests}
        stored = await desk.store.subscriptions.get(subscription.id)
        assert stored is not None
        assert (stored.next_due == TOMORROW) is opened
        outcomes.add(opened)

    assert False in outcomes


async def test_it_records_a_skip_at_once(desk: Desk) -> None:
    subscription = await desk.subscription(await desk.channel())

    digest = await desk.store.digests.open(
        subscription,
        TODAY,
        ago(hours=9),
        TOMORROW,
        late=True,
        state=SendState.SKIPPED,
        reason="9 h late",
        now=NOW,
    )

    assert digest is not None
    assert (digest.state, digest.reason, digest.finished_at) == (SendState.SKIPPED, "9 h late", NOW)
    assert await desk.store.digests.pending() == []


async def test_it_stores_all_parts_or_none(desk: Desk) -> None:
    digest = await desk.opened()

    with pytest.raises(StoreError):
        await desk.store.digests.add_parts(digest.id, "no such briefing", ["one", "two"])

    assert await desk.store.deliveries.of_digest(digest.id) == []
    assert await desk.store.digests.pending() == [digest]


async def test_it_stores_parts_once(desk: Desk) -> None:
    digest = await desk.ready(parts=3)

    assert not await desk.store.digests.add_parts(digest.id, f"briefing {digest.id}", ["again"])

    parts = await desk.store.deliveries.of_digest(digest.id)
    assert [(each.part, each.parts, each.payload) for each in parts] == [
        (1, 3, f"{digest.id}/1"),
        (2, 3, f"{digest.id}/2"),
        (3, 3, f"{digest.id}/3"),
    ]
    stored = await desk.store.digests.get(digest.id)
    assert stored is not None
    assert (stored.state, stored.briefing_id) == (SendState.SENDING, f"briefing {digest.id}")
    assert await desk.store.digests.pending() == []
    assert await desk.store.digests.sending() == [stored]


async def test_a_digest_needs_a_part(desk: Desk) -> None:
    digest = await desk.opened()

    with pytest.raises(ValueError, match="at least one part"):
        await desk.store.digests.add_parts(digest.id, "b", [])


async def test_it_ends_once(desk: Desk) -> None:
    digest = await desk.opened()
    store = desk.store.digests

    assert await store.finish(digest.id, SendState.SKIPPED, now=NOW, reason="too late")
    assert not await store.finish(digest.id, SendState.FAILED, now=NOW)

    stored = await store.get(digest.id)
    assert stored is not None
    assert (stored.state, stored.reason, stored.finished_at) == (
        SendState.SKIPPED,
        "too late",
        NOW,
    )


async def test_what_has_parts_ends_with_them_alone(desk: Desk) -> None:
    digest = await desk.ready()
    assert not await desk.store.digests.finish(digest.id, SendState.FAILED, now=NOW)
    stored = await desk.store.digests.get(digest.id)
    assert stored is not None
    assert stored.state is SendState.SENDING


async def test_it_gives_up_what_is_open_in_a_channel(desk: Desk) -> None:
    channel, other = await desk.channel(), await desk.channel()
    skipped = await desk.opened(channel)
    await desk.store.digests.finish(skipped.id, SendState.SKIPPED, now=NOW)
    opened, ready = await desk.opened(channel), await desk.ready(channel, parts=2)
    elsewhere = await desk.ready(other)

    await desk.store.digests.abandon(channel.id, "chat not found", now=NOW)

    states = {each.id: each.state for each in await desk.store.digests.history(channel.id)}
    assert states == {
        skipped.id: SendState.SKIPPED,
        opened.id: SendState.FAILED,
        ready.id: SendState.FAILED,
    }
    parts = await desk.store.deliveries.of_digest(ready.id)
    assert [(each.state, each.reason) for each in parts] == [
        (SendState.FAILED, "chat not found")
    ] * 2
    [free] = await desk.claim()
    assert free.digest_id == elsewhere.id


async def test_it_tells_the_history_newest_first(desk: Desk) -> None:
    channel = await desk.channel()
    subscription = await desk.subscription(channel)
    for days in (2, 0, 1):
        local_date = date(2026, 11, 23 - days)
        await desk.store.digests.open(
            subscription, local_date, ago(days=days), TOMORROW, late=False
        )
    await desk.opened()

    mine = await desk.store.digests.history(channel.id)

    assert [each.local_date.day for each in mine] == [23, 22, 21]
    assert len(await desk.store.digests.history()) == 4
    assert len(await desk.store.digests.history(limit=2)) == 2


async def test_a_digest_outlives_its_subscription(desk: Desk) -> None:
    channel = await desk.channel()
    digest = await desk.opened(channel)

    await desk.store.subscriptions.remove(channel.id)

    stored = await desk.store.digests.get(digest.id)
    assert stored is not None
    assert (stored.subscription_id, stored.state) == (None, SendState.PENDING)


async def test_a_briefing_can_be_told_to_many_channels(desk: Desk) -> None:
    await desk.store.briefings.add(a_briefing(), None)
    one, two = await desk.opened(), await desk.opened()

    assert await desk.store.digests.add_parts(one.id, a_briefing().id, ["x"])
    assert await desk.store.digests.add_parts(two.id, a_briefing().id, ["x"])
