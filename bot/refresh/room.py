"""Room for what strangers send: so many bytes are held at once, until they have been read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

MOST = 32 * 1024 * 1024
"""Bytes of large bodies that are held at once; small ones need no room, see fetch_waits."""


class Room:
    """Who wants room waits, first come, first served. Never ask for room while holding some."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._free = most
        self._turn = asyncio.Lock()
        self._freed = asyncio.Event()

    @asynccontextmanager
    async def share(self) -> AsyncIterator[Callable[[int], Awaitable[None]]]:
        """Gives what takes room, in bytes; all that it took is free again when the block ends."""
        taken = 0

        async def take(size: int) -> None:
            nonlocal taken
            fitting = min(size, self._most)
            await self._take(fitting)
            taken += fitting

        try:
            yield take
        finally:
            self._free += taken
            self._freed.set()

    async def _take(self, size: int) -> None:
        async with self._turn:
            while self._free < size:
                self._freed.clear()
                await self._freed.wait()
            self._free -= size
