"""Room for what strangers send: so many bytes are held at once, until they have been read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.sources.fetch_waits import Room as Growing

COMMON = 16 * 1024 * 1024
"""Bytes of large bodies that grow beside each other; small ones need no room, see fetch_waits.

Once these are taken, one body at a time may grow on, up to the most that any body may have.
"""

ALONE_SECONDS = 5.0
"""So long may a body take to arrive that grows while all others wait."""


class Room:
    """Bodies take what has really arrived of them. Where no room is left, the first who waits
    grows on alone, so that one always ends; and it must be quick, for the others wait."""

    def __init__(self, common: int = COMMON, alone_seconds: float = ALONE_SECONDS) -> None:
        self.free = common
        self.alone: object | None = None
        self._alone_seconds = alone_seconds
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def share(self) -> AsyncIterator[Growing]:
        """Gives what takes room for a body; all that it took is free again when the block ends."""
        taken = 0
        me = object()

        async def grow(size: int) -> float | None:
            nonlocal taken
            if self.alone is me:
                return None
            more = size - taken
            if not await self._take(more, me):
                return self._alone_seconds
            taken += more
            return None

        try:
            yield grow
        finally:
            self.free += taken
            if self.alone is me:
                self.alone = None
            self._freed.set()

    async def _take(self, size: int, who: object) -> bool:
        """Take so much of the common room; False where it is full, and `who` goes on alone."""
        async with self._turn:
            while self.free < size and self.alone is not None:
                self._freed.clear()
                await self._freed.wait()
            if self.free < size:
                self.alone = who
                return False
            self.free -= size
            return True
