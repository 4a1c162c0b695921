"""The clock's side: one APScheduler job that looks what is due, and never overlaps itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger(__name__)


class Ticker:
    """Calls `tick` every `seconds`, at once when started; an error is logged and the next comes."""

    def __init__(self, tick: Callable[[], Awaitable[None]], seconds: float) -> None:
        self._tick = tick
        self._seconds = seconds
        self._idle = asyncio.Event()
        self._idle.set()
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each tick left out
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to tick; needs a running event loop."""
        self._scheduler.add_job(
            self._guarded,
            "interval",
            seconds=self._seconds,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and wait for a tick that is under way."""
        self._scheduler.remove_all_jobs()
        await self._idle.wait()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _guarded(self) -> None:
        self._idle.clear()
        try:
            await self._tick()
        except Exception:
            log.exception("the digest job failed; it is tried again at the next tick")
        finally:
            self._idle.set()
