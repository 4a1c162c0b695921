"""The picture of a weekly digest, as a part of its own after the others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.build_cache import BuildCache
from bot.languages import speaking
from bot.log import get_logger
from bot.models import PICTURES_OFF, Topic
from bot.render.charts.payload import picture_payload
from bot.render.charts.trend_words import PANELS, picture_of
from bot.store import DigestRequest, Store
from bot.trends.counting import WEEK, TrendCounter

COUNTED_SECONDS = 20.0
"""How long counting may take; a digest waits no longer for its picture."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WeeklyPictures:
    """Makes the parts; whatever fails, the digest is sent without one."""

    store: Store

    async def part(
        self,
        wanted: DigestRequest,
        topics: tuple[Topic, ...],
        now: datetime,
        language: str,
        shared: BuildCache,
    ) -> tuple[str, ...]:
        """Return the part, or none: of a daily digest, a filtered one, and one that wants none."""
        subscription = wanted.subscription
        wants = subscription.weekly and wanted.channel.pictures != PICTURES_OFF
        if not wants or subscription.filter:
            return ()
        names = tuple((each.name, each.channel_id) for each in topics)
        key = names, subscription.timezone, language
        try:
            async with asyncio.timeout(COUNTED_SECONDS):
                with speaking(language):
                    return await shared.pictures.get(
                        key, lambda: self._made(topics[:PANELS], subscription.timezone, now)
                    )
        except Exception:
            log.exception("a digest has no picture", digest_of=subscription.id)
            return ()

    async def _made(self, topics: tuple[Topic, ...], zone: str, now: datetime) -> tuple[str, ...]:
        counter = TrendCounter(self.store)
        trends = [await counter.trend(each, WEEK, zone, now) for each in topics]
        picture = picture_of(trends)
        return (picture_payload(picture),) if picture else ()
