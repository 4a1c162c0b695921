"""The picture of a weekly digest, as a part of its own after the others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.digests.contents import Contents
from bot.languages import speaking
from bot.models import PICTURES_OFF, Delivery, Picture, Topic
from bot.render.charts.payload import is_in_thread, picture_payload
from bot.render.charts.trend_words import PANELS, picture_of
from bot.store import DigestRequest, Store
from bot.trends.counting import WEEK, TrendCounter

AGAIN_AFTER = timedelta(minutes=10)
"""How long topics that could not be counted are not counted again."""

FAILURES = 100
"""Failures that are remembered."""

Key = tuple[tuple[tuple[str, int | None], ...], str]


def has_picture(wanted: DigestRequest) -> bool:
    """Whether a digest ends with one: a weekly one without a filter whose chat wants it."""
    subscription = wanted.subscription
    wants = subscription.weekly and wanted.channel.pictures != PICTURES_OFF
    return wants and not subscription.filter


@dataclass(frozen=True, slots=True)
class WeeklyPictures:
    """Counts and draws when the texts of a digest were sent. `language` is the bot's usual one."""

    store: Store
    contents: Contents
    counter: TrendCounter
    clock: Callable[[], datetime]
    language: str
    _failed: OrderedDict[Key, datetime] = field(init=False, default_factory=OrderedDict)

    async def payload(self, delivery: Delivery) -> str | None:
        """Return the payload of a digest's picture; None where nothing was reported.

        Where the details of a digest are in its thread, so is its picture.
        """
        digest = await self.store.digests.get(delivery.digest_id)
        number = digest.subscription_id if digest else None
        if number is None:
            return None
        wanted = (await self.store.digest_requests.for_subscriptions([number])).get(number)
        if wanted is None or not has_picture(wanted):
            return None
        topics = self.contents.topics_of(wanted)[:PANELS]
        with speaking(wanted.channel.speaks(self.language)):
            picture = await self._counted(topics, wanted.subscription.timezone)
        if picture is None:
            return None
        parts = await self.store.deliveries.of_digest(delivery.digest_id)
        return picture_payload(picture, in_thread=any(is_in_thread(each.payload) for each in parts))

    async def _counted(self, topics: tuple[Topic, ...], zone: str) -> Picture | None:
        now = self.clock()
        key = tuple((each.name, each.channel_id) for each in topics), zone
        failed = self._failed.get(key)
        if failed is not None and now - failed < AGAIN_AFTER:
            return None
        self._failed[key] = now
        while len(self._failed) > FAILURES:
            self._failed.popitem(last=False)
        trends = [await self.counter.trend(each, WEEK, zone, now) for each in topics]
        picture = picture_of(trends)
        del self._failed[key]
        return picture
