"""Periodic work: one APScheduler job for each ticker, which never overlaps itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

DRAIN_SECONDS = 5.0
"""The time that stopping waits for a running tick; the rest is done after the next start."""

log = structlog.get_logger(__name__)


class Ticker:
    """Calls `tick` at the start and then every `seconds`; an error is logged and not raised."""

    def __init__(self, tick: Callable[[], Awaitable[None]], seconds: float) -> None:
        self._tick = tick
        self._seconds = seconds
        self._ticking: asyncio.Future[None] | None = None
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each skipped tick
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Start ticking; needs a running event loop."""
        self._scheduler.add_job(
            self._guarded,
            "interval",
            seconds=self._seconds,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking; a running tick has DRAIN_SECONDS to end."""
        self._scheduler.remove_all_jobs()
        if ticking := self._ticking:
            await asyncio.wait([ticking], timeout=DRAIN_SECONDS)
            ticking.cancel()
            await asyncio.gather(ticking, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _guarded(self) -> None:
        self._ticking = asyncio.ensure_future(self._tick())
        try:
            await self._ticking
        except asyncio.CancelledError:
            log.warning("a periodic job was cancelled")
        except Exception:
            log.exception("a periodic job failed; it runs again at the next tick")
        finally:
            self._ticking = None
