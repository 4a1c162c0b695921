"""One request at a time for each host."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class HostLocks:
    """Whoever wants to ask a host waits until those before are done; nothing is kept of a host
    that nobody asks."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(self, host: str) -> AsyncIterator[None]:
        """Hold the host."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        self._users[host] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[host] -= 1
            if not self._users[host]:
                del self._users[host], self._locks[host]
