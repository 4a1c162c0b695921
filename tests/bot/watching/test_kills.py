"""kill -9 of a real process while it works on an alert: the next one sends it once."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta

from bot.store import Store
from tests.bot.watching.test_alerts import SEIZED, WatchDesk
from tests.fakes.doomed_watcher import MOMENTS


async def test_an_alert_is_sent_once_whenever_its_process_is_killed(
    store: Store, database_url: str
) -> None:
    desk = WatchDesk(store)
    channel = await desk.watch()
    desk.clock.forward(seconds=10)
    await desk.publish(*SEIZED)
    for moment in MOMENTS:
        desk.clock.now += timedelta(seconds=10)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.fakes.doomed_watcher"),
            *(moment, database_url, desk.clock().isoformat()),
        )
        assert await process.wait() == -signal.SIGKILL
        assert desk.telegram.sent == []
    for _ in range(3):
        await desk.tick(minutes=1)
    assert len(desk.telegram.sent) == 1
    assert len(await store.digests.history(channel.id)) == 1
