"""Groups small writes into one transaction: those that arrive during one go into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 64
"""The most items in one transaction."""


class BatchedWrites(Generic[Item, Result]):
    """Gathers items and writes them; each caller waits until its item is committed.

    If the transaction fails, every caller of that batch gets the error: nothing was written.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Result]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Write one item; returns its result."""
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
