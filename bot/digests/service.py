"""The daily digests: opening and preparing, sending, and recovery, each in its own loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.operator_notices import NoticeWriter, numbered
from bot.delivery.recovery import Recovery
from bot.digests.due import open_due
from bot.digests.prepare import Preparer
from bot.digests.timezone_changes import recompute
from bot.scheduler import Ticker
from bot.store import OperatorNotice, Store

MAINTENANCE_SECONDS = 24 * 3600.0

UPDATES_KEPT = timedelta(days=3)
"""How long updates are remembered; platforms deliver an update again for at most a day."""


@dataclass(frozen=True, slots=True)
class Digests:
    """The daily digests of every channel; any number of these may run on one database."""

    store: Store
    preparer: Preparer
    recovery: Recovery
    lanes: Dispatcher
    notices: NoticeWriter
    clock: Callable[[], datetime]
    late_limit: timedelta

    async def tick(self) -> None:
        """Do all work that is due now, once and in order."""
        await self.recovery.recover()
        await self.open_and_prepare()
        while await self.lanes.send_ready():
            await self.open_and_prepare()
        await self.notices.flush()

    async def open_and_prepare(self) -> None:
        """Open the digests that are due, and store their parts."""
        now = self.clock()
        while await open_due(self.store, now, self.late_limit, self._skipped):
            pass
        await self.preparer.prepare_pending(now)

    def _skipped(self, ids: Collection[int]) -> Sequence[OperatorNotice]:
        hours = self.late_limit / timedelta(hours=1)
        return self.notices.notices_for(f"{numbered(ids)} skipped: more than {hours:g} h late")

    async def run_maintenance(self) -> None:
        """Apply new time zone rules, and delete old updates and notices."""
        now = self.clock()
        await recompute(self.store, now)
        await self.store.inbox.forget(now - UPDATES_KEPT)
        await self.notices.forget()


class DigestLoops:
    """The loops of the digests and the tickers beside them, from start to stop."""

    def __init__(self, digests: Digests, tick_seconds: float, *others: Ticker) -> None:
        self._lanes = digests.lanes
        self._tickers = [
            *others,
            Ticker(digests.open_and_prepare, tick_seconds),
            Ticker(digests.recovery.recover, tick_seconds),
            Ticker(digests.notices.flush, tick_seconds),
            Ticker(digests.run_maintenance, MAINTENANCE_SECONDS),
        ]

    def start(self) -> None:
        """Start the loops; needs a running event loop."""
        for ticker in self._tickers:
            ticker.start()
        self._lanes.start()

    async def stop(self) -> None:
        """Stop the loops, and wait some seconds for running work."""
        await asyncio.gather(self._lanes.stop(), *(each.stop() for each in self._tickers))
