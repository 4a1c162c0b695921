"""Briefings from the store: load what the summarizer needs, let it write, keep the result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.models import Article, Briefing, Coverage, Story, Told, Topic, Window
from bot.store import Store
from summarizer.base import Summarizer
from summarizer.briefing import BriefingRequest, TopicMaterial, make_briefing
from summarizer.topics import TopicScorer

STORIES_PER_TOPIC = 60
"""How many stories of a topic are ranked in full; the store has put the likeliest first."""

_OWN_TOPIC_ARTICLES = 400


@dataclass(frozen=True, slots=True)
class BriefingBuilder:
    """Builds and stores briefings, for people who ask and for the clock alike."""

    store: Store
    summarizer: Summarizer

    async def build(
        self,
        request: BriefingRequest,
        *,
        channel_id: int | None,
        now: datetime,
        stragglers: timedelta = timedelta(0),
    ) -> Briefing:
        """Build one briefing against what the channel was told before; store it.

        Articles published so long before the window count too where they came in during it.
        """
        asked = request.window
        wide = replace(request, window=Window(asked.since - stragglers, asked.until))
        material = [
            TopicMaterial(topic, _arrived(await self._stories(topic, wide.window), asked))
            for topic in request.topics
        ]
        told = await self._told(material, channel_id)
        coverage = await self._coverage(asked, now)
        made = await make_briefing(wide, material, told, coverage, self.summarizer, now)
        briefing = replace(made, id=uuid4().hex, window=asked)
        await self.store.briefings.add(briefing, channel_id)
        return briefing

    async def remember(
        self, briefing: Briefing, channel_id: int, *, now: datetime, by_digest: bool
    ) -> None:
        """Note what the channel has now been told, so that the next digest does not repeat it."""
        told: dict[str, str] = {}
        for bullet in briefing.bullets:
            before = told.get(bullet.story_id)
            told[bullet.story_id] = f"{before}\n{bullet.text}" if before else bullet.text
        await self.store.told.remember(
            channel_id,
            [Told(story, text, now, by_digest) for story, text in told.items()],
        )

    async def _stories(self, topic: Topic, window: Window) -> tuple[Story, ...]:
        if topic.channel_id is None:
            found = await self.store.stories.for_topic(topic.name, window, limit=STORIES_PER_TOPIC)
            return tuple(found)
        return await self._own_stories(topic, window)

    async def _own_stories(self, topic: Topic, window: Window) -> tuple[Story, ...]:
        """The stories on a channel's own topic, which was not scored when articles came in."""
        scorer = TopicScorer([topic])
        articles = await self.store.search.matching(
            tuple(topic.terms), window, limit=_OWN_TOPIC_ARTICLES
        )
        about = [article.id for article in articles if _scored(article, scorer).topics]
        stories = await self.store.stories.of_articles(about, window)
        return tuple(
            replace(story, articles=tuple(_scored(each, scorer) for each in story.articles))
            for story in stories[:STORIES_PER_TOPIC]
        )

    async def _told(
        self, material: Sequence[TopicMaterial], channel_id: int | None
    ) -> dict[str, Told]:
        if channel_id is None:
            return {}
        ids = {story.id for each in material for story in each.stories}
        return await self.store.told.of_channel(channel_id, sorted(ids))

    async def _coverage(self, window: Window, now: datetime) -> Coverage:
        health = await self.store.sources.health(now)
        return Coverage(
            articles_considered=await self.store.articles.count(window),
            articles_used=0,
            sources=await self.store.articles.count_sources(window),
            sources_failing=health.failing,
            newest_article_at=await self.store.articles.newest_at(),
        )


def _arrived(stories: Sequence[Story], window: Window) -> tuple[Story, ...]:
    """The stories that have something published, or come in, since the window began."""
    return tuple(
        story
        for story in stories
        if any(max(each.published_at, each.fetched_at) >= window.since for each in story.articles)
    )


def _scored(article: Article, scorer: TopicScorer) -> Article:
    return replace(article, topics=scorer.score(article.title, article.text, article.summary))
