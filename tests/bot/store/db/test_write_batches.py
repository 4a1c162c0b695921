"""What several senders write at once goes in one transaction, and each hears of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.errors import StoreError
from bot.store.db.write_batches import MOST, BatchedWrites


class Writer:
    """Doubles numbers; holds the first batch until it is let go, and refuses a 0."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()

    async def write(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        self.begun.set()
        await self.let_go.wait()
        if 0 in items:
            raise StoreError("the disk is full")
        return [2 * item for item in items]


async def test_what_comes_while_one_is_under_way_goes_next_together() -> None:
    writer = Writer()
    together = BatchedWrites(writer.write)
    first = asyncio.create_task(together.add(1))
    await writer.begun.wait()
    others = [asyncio.create_task(together.add(item)) for item in range(2, MOST + 10)]
    await asyncio.sleep(0)
    writer.let_go.set()
    assert await first == 2
    assert await asyncio.gather(*others) == [2 * item for item in range(2, MOST + 10)]
    assert [len(batch) for batch in writer.batches] == [1, MOST, 8]


async def test_an_error_is_told_to_all_of_its_batch_and_to_no_other() -> None:
    writer = Writer()
    writer.let_go.set()
    together = BatchedWrites(writer.write)
    told = await asyncio.gather(*map(together.add, (1, 0)), return_exceptions=True)
    assert [str(each) for each in told] == ["the disk is full"] * 2
    assert await together.add(4) == 8


async def test_who_does_not_wait_any_more_leaves_the_others_alone() -> None:
    writer = Writer()
    together = BatchedWrites(writer.write)
    impatient, patient = (asyncio.create_task(together.add(item)) for item in (1, 2))
    await writer.begun.wait()
    impatient.cancel()
    writer.let_go.set()
    assert await patient == 4
    with pytest.raises(asyncio.CancelledError):
        await impatient
