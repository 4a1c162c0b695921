"""Work that computes for long leaves the event loop free for others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime

from bot.briefing_builder import BriefingBuilder
from bot.models import Bullet, Topic
from bot.store import Store
from summarizer.briefing import BriefingRequest
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.ranking import Ranked
from tests.support.builders import DAY, NOW, a_score, a_topic, ago, an_article
from tests.support.news import stored

BUSY_SECONDS = 1.5


class SlowSummarizer(ExtractiveSummarizer):
    """Computes for a while before it writes."""

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        until = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < until:
            sum(range(1000))
        return await super().bullets(topic, stories, limit=limit, read_at=read_at)


async def longest_wait(until: asyncio.Task[object]) -> float:
    """The longest time for which the loop did not come round."""
    longest = 0.0
    while not until.done():
        began = time.monotonic()
        await asyncio.sleep(0.001)
        longest = max(longest, time.monotonic() - began)
    return longest


async def test_a_briefing_that_takes_a_second_does_not_hold_the_event_loop(
    sqlite_store: Store,
) -> None:
    title = "Pipeline in Oran shuts after a blast"
    text = f"{title}, the ministry said on Monday. It gave no reason."
    await stored(
        sqlite_store,
        an_article(
            title, text, published_at=ago(hours=1), topics=[a_score("energy")], story_id="s1"
        ),
    )
    builder = BriefingBuilder(sqlite_store, SlowSummarizer())
    request = BriefingRequest((a_topic("energy"),), DAY, 5, "UTC")
    building = asyncio.create_task(builder.make(request, channel_id=None, now=NOW))
    assert await longest_wait(building) < BUSY_SECONDS * 0.7
    assert (await building).bullets
