"""A delivery is held by one sender at a time, and a channel's parts go in order."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.delivery.limits import UNPACED
from bot.models import Delivery, Platform, SendState
from bot.store import Store
from tests.support.builders import NOW
from tests.support.store_desk import Desk, claim_all

SOON = NOW + timedelta(seconds=30)


async def _settle(desk: Desk, delivery: Delivery, state: SendState = SendState.SENT) -> bool:
    return await desk.store.deliveries.settle(delivery.id, delivery.token or "", state, now=NOW)


def _payloads(claimed: list[Delivery]) -> list[str]:
    return [each.payload for each in claimed]


async def test_it_hands_out_a_part_once(desk: Desk) -> None:
    digest = await desk.ready()

    [claimed] = await desk.claim()

    assert (claimed.digest_id, claimed.state, claimed.attempts) == (digest.id, "sending", 1)
    assert claimed.token
    assert await desk.claim() == []
    assert await desk.store.deliveries.of_digest(digest.id) == [claimed]


@pytest.mark.parametrize(
    "final", [SendState.SENT, SendState.SKIPPED, SendState.FAILED, SendState.UNCERTAIN]
)
async def test_the_next_part_waits_for_the_one_before(desk: Desk, final: SendState) -> None:
    channel = await desk.channel()
    first, second = await desk.ready(channel, parts=2), await desk.ready(channel)
    order = []

    for _ in range(3):
        [claimed] = await desk.claim()
        order.append(claimed.payload)
        assert await desk.claim() == []
        assert await _settle(desk, claimed, final)

    assert order == [f"{first.id}/1", f"{first.id}/2", f"{second.id}/1"]


async def test_channels_do_not_wait_for_each_other(desk: Desk) -> None:
    digests = [await desk.ready(parts=2) for _ in range(4)]

    assert _payloads(await desk.claim()) == [f"{digest.id}/1" for digest in digests]


async def test_it_takes_the_oldest_digests_first(desk: Desk) -> None:
    digests = [await desk.ready() for _ in range(4)]

    assert _payloads(await desk.claim(limit=2)) == [f"{digest.id}/1" for digest in digests[:2]]


async def test_it_keeps_to_a_lane(desk: Desk) -> None:
    slack = {"platform": Platform.SLACK, "workspace": "T1"}
    ours = await desk.ready(await desk.channel(**slack))
    await desk.ready(await desk.channel(platform=Platform.SLACK, workspace="T2"))
    await desk.ready(await desk.channel(platform=Platform.TELEGRAM))

    claimed = await desk.claim(lane=(Platform.SLACK, "T1"))

    assert _payloads(claimed) == [f"{ours.id}/1"]


async def test_it_records_how_a_part_ended(desk: Desk) -> None:
    digest = await desk.ready()
    [claimed] = await desk.claim()

    assert await desk.store.deliveries.settle(
        claimed.id, claimed.token or "", SendState.SENT, now=NOW, message_id="m1", reason="why"
    )

    [stored] = await desk.store.deliveries.of_digest(digest.id)
    assert (stored.state, stored.message_id, stored.reason) == (SendState.SENT, "m1", "why")


async def test_only_the_holder_may_settle_or_put_off(desk: Desk) -> None:
    await desk.ready()
    [claimed] = await desk.claim()
    deliveries = desk.store.deliveries

    assert not await deliveries.settle(claimed.id, "another", SendState.SENT, now=NOW)
    assert not await deliveries.put_off(claimed.id, "another", SOON, "why")
    assert await _settle(desk, claimed)
    assert not await _settle(desk, claimed, SendState.FAILED)
    assert not await deliveries.put_off(claimed.id, claimed.token or "", SOON, "why")


async def test_a_state_that_is_no_end_cannot_be_settled(desk: Desk) -> None:
    with pytest.raises(ValueError, match="not an end"):
        await desk.store.deliveries.settle(1, "token", SendState.PENDING, now=NOW)


async def test_fault_06_what_is_put_off_waits_and_holds_up_its_own_channel_alone(
    desk: Desk,
) -> None:
    channel = await desk.channel()
    digest = await desk.ready(channel, parts=2)
    [claimed] = await desk.claim()
    elsewhere = await desk.ready()

    assert await desk.store.deliveries.put_off(
        claimed.id, claimed.token or "", SOON, "flood control"
    )

    assert _payloads(await desk.claim()) == [f"{elsewhere.id}/1"]
    [again] = await desk.claim(SOON)
    assert (again.payload, again.attempts) == (f"{digest.id}/1", 2)
    assert again.token != claimed.token
    assert not await _settle(desk, claimed)
    assert await _settle(desk, again)


async def test_what_is_held_for_quiet_hours_holds_up_no_other_digest(desk: Desk) -> None:
    channel = await desk.channel()
    alert, digest = await desk.ready(channel, parts=2), await desk.ready(channel)
    [part] = await _claimed(desk)
    await desk.store.deliveries.release(part, SOON)

    [later] = await desk.claim()
    assert later.payload == f"{digest.id}/1"
    assert await _settle(desk, later)
    assert await desk.claim() == []
    [first] = await desk.claim(SOON)
    assert first.payload == f"{alert.id}/1"


async def test_what_was_tried_before_it_was_held_holds_up_no_other_digest(desk: Desk) -> None:
    channel = await desk.channel()
    alert, digest = await desk.ready(channel, parts=2), await desk.ready(channel)
    [tried] = await desk.claim()
    deliveries = desk.store.deliveries
    assert await deliveries.put_off(tried.id, tried.token or "", NOW, "no answer")
    [part] = await _claimed(desk)
    assert part.payload == f"{alert.id}/1"
    await deliveries.release(part, SOON)

    [later] = await desk.claim()
    assert later.payload == f"{digest.id}/1"
    assert await _settle(desk, later)
    assert await desk.claim() == []
    [again] = await desk.claim(SOON)
    assert (again.payload, again.attempts) == (f"{alert.id}/1", 2)


async def test_a_claimed_part_and_one_that_was_tried_hold_up_the_next_digest(desk: Desk) -> None:
    channel = await desk.channel()
    for _ in range(2):
        await desk.ready(channel)
    [part] = await _claimed(desk)
    assert await _claimed(desk) == []
    begun = await desk.store.deliveries.begin(part, NOW)
    assert begun is not None
    assert await desk.store.deliveries.put_off(begun.id, begun.token or "", SOON, "flood control")
    assert await _claimed(desk) == []


async def _claimed(desk: Desk) -> list[Delivery]:
    """Claim what can be claimed without beginning it."""
    found = await desk.store.deliveries.claim(
        NOW, (Platform.TELEGRAM, ""), UNPACED, limit=9, ahead=timedelta(0)
    )
    return [each.delivery for each in found.parts]


async def test_it_finds_what_a_crash_left_behind(desk: Desk) -> None:
    await desk.ready()
    [claimed] = await desk.claim()

    assert await desk.store.deliveries.stuck(NOW, list(Platform)) == []
    assert await desk.store.deliveries.stuck(SOON, list(Platform)) == [claimed]

    await _settle(desk, claimed, SendState.UNCERTAIN)
    assert await desk.store.deliveries.stuck(SOON, list(Platform)) == []


async def test_eight_claimers_take_each_part_once_and_in_order(
    desk: Desk, database_url: str
) -> None:
    for _ in range(6):
        channel = await desk.channel()
        await desk.ready(channel, parts=2)
        await desk.ready(channel, parts=2)
    sent: list[Delivery] = []

    async def work(claimer: Store) -> None:
        idle = 0
        while idle < 3:
            claimed = await claim_all(claimer, limit=2)
            idle = 0 if claimed else idle + 1
            for each in claimed:
                sent.append(each)
                settled = await claimer.deliveries.settle(
                    each.id, each.token or "", SendState.SENT, now=NOW
                )
                assert settled

    claimers = [Store.open(database_url) for _ in range(8)]
    await asyncio.gather(*map(work, claimers))
    await work(desk.store)
    await asyncio.gather(*(claimer.close() for claimer in claimers))

    assert Counter(each.id for each in sent) == Counter({each.id for each in sent})
    assert len(sent) == 24
    for channel_id in {each.channel_id for each in sent}:
        order = [(each.digest_id, each.part) for each in sent if each.channel_id == channel_id]
        assert order == sorted(order)
