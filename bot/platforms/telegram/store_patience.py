"""How long polling waits for the database: an update is stored before the next one is fetched."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

USUAL_SECONDS = 5.0
"""The time that the database has for one call."""

HUNG_SECONDS = 0.5
"""The same while it hangs, so that the updates behind do not wait long."""

PROBE_SECONDS = 10.0
"""How often a database that hangs is given the usual time: one that is only slow needs it."""


@dataclass(slots=True)
class StorePatience:
    """Bounds the database calls of one poller; `seconds` is a monotonic clock."""

    seconds: Callable[[], float] = time.monotonic
    _probe_at: float | None = None
    """When a database that hangs is given the usual time again; None for one that works."""

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """Cancel the block after the time that the database has; raises TimeoutError then."""
        allowed = self._allowed()
        try:
            async with asyncio.timeout(allowed):
                yield
        except TimeoutError:
            if allowed == USUAL_SECONDS:
                self._probe_at = self.seconds() + PROBE_SECONDS
            raise
        self._probe_at = None

    def _allowed(self) -> float:
        hangs = self._probe_at is not None and self.seconds() < self._probe_at
        return HUNG_SECONDS if hangs else USUAL_SECONDS
