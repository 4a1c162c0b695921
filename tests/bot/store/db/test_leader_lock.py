"""One of several processes has the turn, and another takes over when it ends or is cut off."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.store import Store

SOON = 0.5


@pytest.fixture
async def rivals(postgresql_url: str) -> AsyncIterator[tuple[Store, Store]]:
    one, other = Store.open(postgresql_url), Store.open(postgresql_url)
    yield one, other
    await one.close()
    await other.close()


async def test_a_process_alone_has_the_turn_at_once(store: Store) -> None:
    async with asyncio.timeout(30), store.leader_lock.hold("poll 1") as lost:
        assert not lost.is_set()


async def test_the_second_waits_until_the_first_is_done(rivals: tuple[Store, Store]) -> None:
    one, other = rivals
    async with one.leader_lock.hold("poll 1"):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3), other.leader_lock.hold("poll 1", look_seconds=SOON):
                pass
    async with asyncio.timeout(30), other.leader_lock.hold("poll 1", look_seconds=SOON):
        pass


async def test_turns_for_other_tasks_are_not_in_the_way(rivals: tuple[Store, Store]) -> None:
    one, other = rivals
    async with asyncio.timeout(30), AsyncExitStack() as stack:
        first = await stack.enter_async_context(one.leader_lock.hold("poll 1"))
        second = await stack.enter_async_context(other.leader_lock.hold("poll 2"))
        assert not first.is_set()
        assert not second.is_set()


async def test_who_is_cut_off_is_told_and_another_takes_over(rivals: tuple[Store, Store]) -> None:
    one, other = rivals
    async with asyncio.timeout(30), one.leader_lock.hold("poll 1", look_seconds=SOON) as lost:
        await _cut_off_the_holder(other)
        async with other.leader_lock.hold("poll 1", look_seconds=SOON) as mine:
            await lost.wait()
            assert not mine.is_set()


async def test_fault_17_the_turn_of_a_killed_process_is_taken_over(postgresql_url: str) -> None:
    holder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.lock_holder", postgresql_url, "poll 1"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert holder.stdout is not None
    store = Store.open(postgresql_url)
    async with asyncio.timeout(60):
        while b"mine" not in await holder.stdout.readline():
            assert not holder.stdout.at_eof()
        with capture_logs() as logs:
            waiting = asyncio.create_task(_a_turn(store))
            asked = False
            while not asked:
                await asyncio.sleep(SOON)
                asked = bool(logs)
        assert logs[0]["event"] == "waits for a lock: another process has it"
        holder.kill()
        await waiting
        await holder.wait()
    await store.close()


async def test_a_turn_that_was_given_back_can_be_had_again(rivals: tuple[Store, Store]) -> None:
    for store in (*rivals, *rivals):
        async with asyncio.timeout(30), store.leader_lock.hold("poll 1", look_seconds=SOON) as lost:
            assert not lost.is_set()


async def _a_turn(store: Store) -> None:
    async with store.leader_lock.hold("poll 1", look_seconds=SOON):
        pass


async def _cut_off_the_holder(store: Store) -> None:
    kill = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    async with store._database.writing() as connection:
        await connection.execute(text(kill))
