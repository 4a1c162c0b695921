"""Watches the event loop: how late it runs its timers, and where it stands while it is blocked."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
import traceback

from bot.health import Health
from bot.log import get_logger

NAME = "event loop"

BEAT_SECONDS = 0.5
BLOCKED_SECONDS = 5.0
"""The event loop counts as blocked if one callback takes longer than this."""

RED_SECONDS = 30.0
"""How long health shows that the event loop was blocked."""

log = get_logger(__name__)


class LoopWatch:
    """Measures the delay of the event loop; a thread logs the stack while the loop is blocked.

    `lag` is the latest delay in seconds.
    """

    def __init__(
        self,
        health: Health,
        *,
        beat_seconds: float = BEAT_SECONDS,
        blocked_seconds: float = BLOCKED_SECONDS,
        red_seconds: float = RED_SECONDS,
    ) -> None:
        self.lag = 0.0
        self._health = health
        self._beat_seconds = beat_seconds
        self._blocked_seconds = blocked_seconds
        self._red_seconds = red_seconds
        self._red_until = 0.0
        self._last_beat = 0.0
        self._loop_thread = 0
        self._beating: asyncio.Task[None] | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        """Start watching; needs a running event loop."""
        self._loop_thread = threading.get_ident()
        self._last_beat = time.monotonic()
        self._beating = asyncio.create_task(self._beat())
        threading.Thread(target=self._watch, daemon=True, name="loop watch").start()

    async def stop(self) -> None:
        """Stop watching."""
        self._stopped.set()
        self._health.remove(NAME)
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating

    async def _beat(self) -> None:
        while True:
            began = time.monotonic()
            await asyncio.sleep(self._beat_seconds)
            self._last_beat = time.monotonic()
            self.lag = max(0.0, self._last_beat - began - self._beat_seconds)
            if self.lag > self._blocked_seconds:
                self._red_until = self._last_beat + self._red_seconds
                self._health.failed(NAME, f"it was blocked for {self.lag:.1f} s")
            elif self._last_beat >= self._red_until:
                self._health.working(NAME)

    def _watch(self) -> None:
        """Log once where each blocked callback stands."""
        logged = 0.0
        while not self._stopped.wait(self._beat_seconds):
            beat = self._last_beat
            late = time.monotonic() - beat - self._beat_seconds
            if late > self._blocked_seconds and beat != logged:
                log.error("the event loop is blocked", stack=self._stack())
                logged = beat

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._loop_thread)  # noqa: SLF001 - documented by Python
        return "".join(traceback.format_stack(frame)[-8:]) if frame else ""
