"""An update that a platform hands over twice has one effect, and waits until it is answered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.models import Platform
from bot.store import Store
from tests.builders import NOW, an_address

HERE = an_address("42", thread="7")
SOON = NOW + timedelta(minutes=11)
PATIENT = SOON - timedelta(minutes=10)


async def test_fault_15_it_takes_an_update_once(store: Store) -> None:
    taken = await asyncio.gather(
        *(store.inbox.take("17", HERE, "brief", NOW) for _ in range(6)),
    )
    assert sorted(taken) == [False] * 5 + [True]


async def test_the_same_number_on_another_platform_is_another_update(store: Store) -> None:
    assert await store.inbox.take("17", HERE, "brief", NOW)
    assert await store.inbox.take("17", an_address(platform=Platform.SLACK), "brief", NOW)


async def test_it_forgets_what_no_platform_delivers_again(store: Store) -> None:
    await store.inbox.take("old", HERE, "brief", NOW - timedelta(days=3))
    await store.inbox.take("fresh", HERE, "brief", NOW)

    await store.inbox.forget(NOW - timedelta(days=1))

    assert await store.inbox.take("old", HERE, "brief", NOW)
    assert not await store.inbox.take("fresh", HERE, "brief", NOW)


async def test_what_was_answered_is_not_waiting(store: Store) -> None:
    await store.inbox.take("17", HERE, "brief", NOW)
    await store.inbox.take("18", HERE, "why", NOW)
    await store.inbox.answered(Platform.TELEGRAM, "17")

    [waiting] = await store.inbox.unanswered([Platform.TELEGRAM], PATIENT, now=SOON)

    assert (waiting.update_id, waiting.address, waiting.command) == ("18", HERE, "why")
    assert not await store.inbox.take("17", HERE, "brief", SOON)


async def test_what_waits_is_given_to_one_process_at_a_time(store: Store) -> None:
    await store.inbox.take("17", HERE, "brief", NOW)
    asked = (store.inbox.unanswered([Platform.TELEGRAM], PATIENT, now=SOON) for _ in range(4))
    found = await asyncio.gather(*asked)
    assert sorted(map(len, found)) == [0, 0, 0, 1]


async def test_another_platforms_and_fresh_updates_are_left_alone(store: Store) -> None:
    await store.inbox.take("17", HERE, "brief", PATIENT)
    await store.inbox.take("18", an_address(platform=Platform.SLACK), "brief", NOW)
    assert await store.inbox.unanswered([Platform.TELEGRAM], PATIENT, now=SOON) == []
