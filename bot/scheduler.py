"""Periodic work: one APScheduler job for each ticker, which never overlaps itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.job import Job
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import BriefbotError
from bot.health import Health
from bot.log import get_logger

STALLED_TICKS, STALLED_SECONDS = 5, 300.0
"""A ticker counts as stalled after this many intervals, but not before this many seconds."""

RETRY_SECONDS = 60.0
"""After a failed tick the next one comes within this time."""

DRAIN_SECONDS = 5.0
"""The time that stopping waits for a running tick; the rest is done after the next start."""

log = get_logger(__name__)


class Ticker:
    """Calls `tick` at the start and then every `seconds`; an error is logged and not raised.

    After an error it is called again within RETRY_SECONDS.

    `name` is what it is called in `health`; it counts as stalled if no tick has ended for
    `patience` seconds.
    """

    def __init__(
        self,
        tick: Callable[[], Awaitable[None]],
        seconds: float,
        name: str = "",
        health: Health | None = None,
        *,
        patience: float | None = None,
    ) -> None:
        self._tick = tick
        self._seconds = seconds
        self._name = name or getattr(tick, "__qualname__", "a ticker")
        self._health = health or Health()
        self._patience = patience or max(STALLED_TICKS * seconds, STALLED_SECONDS)
        self._ticking: asyncio.Future[None] | None = None
        self._job: Job | None = None
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of each skipped tick
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Start ticking; needs a running event loop."""
        self._job = self._scheduler.add_job(
            self._guarded,
            "interval",
            seconds=self._seconds,
            next_run_time=datetime.now(UTC),
        )
        self._scheduler.start()
        self._health.working(self._name, within=self._patience)

    async def stop(self) -> None:
        """Stop ticking; a running tick has DRAIN_SECONDS to end."""
        self._scheduler.remove_all_jobs()
        self._health.remove(self._name)
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
            self._health.working(self._name, within=self._patience)
        except asyncio.CancelledError:
            log.warning("a periodic job was cancelled")
        except BriefbotError as error:
            self._failed(str(error))
        except Exception as error:
            seconds = min(self._seconds, RETRY_SECONDS)
            log.exception(f"a periodic job failed; again within {seconds:g} s", job=self._name)
            self._failed(str(error) or type(error).__name__)
        finally:
            self._ticking = None

    def _failed(self, reason: str) -> None:
        self._health.failed(self._name, reason)
        if self._job is not None and self._seconds > RETRY_SECONDS:
            with suppress(JobLookupError):  # it is stopping
                self._job.modify(next_run_time=datetime.now(UTC) + timedelta(seconds=RETRY_SECONDS))
