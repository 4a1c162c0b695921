"""Briefings from the store: load what the summarizer needs, let it write, keep the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.models import Article, Briefing, Coverage, Story, Told, Topic, Window
from bot.store import Store, news_of
from summarizer.base import Summarizer
from summarizer.briefing import BriefingRequest, TopicMaterial, make_briefing
from summarizer.llm import LlmSummarizer
from summarizer.topics import TopicScorer

STORIES_PER_TOPIC = 60
"""How many stories of a topic are ranked in full; the store has put the likeliest first."""

_OWN_TOPIC_ARTICLES = 400


@dataclass(frozen=True, slots=True)
class Shared:
    """What was loaded and written for one channel and serves others, as long as this is kept.

    A briefing is written once for the same topics, window, length and zone, and the same memory.
    """

    stories: dict[tuple[object, ...], tuple[Story, ...]] = field(default_factory=dict)
    coverage: dict[Window, Coverage] = field(default_factory=dict)
    briefings: dict[tuple[object, ...], Briefing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BriefingBuilder:
    """Builds and stores briefings, for people who ask and for the clock alike.

    The editor, where a language model is configured, puts into words what the summarizer chose.
    """

    store: Store
    summarizer: Summarizer
    editor: LlmSummarizer | None = None

    async def build(
        self,
        request: BriefingRequest,
        *,
        channel_id: int | None,
        now: datetime,
        stragglers: timedelta = timedelta(0),
    ) -> Briefing:
        """Build one briefing against what the channel was told before; store it."""
        briefing = await self.make(request, channel_id=channel_id, now=now, stragglers=stragglers)
        await self.store.briefings.add(briefing, channel_id)
        return briefing

    async def make(
        self,
        request: BriefingRequest,
        *,
        channel_id: int | None,
        now: datetime,
        stragglers: timedelta = timedelta(0),
        shared: Shared | None = None,
    ) -> Briefing:
        """Build one briefing and do not store it; `shared` holds what others may have built.

        Articles published so long before the window count too where they came in during it.
        """
        shared = shared or Shared()
        material = [
            TopicMaterial(
                topic, await self._shared_stories(topic, request.window, stragglers, shared)
            )
            for topic in request.topics
        ]
        told = await self._told(material, channel_id)
        key = (
            *((topic.channel_id, topic.name) for topic in request.topics),
            *(request.window, stragglers, request.bullets, request.timezone, request.new_only, now),
            *(request.language, request.engine),
            frozenset(told.values()),
        )
        if key not in shared.briefings:
            shared.briefings[key] = await self._write(
                request, material, told, now, stragglers, shared
            )
        return replace(shared.briefings[key], id=uuid4().hex)

    async def remember(self, briefing: Briefing, channel_id: int, *, by_digest: bool) -> None:
        """Note what the channel has now been told, so that the next digest does not repeat it."""
        await self.store.told.remember(channel_id, news_of(briefing, by_digest=by_digest))

    async def _write(
        self,
        request: BriefingRequest,
        material: Sequence[TopicMaterial],
        told: Mapping[str, Told],
        now: datetime,
        stragglers: timedelta,
        shared: Shared,
    ) -> Briefing:
        asked = request.window
        if asked not in shared.coverage:
            shared.coverage[asked] = await self._coverage(asked, now)
        wide = replace(request, window=Window(asked.since - stragglers, asked.until))
        made = await make_briefing(
            wide, material, told, shared.coverage[asked], self.summarizer, now
        )
        if self.editor is not None and request.engine != self.summarizer.name:
            made = await self.editor.edited(made, material, now, request.language)
        return replace(made, window=asked)

    async def _shared_stories(
        self, topic: Topic, asked: Window, stragglers: timedelta, shared: Shared
    ) -> tuple[Story, ...]:
        key = (topic.channel_id, topic.name, asked, stragglers)
        if key not in shared.stories:
            wide = Window(asked.since - stragglers, asked.until)
            shared.stories[key] = _arrived(await self._stories(topic, wide), asked)
        return shared.stories[key]

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
