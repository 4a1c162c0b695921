"""Whose body is being read, and what becomes of a process that takes long with one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.ingest.worker.process import WorkerProcess


class ReadSlot:
    """The right to have a body read; `aside` is the process that took too long with it.

    There is a `place` aside for one process: while it is taken, the next is waited for.
    """

    def __init__(
        self, patience: float, place: asyncio.Lock, set_aside: Callable[[WorkerProcess], None]
    ) -> None:
        self.line: WorkerProcess | None = None
        self.aside: WorkerProcess | None = None
        self._patience = patience
        self._place = place
        self._set_aside = set_aside
        self._watching: asyncio.Task[None] | None = None

    def begin(self, line: WorkerProcess) -> None:
        """From now on this process reads the body."""
        self.line = line
        if self.aside is None:
            self._watching = asyncio.create_task(self._watch(line))

    def end(self) -> None:
        """The process reads it no more."""
        if self._watching:
            self._watching.cancel()

    async def _watch(self, line: WorkerProcess) -> None:
        await asyncio.sleep(self._patience)
        await self._place.acquire()
        self.aside = line
        self._set_aside(line)
