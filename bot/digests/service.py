"""One tick of the clock: open what is due, prepare it, send what is ready."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.digests.delivery import Sender
from bot.digests.due import open_due
from bot.digests.prepare import Preparer
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Digests:
    """The daily digests of every channel. A tick may be repeated, late or doubled without harm."""

    store: Store
    preparer: Preparer
    sender: Sender
    clock: Callable[[], datetime]
    late_limit: timedelta
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Do all that the present instant asks for."""
        async with self._one_at_a_time:
            now = self.clock()
            await open_due(self.store, now, self.late_limit)
            await self.preparer.prepare_pending(now)
            await self.sender.recover()
            await self.sender.send_ready()
