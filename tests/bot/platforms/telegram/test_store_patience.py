"""A database that hangs delays the updates behind it little; one that is slow is waited for."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.platforms.telegram import store_patience
from bot.platforms.telegram.store_patience import StorePatience


class Clock:
    """The monotonic clock of a patience."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The short time is none at all: it ends every call that does not return at once."""
    monkeypatch.setattr(store_patience, "USUAL_SECONDS", 3600.0)
    monkeypatch.setattr(store_patience, "HUNG_SECONDS", 0.0)
    return Clock()


async def _stored(patience: StorePatience, *, slow: bool = True) -> bool:
    """Make a call that is slow, or returns at once; says whether it had the time for it."""
    try:
        async with patience.bounded():
            for _ in range(5 * slow):
                await asyncio.sleep(0)
    except TimeoutError:
        return False
    return True


async def _hangs(patience: StorePatience) -> bool:
    """Make a call that never ends; says whether it was given the usual time."""
    usual = False
    with suppress(TimeoutError):
        async with patience.bounded():
            for _ in range(5):
                await asyncio.sleep(0)
            usual = True
            raise TimeoutError
    return usual


async def test_fault_69_a_database_that_hangs_is_given_the_usual_time_every_ten_seconds(
    clock: Clock,
) -> None:
    patience = StorePatience(clock)
    given = []
    for clock.now in (0.0, 1.0, 9.0, 11.0, 12.0, 22.0):
        given.append(await _hangs(patience))
    assert given == [True, False, False, True, False, True]


async def test_fault_69_a_database_that_is_slow_is_waited_for_again(clock: Clock) -> None:
    patience = StorePatience(clock)
    await _hangs(patience)
    assert not await _stored(patience)
    clock.now = 10.0
    assert await _stored(patience)
    clock.now = 10.1
    assert await _stored(patience)


async def test_a_database_that_works_again_has_the_usual_time_at_once(clock: Clock) -> None:
    patience = StorePatience(clock)
    await _hangs(patience)
    assert await _stored(patience, slow=False)
    assert await _stored(patience)
