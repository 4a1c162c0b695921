"""An update that a platform hands over twice has one effect, and waits until it is answered."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.models import Address, Platform
from bot.store import Store, Unanswered
from tests.support.builders import NOW, an_address

HERE = an_address("42", thread="7")
SLACK = an_address("C1", platform=Platform.SLACK, workspace="T1")
SOON = NOW + timedelta(minutes=16)


async def take(store: Store, update_id: str, address: Address = HERE, now: datetime = NOW) -> bool:
    return await store.inbox.claim(Unanswered(update_id, address, "brief", now), "dead")


async def waiting(
    store: Store, *, of: str = "alive", before: datetime | None = None, now: datetime = SOON
) -> list[str]:
    later = now + timedelta(minutes=15)
    found = await store.inbox.unanswered(
        [Platform.TELEGRAM], but_of=of, before=before, held_until=later, now=now
    )
    return [each.update_id for each in found]


async def test_fault_15_it_takes_an_update_once(store: Store) -> None:
    taken = await asyncio.gather(*(take(store, "17") for _ in range(6)))
    assert sorted(taken) == [False] * 5 + [True]


async def test_the_same_number_on_another_platform_is_another_update(store: Store) -> None:
    assert await take(store, "17")
    assert await take(store, "17", SLACK)


async def test_it_forgets_what_no_platform_delivers_again(store: Store) -> None:
    await take(store, "old", now=NOW - timedelta(days=3))
    await take(store, "fresh")

    await store.inbox.forget(NOW - timedelta(days=1))

    assert await take(store, "old")
    assert not await take(store, "fresh")


async def test_what_was_answered_is_not_waiting(store: Store) -> None:
    await take(store, "17")
    await take(store, "18")
    await store.inbox.answered(Platform.TELEGRAM, "17")

    [found] = await store.inbox.unanswered(
        [Platform.TELEGRAM], but_of="alive", before=None, held_until=SOON, now=NOW
    )

    assert found == Unanswered("18", HERE, "brief", NOW)
    assert not await take(store, "17", now=SOON)


async def test_what_waits_is_given_to_one_process_at_a_time(store: Store) -> None:
    await take(store, "17")
    found = await asyncio.gather(*(waiting(store) for _ in range(4)))
    assert sorted(found) == [[], [], [], ["17"]]
    assert await waiting(store, now=SOON + timedelta(minutes=14)) == []
    assert await waiting(store, now=SOON + timedelta(minutes=16)) == ["17"]


async def test_what_is_not_another_processs_or_too_fresh_is_left_alone(store: Store) -> None:
    await take(store, "17")
    await take(store, "18", SLACK)
    assert await waiting(store, of="dead") == []
    assert await waiting(store, before=NOW) == []
    assert await waiting(store, before=NOW + timedelta(seconds=1)) == ["17"]


async def test_nothing_of_where_it_came_from_is_kept_once_it_is_answered(store: Store) -> None:
    await take(store, "17")
    await store.inbox.answered(Platform.TELEGRAM, "17")
    async with store._database.reading() as connection:
        kept = "workspace, chat, thread, command, process"
        [row] = await connection.execute(text(f"SELECT {kept} FROM inbox"))
    assert set(row) == {None}
