"""Machines whose clocks differ agree on the database server's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SharedClock
from bot.store import Store


def local(off: timedelta) -> datetime:
    return datetime.now(UTC) + off


@pytest.mark.parametrize("off", [timedelta(minutes=-3), timedelta(0), timedelta(hours=2)])
async def test_every_process_on_a_server_has_its_time(store: Store, off: timedelta) -> None:
    clock = SharedClock(store, lambda: local(off))
    await clock.synchronise()
    ahead = clock() - datetime.now(UTC)
    expected = off if store.in_one_file else timedelta(0)
    assert abs(ahead - expected) < timedelta(seconds=30)


async def test_a_connection_that_takes_long_moves_no_clock(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = store._database.reading
    waited = [timedelta(0)]

    @asynccontextmanager
    async def slow() -> AsyncIterator[object]:
        waited[0] += timedelta(seconds=0.9)
        async with reading() as connection:
            yield connection

    monkeypatch.setattr(store._database, "reading", slow)
    clock = SharedClock(store, lambda: datetime.now(UTC) + waited[0])
    await clock.synchronise()
    ahead = clock() - datetime.now(UTC)
    expected = waited[0] if store.in_one_file else timedelta(0)
    assert abs(ahead - expected) < timedelta(seconds=0.3)


async def test_a_clock_that_is_put_right_meanwhile_is_not_moved_twice(store: Store) -> None:
    offs = [timedelta(hours=1)]
    clock = SharedClock(store, lambda: local(offs[0]))
    await clock.synchronise()
    offs[0] = timedelta(0)
    await clock.synchronise()
    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=30)
