"""New articles → the watches that they match; new articles of followed stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.models import Article, FoundAlert, NewsFilter, Topic, Watch
from bot.store import Store
from summarizer.filters import sieve_of
from summarizer.topics.scorer import TopicScorer

FRESH = timedelta(hours=24)
"""An article that was published longer ago is no alert."""

AT_ONCE = 200
"""Articles that are compared with the watches between two writes."""

OwnTopics = Mapping[int, Mapping[str, TopicScorer]]
"""Scorers of channels' own topics, by channel and name."""


@dataclass(frozen=True, slots=True)
class ArrivalMatcher:
    """Finds what the articles stored since the last look mean to watches and follows.

    Looking twice at the same articles changes nothing; `topics` are the built-in topics.
    """

    store: Store
    topics: Mapping[str, Topic]

    async def look(self, now: datetime) -> None:
        """Store an alert for each story that a watch matches, and for each change to look into."""
        await self._look_at_new(now)
        await self._look_at_followed(now)

    async def _look_at_new(self, now: datetime) -> None:
        position = await self.store.watches.position()
        newest = await self.store.arrivals.newest()
        if newest == position:
            return
        watches = await self.store.watches.all(follows=False)
        if position is None or not watches:
            await self.store.watches.move_position(newest)
            return
        own = await self._own_topics(watches)
        while True:
            last, arrived = await self.store.arrivals.after(position, AT_ONCE)
            if last == position:
                return
            found = [
                FoundAlert(watch, article.story_id)
                for article in arrived
                if article.story_id and article.is_tellable and now - FRESH <= article.published_at
                for watch in matching(article, watches, own)
            ]
            await self.store.alerts.add(found, now)
            await self.store.watches.move_position(last)
            position = last

    async def _look_at_followed(self, now: datetime) -> None:
        follows = await self.store.watches.all(follows=True)
        stories = sorted({each.story_id for each in follows if each.story_id})
        latest = await self.store.arrivals.latest_of(stories) if stories else {}
        for each in follows:
            story_id = each.story_id or ""
            at = latest.get(story_id)
            if at is None or (each.looked_at is not None and at <= each.looked_at):
                continue
            await self.store.alerts.add(
                [FoundAlert(each, story_id, f"{each.id} {at.isoformat()}")], now
            )
            await self.store.watches.looked(each.id, at)

    async def _own_topics(self, watches: Sequence[Watch]) -> OwnTopics:
        found: dict[int, dict[str, TopicScorer]] = defaultdict(dict)
        for channel_id in {each.channel_id for each in watches if {*each.topics} - {*self.topics}}:
            for topic in await self.store.topics.of_channel(channel_id):
                found[channel_id][topic.name] = TopicScorer([topic])
        return found


def matching(article: Article, watches: Sequence[Watch], own: OwnTopics) -> list[Watch]:
    """Return the watches that an article matches; each filter is applied once."""
    passed: dict[NewsFilter, bool] = {}
    found: list[Watch] = []
    for watch in watches:
        if watch.created_at > article.fetched_at or not _on_topic(article, watch, own):
            continue
        if watch.filter not in passed:
            passed[watch.filter] = sieve_of(watch.filter).passes(article)
        if passed[watch.filter]:
            found.append(watch)
    return found


def _on_topic(article: Article, watch: Watch, own: OwnTopics) -> bool:
    if not watch.topics or any(each.topic in watch.topics for each in article.topics):
        return True
    scorers = own.get(watch.channel_id, {})
    return any(
        scorers[name].score(article.title, article.text, article.summary)
        for name in watch.topics
        if name in scorers
    )
