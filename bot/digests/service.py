"""The daily digests: opening and preparing, sending, and recovery, each in its own loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.notice_texts import not_sent
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.recovery import Recovery
from bot.digests.due import open_due
from bot.digests.prepare import Preparer
from bot.digests.timezone_changes import recompute
from bot.health import Health
from bot.log import get_logger
from bot.models import DigestName
from bot.scheduler import Ticker
from bot.store import Ages, OperatorNotice, Store

log = get_logger(__name__)

MAINTENANCE_SECONDS = 24 * 3600.0

OUTAGES_KEPT = timedelta(days=90)
"""How long a refused installation is probed."""

BUTTONS_KEPT = timedelta(days=90)
"""How long what is too long for a button is kept after it was last shown."""

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
    kept: Ages = field(default_factory=Ages)

    @property
    def installations(self) -> Installations:
        """The bots and workspaces that are paused."""
        return self.recovery.outcomes.installations

    async def tick(self) -> None:
        """Do all work that is due now, once and in order."""
        await self.installations.probe_due()
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

    def _skipped(self, late: Sequence[DigestName], count: int) -> Sequence[OperatorNotice]:
        hours = self.late_limit / timedelta(hours=1)
        lines = not_sent(late, count, "was skipped", f"more than {hours:g} h late")
        return [each for line in lines for each in self.notices.notices_for(line, kind="skipped")]

    async def run_maintenance(self) -> None:
        """Apply new time zone rules, and delete old updates, notices and buttons."""
        now = self.clock()
        await recompute(self.store, now)
        await self.store.inbox.forget(now - UPDATES_KEPT)
        await self.store.button_commands.forget(now - BUTTONS_KEPT)
        await self.notices.forget()
        await self.store.spending.forget_shares(now)
        await self.store.outages.forget(now - OUTAGES_KEPT)
        if self.kept.any:
            pruned = await self.store.retention.prune(self.kept, now)
            log.info("old rows deleted", **asdict(pruned))


class DigestLoops:
    """The loops of the digests and the tickers beside them, from start to stop."""

    def __init__(
        self,
        digests: Digests,
        tick_seconds: float,
        *others: Ticker,
        health: Health | None = None,
    ) -> None:
        self._lanes = digests.lanes
        jobs = {
            "digest preparation": digests.open_and_prepare,
            "delivery recovery": digests.recovery.recover,
            "installation probes": digests.installations.probe_due,
            "operator notices": digests.notices.flush,
        }
        self._tickers = [
            *others,
            *(Ticker(job, tick_seconds, name, health) for name, job in jobs.items()),
            Ticker(digests.run_maintenance, MAINTENANCE_SECONDS, "maintenance", health),
        ]

    def start(self) -> None:
        """Start the loops; needs a running event loop."""
        for ticker in self._tickers:
            ticker.start()
        self._lanes.start()

    async def stop(self) -> None:
        """Stop the loops, and wait some seconds for running work."""
        await asyncio.gather(self._lanes.stop(), *(each.stop() for each in self._tickers))
