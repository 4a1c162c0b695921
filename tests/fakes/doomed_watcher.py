"""A process that looks for alerts and is killed with SIGKILL right after one of its writes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.store import Store

FOUND, STORED = MOMENTS = ("found", "stored")


def dying(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The call, after which the process is no more."""

    async def last(*given: Any, **named: Any) -> Any:
        await call(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return last


async def main(moment: str, url: str, now: datetime) -> None:
    from tests.bot.watching.test_alerts import WatchDesk

    store = Store.open(url)
    alerts: Any = store.alerts
    if moment == FOUND:
        alerts.add = dying(alerts.add)
    else:
        alerts.send = dying(alerts.send)
    desk = WatchDesk(store)
    desk.clock.now = now
    await desk.watching.tick()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3])))
