"""Never more than so many messages in any second, as the platform's own clock sees them arrive."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

SECOND = 1.0
HANGING = 2.0
"""A request that takes longer has arrived by now, or hangs: it stops nobody else any more."""


class Window:
    """Lets `most` messages a second through, counted from the answers: they come after arrival.

    A pace alone spaces out how messages leave; on the way some catch up with others.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: dict[object, float] = {}
        self._answered: deque[float] = deque()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for room, then hold it while the message is on its way and a second longer."""
        wait = self._until_room(time.monotonic())
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._until_room(time.monotonic())
        message = object()
        self._begun[message] = time.monotonic()
        try:
            yield
        finally:
            del self._begun[message]
            self._answered.append(time.monotonic())

    def _until_room(self, now: float) -> float:
        while self._answered and self._answered[0] <= now - SECOND:
            self._answered.popleft()
        moving = sum(begun > now - HANGING for begun in self._begun.values())
        if moving + len(self._answered) < self._most:
            return 0.0
        oldest = self._answered[0] + SECOND - now if self._answered else SECOND
        return max(0.001, min(oldest, 0.05))
