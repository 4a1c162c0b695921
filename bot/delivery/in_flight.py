"""What is on its way: messages in any second, and messages that are not answered yet."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

SECOND = 1.0
HANGING = 2.0
"""A request that takes longer than this no longer counts: it has arrived or it hangs."""

PATIENCE = 0.5
"""How long in seconds a message waits at most for the answers to those before it."""


class InFlightWindow:
    """Lets at most `most` messages a second through, or any number if it is None.

    It counts answers, which come after the arrival: a pace spaces out departures, but messages may
    catch up with each other on the way.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._begun: dict[object, float] = {}
        self._answered: deque[float] = deque()

    async def room(self) -> None:
        """Wait until there is room, without taking it."""
        wait = self._until_room(time.monotonic())
        while wait > 0:
            await asyncio.sleep(wait)
            wait = self._until_room(time.monotonic())

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for room, then hold it until one second after the answer."""
        await self.room()
        message = object()
        self._begun[message] = time.monotonic()
        try:
            yield
        finally:
            del self._begun[message]
            if self._most is not None:
                self._answered.append(time.monotonic())

    def _until_room(self, now: float) -> float:
        if self._most is None:
            return 0.0
        while self._answered and self._answered[0] <= now - SECOND:
            self._answered.popleft()
        moving = sum(begun > now - HANGING for begun in self._begun.values())
        if moving + len(self._answered) < self._most:
            return 0.0
        oldest = self._answered[0] + SECOND - now if self._answered else SECOND
        return max(0.001, min(oldest, 0.05))


class FewUnanswered:
    """Lets a message begin when those before it are answered, or PATIENCE after it came.

    So a crash leaves one message without an answer. Where answers take longer than the pace allows,
    several are on their way at once, as many as the pace needs.
    """

    def __init__(self) -> None:
        self._next = asyncio.Lock()
        self._unanswered: set[object] = set()
        self._answered = asyncio.Event()
        self._answered.set()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait until the messages before are answered; the block lasts until the answer."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        message = object()
        async with self._next:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    await self._answered.wait()
            self._unanswered.add(message)
            self._answered.clear()
        hangs = loop.call_later(HANGING, self._end, message)
        try:
            yield
        finally:
            hangs.cancel()
            self._end(message)

    def _end(self, message: object) -> None:
        self._unanswered.discard(message)
        if not self._unanswered:
            self._answered.set()
