"""Room for what strangers send: so many bytes are held at once, until they have been read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import LeftForLater

COMMON = 16 * 1024 * 1024
"""Bytes of large bodies that grow beside each other; small ones need no room, see fetch_waits.

Once these are taken, one body at a time may grow on, up to the most that any body may have.
"""

ALONE_SECONDS = 5.0
"""So long may a body take to arrive that grows while another waits for it."""


class Reservation:
    """What one body takes of the room."""

    def __init__(self, room: BodyBudget) -> None:
        self.taken = 0
        self._room = room
        self._limit: asyncio.Timeout | None = None

    @property
    def ends_at(self) -> float | None:
        """When its time is over, by the event loop's clock, while it is in a hurry."""
        return self._limit.when() if self._limit else None

    async def grow(self, size: int) -> None:
        """Wait until the body may have so many bytes."""
        if self._room.alone is not self and await self._room.reserve(size - self.taken, self):
            self.taken = size

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[None]:
        """The body arrives while the block lasts; raises LeftForLater where others had to wait."""
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
        """Let it have so many seconds more to arrive, or (None) as many as it may need."""
        if self._limit is None or self._limit.expired():
            return
        now = asyncio.get_running_loop().time()
        self._limit.reschedule(None if seconds is None else now + seconds)


class BodyBudget:
    """Bodies take what has really arrived of them. Where no room is left, the first who waits
    grows on alone, so that one always ends; and it must be quick while others wait."""

    def __init__(self, common: int = COMMON, alone_seconds: float = ALONE_SECONDS) -> None:
        self.free = common
        self.alone: Reservation | None = None
        self._alone_seconds = alone_seconds
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def share(self) -> AsyncIterator[Reservation]:
        """Gives what takes room for a body; all that it took is free again when the block ends."""
        share = Reservation(self)
        try:
            yield share
        finally:
            self.free += share.taken
            if self.alone is share:
                self.alone = None
            self._freed.set()

    async def reserve(self, size: int, who: Reservation) -> bool:
        """Take so much of the common room; False where it is full, and `who` goes on alone."""
        async with self._turn:
            if self.free < size and self.alone is not None:
                await self._wait(size, self.alone)
            if self.free < size:
                self.alone = who
                return False
            self.free -= size
            return True

    async def _wait(self, size: int, alone: Reservation) -> None:
        """Until there is room, or who grows alone has ended; it is in a hurry meanwhile."""
        alone.set_deadline(self._alone_seconds)
        try:
            while self.free < size and self.alone is not None:
                self._freed.clear()
                await self._freed.wait()
        finally:
            alone.set_deadline(None)
