"""Keeps tasks running: background ones by restarting them, with back-off; all until a signal."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable

from bot.health import Health
from bot.log import get_logger

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

STEADY = 5.0
"""Seconds after which a restarted task counts as working."""

log = get_logger(__name__)


async def keep_running(
    name: str,
    run: Callable[[], Awaitable[None]],
    health: Health,
    *,
    stopping: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Run a task for ever: when it ends or raises, start it again after a pause.

    Returns only if `stopping` is true when the task ends. Cancelling cancels the task.
    """
    pause = FIRST_PAUSE
    health.working(name)
    while True:
        began = time.monotonic()
        steady = asyncio.get_running_loop().call_later(STEADY, health.working, name)
        try:
            await run()
            reason = "it ended without a reason"
        except Exception as error:
            log.exception("a background task failed", task=name)
            reason = str(error) or type(error).__name__
        finally:
            steady.cancel()
        if stopping():
            health.remove(name)
            return
        health.failed(name, reason)
        pause = FIRST_PAUSE if time.monotonic() - began > LONGEST_PAUSE else pause
        await sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def run_until_stopped(
    start: Callable[[], Awaitable[None]], stop: Callable[[], Awaitable[None]]
) -> None:
    """Start, wait for SIGINT or SIGTERM, stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        await start()
        await stopped.wait()
        log.info("stopping")
    finally:
        await stop()
