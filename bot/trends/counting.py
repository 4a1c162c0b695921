"""Stored articles of some weeks → what was covered, and what rises."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.models import Article, Report, Topic, Trend, Window
from bot.store import Store
from summarizer.rising.finding import coverage
from summarizer.topics.scorer import TopicScorer

WEEK, MONTH = 7, 30
"""The days that can be asked for."""

EARLIER = {WEEK: 28, MONTH: 30}
"""The days before, with which they are compared."""

MOST_REPORTS, MOST_OF_OWN = 10_000, 400
"""Articles that are read of a topic, the newest; of a chat's own topic they are searched for."""

OPENING = 200
"""Characters of a text that are read."""

PLACES, RISING = 6, 5

KEPT, KEPT_FOR = 50, timedelta(minutes=1)
"""Counts that are kept, and for how long: a busy topic takes seconds."""


class TrendCounter:
    """Counts, one topic at a time, for whoever asks; it stores and sends nothing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._turn = asyncio.Semaphore(1)
        self._kept: OrderedDict[tuple[object, ...], tuple[datetime, Trend]] = OrderedDict()

    async def trend(self, topic: Topic, days: int, zone: str, now: datetime) -> Trend:
        """Return the coverage of a topic, as it was counted at most KEPT_FOR ago."""
        key = topic.name, topic.channel_id, tuple(topic.terms), days, zone
        async with self._turn:
            kept = self._kept.get(key)
            if kept is None or not timedelta(0) <= now - kept[0] < KEPT_FOR:
                kept = self._kept[key] = now, await self._count(topic, days, zone, now)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            return kept[1]

    async def _count(self, topic: Topic, days: int, zone: str, now: datetime) -> Trend:
        """Return the coverage of a topic in the last `days` days of the zone, today included.

        The days before are fewer where less is stored. Both are fewer where more articles are
        stored than are read: no count is one of a sample, except that of today.
        """
        today = now.astimezone(ZoneInfo(zone)).date()
        asked = today - timedelta(days=days - 1)
        first = asked - timedelta(days=EARLIER[days])
        window = Window(_opening(first, zone), now)
        oldest = await self.store.reading.oldest(window)
        reports, read = await self._reports(topic, window)
        span = _span(oldest, read, first, asked, today, zone)
        withdrawn = {each.article_id for each in await self.store.withdrawals.quotes()}
        return await asyncio.to_thread(_counted, topic, reports, span, zone, withdrawn)

    async def _reports(self, topic: Topic, window: Window) -> tuple[list[Report], _Read | None]:
        """The articles, newest first, and how far they were read if these are not all."""
        if topic.channel_id is None:
            found = await self.store.reading.reports(
                topic.name, window, limit=MOST_REPORTS, opening=OPENING
            )
            return found, _read(found, MOST_REPORTS)
        search = self.store.search
        near = await search.matching(tuple(topic.terms), window, limit=MOST_OF_OWN)
        return await asyncio.to_thread(_on_topic, topic, near), _read(near, MOST_OF_OWN)


class _Read(NamedTuple):
    """How many articles were read, and when the oldest of them was published."""

    many: int
    oldest: datetime


class _Span(NamedTuple):
    """The days that are counted, as in a Trend; `start` is the first of those before."""

    start: date
    since: date
    today: date
    begun: date | None
    read: int


def _read(found: Sequence[Article | Report], limit: int) -> _Read | None:
    if len(found) < limit:
        return None
    return _Read(len(found), min(each.published_at for each in found))


def _span(
    oldest: datetime | None, read: _Read | None, first: date, asked: date, today: date, zone: str
) -> _Span:
    """Leave out the days before the oldest stored article, and those that were not read whole."""
    begun = min(today, _day(oldest, zone)) if oldest else first
    start = max(first, begun)
    if read is not None:
        while start < today and _opening(start, zone) <= read.oldest:
            start += timedelta(days=1)
    since = max(asked, start)
    cut = read is not None and _opening(asked, zone) <= read.oldest
    return _Span(
        start, since, today, begun if begun > first else None, read.many if read and cut else 0
    )


def _on_topic(topic: Topic, articles: Sequence[Article]) -> list[Report]:
    scorer = TopicScorer([topic])
    return [
        Report(
            each.id,
            each.title,
            each.text[:OPENING],
            each.source,
            each.url,
            each.published_at,
            each.story_id,
        )
        for each in articles
        if scorer.score(each.title, each.text, each.summary)
    ]


def _counted(
    topic: Topic,
    reports: Sequence[Report],
    span: _Span,
    zone: str,
    withdrawn: Collection[str],
) -> Trend:
    start, since, today = span.start, span.since, span.today
    of_day = [(_day(each.published_at, zone), each) for each in reports]
    stories = defaultdict[date, set[str]](set)
    for day, each in of_day:
        stories[day].add(each.story_id or each.id)
    days = [start + timedelta(days=place) for place in range((today - start).days + 1)]
    now = [each for day, each in of_day if since <= day <= today]
    before = [each for day, each in of_day if start <= day < since]
    places, rising = coverage(now, before, places=PLACES, risers=RISING, withdrawn=withdrawn)
    return Trend(
        topic=topic,
        days=tuple((day, len(stories[day])) for day in days),
        since=since,
        articles=len(now),
        earlier=len(before),
        stories=len({each.story_id or each.id for each in now}),
        places=places,
        rising=rising,
        begun=span.begun,
        read=span.read,
    )


def _day(instant: datetime, zone: str) -> date:
    """The day in the zone; midnight in UTC stands for a day without a time."""
    at = instant.astimezone(UTC)
    return at.date() if at.time() == time() else at.astimezone(ZoneInfo(zone)).date()


def _opening(day: date, zone: str) -> datetime:
    """The first instant that `_day` may count among a day: its midnight in the zone or in UTC."""
    there = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    return min(there, datetime.combine(day, time(), UTC))
