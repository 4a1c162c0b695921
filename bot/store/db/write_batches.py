"""Small writes of many senders in one transaction: what comes while one is under way goes next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 64
"""So many are written in one transaction."""


class BatchedWrites(Generic[Item, Result]):
    """Gathers items and has them written; each caller waits until its own is committed.

    An error of the transaction is every caller's of that batch: nothing of it was written.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Write one item and return its result."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            (written,) = await asyncio.gather(
                self._write([item for item, _ in batch]), return_exceptions=True
            )
            for place, (_, done) in enumerate(batch):
                if done.done():
                    continue
                if isinstance(written, BaseException):
                    done.set_exception(written)
                else:
                    done.set_result(written[place])
