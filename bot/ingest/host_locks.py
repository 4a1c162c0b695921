"""One request at a time for each host."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class HostLocks:
    """A lock for each host; hosts without users are forgotten."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: Counter[str] = Counter()

    @asynccontextmanager
    async def lock(self, host: str) -> AsyncIterator[None]:
        """Wait for the host and hold it."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        self._users[host] += 1
        try:
            async with lock:
                yield
        finally:
            self._users[host] -= 1
            if not self._users[host]:
                del self._users[host], self._locks[host]
