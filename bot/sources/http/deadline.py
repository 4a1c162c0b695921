"""Waiting that costs a request none of its own time: for its turn at a host, and for room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext

SMALL = 256 * 1024
"""A body of so many bytes needs no room."""

Turn = Callable[[str], AbstractAsyncContextManager[None]]
"""Waits until the host may be asked, and holds it."""

MoreRoom = Callable[[int], Awaitable[None]]
"""Waits until a body may grow to so many bytes."""


def any_turn(_: str) -> AbstractAsyncContextManager[None]:
    """The turn of who need not wait."""
    return nullcontext()


async def any_room(_: int) -> None:
    """The room of who may hold what comes."""


class PausableDeadline:
    """What a request waits for, while its limit stands still."""

    def __init__(self, limit: asyncio.Timeout, turn: Turn, room: MoreRoom) -> None:
        self._limit = limit
        self._turn = turn
        self._room = room

    @asynccontextmanager
    async def lock(self, host: str) -> AsyncIterator[None]:
        """Hold the host."""
        async with AsyncExitStack() as held:
            async with self._unhurried():
                await held.enter_async_context(self._turn(host))
            yield

    async def room(self, size: int) -> None:
        """Have room for a body of so many bytes."""
        async with self._unhurried():
            await self._room(size)

    @asynccontextmanager
    async def _unhurried(self) -> AsyncIterator[None]:
        now = asyncio.get_running_loop().time
        end, began = self._limit.when(), now()
        self._limit.reschedule(None)
        try:
            yield
        finally:
            if end is not None:
                self._limit.reschedule(end + now() - began)
