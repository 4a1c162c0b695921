"""Readers of the pages, and askers of the bare queries behind one, in a process of their own.

`python -m benchmarks.speed.page_readers` reads a `Task` as JSON and prints as JSON what it took:
the seconds of each time, and the processor's seconds of the process in all.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

import aiohttp

from bot.store import Store
from bot.web.readers.digest import wishes_of

BUSY = 503
"""What is answered at once to those who would wait too long."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Once = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Task:
    """What to do: get one of `urls` in turn, or without any ask the database at `database`.

    `readers` do it concurrently for `seconds`, each with a pause after each time. With `fresh` no
    page can be one that was made a moment ago.
    """

    readers: int
    seconds: float
    pause: float
    urls: tuple[str, ...] = ()
    database: str = ""
    token: str = ""
    fresh: bool = False


async def measured(task: Task) -> list[float]:
    """The seconds that each time took."""
    if task.urls:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            numbers = count() if task.fresh else None
            return await _repeated(task, [_page(session, url, numbers) for url in task.urls])
    store = Store.open(task.database)
    try:
        return await _repeated(task, [_bare(store, task.token)])
    finally:
        await store.close()


def _page(session: aiohttp.ClientSession, url: str, numbers: Iterator[int] | None) -> Once:
    async def get() -> None:
        query = {"fresh": str(next(numbers))} if numbers else None
        async with session.get(url, params=query) as answer:
            await answer.read()
            if answer.status not in {200, BUSY}:
                raise ValueError(f"{url} answers {answer.status}")

    return get


def _bare(store: Store, token: str) -> Once:
    """What the page of a digest reads, and nothing else."""

    async def ask() -> None:
        scope = await store.page_links.open(token, EPOCH)
        assert scope is not None
        assert scope.briefing_id is not None
        await store.channels.get(scope.channel_id)
        briefing = await store.briefings.get(scope.briefing_id)
        assert briefing is not None
        await store.reading.pieces(list(wishes_of(briefing, 0).values()))

    return ask


async def _repeated(task: Task, kinds: list[Once]) -> list[float]:
    took: list[float] = []
    until = time.perf_counter() + task.seconds

    async def reader(number: int) -> None:
        await asyncio.sleep(task.pause * number / task.readers)
        while (began := time.perf_counter()) < until:
            await kinds[number % len(kinds)]()
            took.append(time.perf_counter() - began)
            number += 1
            await asyncio.sleep(task.pause)

    await asyncio.gather(*(reader(number) for number in range(task.readers)))
    return took


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    took = asyncio.run(measured(Task(**given)))
    print(json.dumps([took, time.process_time()]))
