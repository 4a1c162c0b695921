"""How much may be asked of the pages: at once, of one link, and with wrong links."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.requests import Request

AT_ONCE = 8
"""Pages that are made concurrently; more wait, ..."""

WAITING = 200
"""... but no more than these, ..."""

WAIT_SECONDS = 5.0
"""... and no longer than this."""

PAGE_SECONDS = 10.0
"""The time that a page may take."""

REMEMBERED = 10_000
"""Keys whose counts are remembered."""


def client_of(request: Request) -> str:
    """The address that a request comes from, under which its misses are counted; "" if unknown."""
    return request.client.host if request.client else ""


class Busy(Exception):
    """Too much is asked for by one (429), or by all together (503).

    It may be asked for again after `seconds`.
    """

    def __init__(self, seconds: int, status: int = 429) -> None:
        super().__init__("too many requests")
        self.seconds = seconds
        self.status = status


class Gate:
    """Lets a few requests through at once; the others wait for a short time, or are refused."""

    def __init__(self) -> None:
        self._open = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def through(self) -> AsyncIterator[None]:
        """Wait for room; raises Busy without it, and TimeoutError where the page takes too long."""
        if self._open.locked():
            await self._wait()
        else:
            await self._open.acquire()
        try:
            async with asyncio.timeout(PAGE_SECONDS):
                yield
        finally:
            self._open.release()

    async def _wait(self) -> None:
        if self._waiting >= WAITING:
            raise Busy(1, 503)
        self._waiting += 1
        try:
            await asyncio.wait_for(self._open.acquire(), WAIT_SECONDS)
        except TimeoutError:
            raise Busy(1, 503) from None
        finally:
            self._waiting -= 1


class Rate:
    """Allows each key `most` uses in a span of `seconds`; a generic cell rate.

    `clock` returns seconds that only grow.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        self._step = seconds / most
        self._span = seconds
        self._clock = clock
        self._next: OrderedDict[str, float] = OrderedDict()

    def use(self, key: str) -> None:
        """Count one use; raises Busy if there were too many."""
        self.check(key)
        now = self._clock()
        self._next[key] = max(now, self._next.get(key, now)) + self._step
        self._next.move_to_end(key)
        if len(self._next) > REMEMBERED:
            self._next.popitem(last=False)

    def check(self, key: str) -> None:
        """Raises Busy if one more use would be too many; counts nothing."""
        wait = self._next.get(key, 0.0) + self._step - self._span - self._clock()
        if wait > 0:
            raise Busy(int(wait) + 1)

    def forget(self, key: str) -> None:
        """Count from the beginning."""
        self._next.pop(key, None)
