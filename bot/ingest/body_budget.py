"""A memory budget for response bodies that have not been read yet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import LeftForLater

COMMON = 16 * 1024 * 1024
"""The bytes that large bodies share; small ones need no budget (bot.sources.http.deadline).

When it is used up, one body at a time may still grow, up to the limit of a single body.
"""

ALONE_SECONDS = 5.0
"""The seconds that a body may take to arrive while another one waits for it."""


class Reservation:
    """The part of the budget that one body takes."""

    def __init__(self, room: BodyBudget) -> None:
        self.taken = 0
        self._room = room
        self._limit: asyncio.Timeout | None = None

    @property
    def ends_at(self) -> float | None:
        """The deadline by the event loop's clock, while another body waits."""
        return self._limit.when() if self._limit else None

    async def grow(self, size: int) -> None:
        """Wait until the body may have `size` bytes."""
        if self._room.alone is not self and await self._room.reserve(size - self.taken, self):
            self.taken = size

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[None]:
        """The body arrives within the block; raises LeftForLater if others had to wait too long."""
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._limit = limit
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise
            why = "a large answer came slowly while others waited for its room"
            raise LeftForLater(why) from error
        finally:
            self._limit = None

    def set_deadline(self, seconds: float | None) -> None:
        """Set the remaining seconds to arrive; None removes the deadline."""
        if self._limit is None or self._limit.expired():
            return
        now = asyncio.get_running_loop().time()
        self._limit.reschedule(None if seconds is None else now + seconds)


class BodyBudget:
    """Bodies reserve the bytes that have arrived. When the budget is used up, the first body that
    waits grows alone, so that one always ends; it has a deadline while others wait."""

    def __init__(self, common: int = COMMON, alone_seconds: float = ALONE_SECONDS) -> None:
        self.free = common
        self.alone: Reservation | None = None
        self._alone_seconds = alone_seconds
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def share(self) -> AsyncIterator[Reservation]:
        """Give a reservation for one body; it is released when the block ends."""
        share = Reservation(self)
        try:
            yield share
        finally:
            self.free += share.taken
            if self.alone is share:
                self.alone = None
            self._freed.set()

    async def reserve(self, size: int, who: Reservation) -> bool:
        """Take `size` bytes of the budget; False if it is used up, and `who` grows alone."""
        async with self._turn:
            if self.free < size and self.alone is not None:
                await self._wait(size, self.alone)
            if self.free < size:
                self.alone = who
                return False
            self.free -= size
            return True

    async def _wait(self, size: int, alone: Reservation) -> None:
        """Wait for free bytes, or for the end of the body that grows alone; it gets a deadline."""
        alone.set_deadline(self._alone_seconds)
        try:
            while self.free < size and self.alone is not None:
                self._freed.clear()
                await self._freed.wait()
        finally:
            alone.set_deadline(None)
