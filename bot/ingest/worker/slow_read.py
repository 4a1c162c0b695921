"""The right to read one body, and setting aside a process that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.ingest.worker.process import WorkerProcess


class ReadSlot:
    """The right to read one body; `aside` is the process that took too long with it.

    `place` is a lock: only one process is set aside at a time.
    """

    def __init__(
        self, patience: float, place: asyncio.Lock, set_aside: Callable[[WorkerProcess], None]
    ) -> None:
        self.worker: WorkerProcess | None = None
        self.aside: WorkerProcess | None = None
        self._patience = patience
        self._place = place
        self._set_aside = set_aside
        self._watching: asyncio.Task[None] | None = None

    def begin(self, worker: WorkerProcess) -> None:
        """Start reading the body in this process."""
        self.worker = worker
        if self.aside is None:
            self._watching = asyncio.create_task(self._watch(worker))

    def end(self) -> None:
        """Stop watching the process."""
        if self._watching:
            self._watching.cancel()

    async def _watch(self, worker: WorkerProcess) -> None:
        await asyncio.sleep(self._patience)
        await self._place.acquire()
        self.aside = worker
        self._set_aside(worker)
