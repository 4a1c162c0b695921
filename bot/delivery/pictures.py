"""Fills the parts of pictures, one at a time, while the texts of other digests are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.errors import StoreError
from bot.languages import marked
from bot.log import get_logger
from bot.models import Delivery
from bot.store import Store

MADE_SECONDS = 20.0
"""How long a picture may take once it is its turn; its part is left out then."""

HELD_FOR = timedelta(minutes=1)
"""After so long a part is claimed again: the process that was to fill it may have died."""

NO_PICTURE = marked("there was no chart to show")

Make = Callable[[Delivery], Awaitable[str | None]]
"""Returns the payload of a part; None if there is nothing to show."""

log = get_logger(__name__)


async def no_picture(_: Delivery) -> str | None:
    """For processes that make none."""
    return None


class PictureFilling:
    """Fills parts in the background; each holds up neither other digests nor a worker."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        wake: Callable[[], None],
        make: Make = no_picture,
    ) -> None:
        self.make = make
        self._store = store
        self._clock = clock
        self._wake = wake
        self._turn = asyncio.Semaphore(1)
        self._filling: dict[int, asyncio.Task[None]] = {}

    async def begin(self, delivery: Delivery) -> None:
        """Let a claimed part wait, and fill it in the background."""
        await self._store.deliveries.release(delivery, self._clock() + HELD_FOR)
        if delivery.id not in self._filling:
            task = asyncio.create_task(self._fill(delivery))
            self._filling[delivery.id] = task
            task.add_done_callback(lambda _: self._filling.pop(delivery.id, None))

    async def settled(self) -> bool:
        """Wait for all that were begun; whether there were any."""
        tasks = [*self._filling.values()]
        await asyncio.gather(*tasks, return_exceptions=True)
        return bool(tasks)

    async def stop(self) -> None:
        """End what is being filled: it is filled after the next start."""
        for task in self._filling.values():
            task.cancel()
        await self.settled()

    async def _fill(self, delivery: Delivery) -> None:
        deliveries = self._store.deliveries
        try:
            async with self._turn:
                payload = await self._made(delivery)
            if payload is None:
                await deliveries.leave_out(delivery, NO_PICTURE, self._clock())
            else:
                await deliveries.fill(delivery, payload)
            self._wake()
        except StoreError as error:
            log.warning(
                "a picture waits for the database", digest=delivery.digest_id, error=str(error)
            )

    async def _made(self, delivery: Delivery) -> str | None:
        try:
            async with asyncio.timeout(MADE_SECONDS):
                return await self.make(delivery)
        except Exception:
            log.exception("a digest has no picture", digest=delivery.digest_id)
            return None
