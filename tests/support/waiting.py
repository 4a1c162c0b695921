"""Waiting for a condition without a fixed pause."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable

PATIENCE = 60.0
"""Seconds after which a waiting test fails."""


async def until(holds: Callable[[], bool]) -> None:
    """Let other tasks run until the condition holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.001)


def slowdown() -> float:
    """How many times longer than alone a process takes here now: the load for each core."""
    return max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """As `until`, for a condition that has to be asked for."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():  # noqa: ASYNC110 - a database tells nobody
            await asyncio.sleep(0.01)
