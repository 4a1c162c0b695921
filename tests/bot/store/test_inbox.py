"""An update that a platform hands over twice has one effect."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.store import Store
from tests.builders import NOW


async def test_fault_15_it_takes_an_update_once(store: Store) -> None:
    answers = await asyncio.gather(
        *(store.inbox.first_time("telegram", "17", NOW) for _ in range(6))
    )

    assert sorted(answers) == [False] * 5 + [True]


async def test_it_keeps_the_platforms_apart(store: Store) -> None:
    assert await store.inbox.first_time("telegram", "17", NOW)
    assert await store.inbox.first_time("slack", "17", NOW)


async def test_it_forgets_only_what_is_old(store: Store) -> None:
    await store.inbox.first_time("slack", "old", NOW - timedelta(days=3))
    await store.inbox.first_time("slack", "fresh", NOW)

    await store.inbox.forget(NOW - timedelta(days=2))

    assert await store.inbox.first_time("slack", "old", NOW)
    assert not await store.inbox.first_time("slack", "fresh", NOW)
