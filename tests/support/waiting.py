"""Waiting for what happens elsewhere, and for nothing longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds after which a test fails that would wait for ever."""


async def until(holds: Callable[[], bool]) -> None:
    """Let others go on until it holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.001)
