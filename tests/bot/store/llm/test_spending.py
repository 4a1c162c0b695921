"""Money for models is put aside before a call, and never passes a cap."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta

from bot.models import KeptAnswer, Reservation
from bot.store import Store
from bot.store.llm.answer_cache import KEPT
from bot.store.llm.spending import Spent
from tests.support.builders import NOW


async def reserve(store: Store, amount: int, now: datetime) -> Reservation | None:
    return await store.spending.reserve(amount, day_cap=1_000, month_cap=5_000, now=now)


async def test_it_counts_what_is_reserved_and_then_what_it_cost(store: Store) -> None:
    reserved = await reserve(store, 400, NOW)
    assert reserved is not None
    assert await store.spending.spent(NOW) == Spent(day=400, month=400)

    await store.spending.settle(reserved, 150)

    assert await store.spending.spent(NOW) == Spent(day=150, month=150)


async def test_fault_46_parallel_calls_at_the_edge_never_pass_the_cap(store: Store) -> None:
    await reserve(store, 850, NOW)

    made = await asyncio.gather(*(reserve(store, 60, NOW) for _ in range(20)))

    assert sum(each is not None for each in made) == 2
    assert await store.spending.spent(NOW) == Spent(day=970, month=970)


async def test_a_refusal_by_the_day_leaves_the_month_as_it_was(store: Store) -> None:
    assert await reserve(store, 1_001, NOW) is None

    assert await store.spending.spent(NOW) == Spent(day=0, month=0)


async def test_a_new_day_has_new_money_until_the_month_is_spent(store: Store) -> None:
    made = [await reserve(store, 1_000, NOW + timedelta(days=day)) for day in range(7)]

    assert [each is not None for each in made] == [True] * 5 + [False] * 2
    assert await reserve(store, 1_000, NOW + timedelta(days=20)) is not None


async def test_a_call_that_cost_more_than_reserved_is_counted_in_full(store: Store) -> None:
    reserved = await reserve(store, 100, NOW)
    assert reserved is not None

    await store.spending.settle(reserved, 950)

    assert await reserve(store, 60, NOW) is None


async def test_it_recalls_an_answer_until_it_is_old(store: Store) -> None:
    kept = KeptAnswer('{"bullets": []}', 900, 12)
    await store.answers.add("key", KeptAnswer("nothing", 1, 1), NOW)
    await store.answers.add("key", kept, NOW)
    assert await store.answers.get("key") == kept
    assert await store.answers.get("other") is None

    await store.answers.add("other", kept, NOW + KEPT + timedelta(seconds=1))

    assert await store.answers.get("key") is None


SPENDER = """
import asyncio, sys
from datetime import datetime
from bot.store import Store

async def main():
    store, now = Store.open(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    caps = {"day_cap": 1_000, "month_cap": 5_000}
    await store.spending.spent(now)
    print("ready", flush=True)
    sys.stdin.readline()
    made = await asyncio.gather(*(store.spending.reserve(60, **caps, now=now) for _ in range(20)))
    print(sum(each is not None for each in made), flush=True)
    await store.close()

asyncio.run(main())
"""


async def test_fault_46_two_processes_with_one_database_never_pass_the_cap(
    store: Store, database_url: str
) -> None:
    spenders = [await _spender(database_url) for _ in range(2)]
    for each in spenders:
        assert each.stdin is not None
        each.stdin.write(b"\n")
    said = [(await each.communicate())[0] for each in spenders]

    made = [int(each.split()[-1]) for each in said]
    assert sum(made) == 1_000 // 60
    assert await store.spending.spent(NOW) == Spent(day=960, month=960)


async def _spender(url: str) -> asyncio.subprocess.Process:
    """A process of its own that spends once it is told to."""
    pipe = asyncio.subprocess.PIPE
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SPENDER, url, NOW.isoformat(), stdin=pipe, stdout=pipe
    )
    assert made.stdout is not None
    assert (await made.stdout.readline()).strip() == b"ready"
    return made
