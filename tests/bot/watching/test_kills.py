"""kill -9 of a real process while it works on an alert: the next one sends it once."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import timedelta

from bot.store import Store
from bot.store.articles.story_placement import StoryPlacement
from tests.bot.watching.test_alerts import SEIZED, WatchDesk
from tests.fakes.doomed_watcher import MOMENTS
from tests.support.builders import an_article


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


async def test_processes_side_by_side_send_each_alert_once_and_no_more_than_the_day_has(
    store: Store, database_url: str
) -> None:
    other = Store.open(database_url)
    try:
        desks = [WatchDesk(each, a_day=3) for each in (store, other)]
        channel = await desks[0].watch()
        arrived = desks[0].clock() + timedelta(seconds=10)
        await store.articles.add_many(
            [
                (
                    an_article(
                        f"Navy finds mine number {number} in the Strait of Karsova",
                        published_at=arrived,
                        fetched_at=arrived,
                    ),
                    StoryPlacement(f"s{number}", f"Mine {number}"),
                )
                for number in range(8)
            ]
        )
        for desk in desks:
            desk.clock.now = arrived
        await asyncio.gather(*(desk.watching.tick() for desk in desks))
        digests = await store.digests.history(channel.id)
        told = {each.briefing_id for each in digests}
        assert (len(digests), len(told)) == (3, 3)
    finally:
        await other.close()
