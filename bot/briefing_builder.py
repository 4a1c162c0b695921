"""Briefings from the store: load the stories, summarize them, store the result."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.build_cache import BuildCache
from bot.channel_memory import dated, memory_key
from bot.memory import give_back
from bot.models import (
    Article,
    Briefing,
    Channel,
    Coverage,
    LanguageCount,
    Standing,
    Story,
    Told,
    Topic,
    Window,
)
from bot.store import Store
from config.outlets import shipped_outlets
from summarizer.attribution import attributed
from summarizer.briefing import BriefingRequest, TopicMaterial, make_briefing
from summarizer.engine import Summarizer
from summarizer.filters import search_terms, sieve_of
from summarizer.stories.muted_words import without_muted
from summarizer.tastes import Tastes
from summarizer.topics.scorer import TopicScorer
from summarizer.withdrawn import sound_articles, without_withdrawn

if TYPE_CHECKING:  # models' engines are loaded where a model is configured
    from summarizer.entailment.reader import SecondReader
    from summarizer.llm.engine import LlmSummarizer

CONTEXT_STORIES = 200
"""Stories of a window, on whatever topic, that are read to see what it is about."""

STORIES_PER_TOPIC = 100
"""How many stories of a topic are ranked in full; the store has put the likeliest first."""

_OWN_TOPIC_ARTICLES = 400

ALERT_WINDOW = timedelta(hours=24)

CLOCKS_APART = timedelta(hours=1)
"""How far ahead of our clock a publisher's may be."""

FILTERED_ARTICLES = 1_000
"""Articles with a wanted word that are looked at where a topic has more stories than are ranked."""


@dataclass(frozen=True, slots=True)
class BriefingBuilder:
    """Builds and stores briefings, for people who ask and for the clock alike.

    The editor, if a language model is configured, rewrites the bullets that the summarizer chose;
    the reader, if an entailment model is, may refuse some.
    """

    store: Store
    summarizer: Summarizer
    editor: LlmSummarizer | None = None
    reader: SecondReader | None = None

    async def build(
        self,
        request: BriefingRequest,
        *,
        channel_id: int | None,
        now: datetime,
        stragglers: timedelta = timedelta(0),
    ) -> Briefing:
        """Build one briefing against what the channel was told before, and store it."""
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
        shared: BuildCache | None = None,
    ) -> Briefing:
        """Build one briefing without storing it; `shared` caches what other channels need too.

        An article published up to `stragglers` before the window counts if it was fetched in it.
        """
        shared = shared or BuildCache()
        if channel_id:
            request = replace(request, tastes=await self._tastes(channel_id))
        context = await self._context(request.window, stragglers, shared)
        material = [
            TopicMaterial(
                topic,
                await self._shared_stories(topic, request.window, stragglers, shared),
                context,
            )
            for topic in request.topics
        ]
        if request.filter:
            material = await self._filtered(request, material, stragglers, shared)
        material = await self._left(material, channel_id)
        told = await self._told(material, channel_id)
        key = (
            *((topic.channel_id, topic.name) for topic in request.topics),
            *(request.window, stragglers, request.bullets, request.timezone, request.new_only, now),
            *(request.language, request.engine, request.tastes, request.filter),
            frozenset(memory_key(story, told) for each in material for story in each.all_stories),
        )
        write = partial(self._write, request, material, told, now, stragglers, shared)
        briefing = await shared.briefings.get(key, write)
        return replace(briefing, id=uuid4().hex, sections=dated(briefing.sections, told))

    async def tell(
        self, story: Story, topic: Topic, channel: Channel, now: datetime, told: Told | None = None
    ) -> Briefing:
        """Build a briefing of one story without storing it; against what was `told` of it, if any.

        It has no bullet where the story is no news, or nothing of it is new or proved.
        """
        since = min((each.published_at for each in story.articles), default=now)
        request = BriefingRequest(
            topics=(topic,),
            window=Window(min(since, now - ALERT_WINDOW), now + CLOCKS_APART),
            bullets=1,
            timezone=channel.timezone,
            new_only=told is not None,
            language=channel.language,
            engine=channel.engine,
        )
        quotes = await self.store.withdrawals.quotes()
        sound = await asyncio.to_thread(sound_articles, story.articles, quotes)
        story = replace(story, articles=sound)
        scorer = TopicScorer([topic])
        if topic.channel_id is not None:
            scored = tuple(_scored(each, scorer) for each in story.articles)
            story = replace(story, articles=scored)
        material = [TopicMaterial(topic, (story,))]
        known = {story.id: told} if told else {}
        made = await self._write(request, material, known, now, timedelta(0), BuildCache())
        return replace(made, id=uuid4().hex, sections=dated(made.sections, known), alert=True)

    async def _tastes(self, channel_id: int) -> Tastes:
        sources, words = await self.store.votes.sums(channel_id)
        return Tastes(tuple(sources.items()), tuple(words.items()))

    async def _filtered(
        self,
        request: BriefingRequest,
        material: Sequence[TopicMaterial],
        stragglers: timedelta,
        shared: BuildCache,
    ) -> list[TopicMaterial]:
        """Keep what the reader's filter lets through, and count the rest; in a thread."""
        sieve = sieve_of(request.filter)
        found: list[TopicMaterial] = []
        for each in material:
            more: tuple[Story, ...] = ()
            if len(each.stories) >= STORIES_PER_TOPIC:
                more = await self._searched(each.topic, request, stragglers, shared)
            stories = {story.id: story for story in (*each.stories, *more)}
            kept = await asyncio.to_thread(sieve.kept, tuple(stories.values()))
            context = await asyncio.to_thread(sieve.kept, each.context)
            found.append(TopicMaterial(each.topic, kept, context, len(stories) - len(kept)))
        return found

    async def _searched(
        self,
        topic: Topic,
        request: BriefingRequest,
        stragglers: timedelta,
        shared: BuildCache,
    ) -> tuple[Story, ...]:
        """Stories on the topic that hold a wanted word, beyond those that rank first in it."""
        asked, terms = request.window, search_terms(request.filter)

        async def load() -> tuple[Story, ...]:
            wide = Window(asked.since - stragglers, asked.until)
            articles = await self.store.search.matching(terms, wide, limit=FILTERED_ARTICLES)
            about = [each.id for each in articles if topic.name in {t.topic for t in each.topics}]
            found = await self.store.stories.of_articles(about, wide, limit=STORIES_PER_TOPIC)
            return _arrived(found, asked)

        if topic.channel_id is not None or not terms:
            return ()
        return await shared.stories.get(("searched", topic.name, terms, asked, stragglers), load)

    async def _left(
        self, material: list[TopicMaterial], channel_id: int | None
    ) -> list[TopicMaterial]:
        """Leave out what was withdrawn and what the channel has muted; in a thread, as it reads
        many articles.
        """
        words = await self.store.mutes.of_channel(channel_id) if channel_id else ()
        quotes = await self.store.withdrawals.quotes()
        if not (words or quotes):
            return material

        def left(stories: Sequence[Story]) -> tuple[Story, ...]:
            return without_muted(without_withdrawn(stories, quotes), words)

        def kept() -> list[TopicMaterial]:
            return [
                replace(each, stories=left(each.stories), context=left(each.context))
                for each in material
            ]

        return await asyncio.to_thread(kept)

    async def _write(
        self,
        request: BriefingRequest,
        material: Sequence[TopicMaterial],
        told: Mapping[str, Told],
        now: datetime,
        stragglers: timedelta,
        shared: BuildCache,
    ) -> Briefing:
        asked = request.window
        coverage = await shared.coverage.get(asked, partial(self._coverage, asked, now))
        wide = replace(request, window=Window(asked.since - stragglers, asked.until))
        reading = self.reader.briefing() if self.reader else None
        build = partial(
            make_briefing,
            *(wide, material, told, coverage, self.summarizer, now),
            doubts=reading.refused if reading else None,
        )
        articles = {
            article.id: article
            for each in material
            for story in each.all_stories
            for article in story.articles
        }
        if self.editor is None or request.engine == self.summarizer.name:
            made = await _in_thread(build)
            return replace(attributed(made, articles, shipped_outlets()), window=asked)
        until = await self.editor.deadline(request.language)
        judged = await self.editor.judge(material, wide.window, request.bullets, now, until)
        local = replace(await _in_thread(build, judged.judgements), calls=judged.calls)
        made = await self.editor.edited(local, material, now, request.language, until)
        if reading is not None:
            made = await asyncio.to_thread(reading.reviewed, made, local.sections, articles)
        return replace(attributed(made, articles, shipped_outlets()), window=asked)

    async def _context(
        self, asked: Window, stragglers: timedelta, shared: BuildCache
    ) -> tuple[Story, ...]:
        """Stories of the window on whatever topic: what it is about shows by them."""

        async def load() -> tuple[Story, ...]:
            wide = Window(asked.since - stragglers, asked.until)
            found = await self.store.stories.in_window(wide, limit=CONTEXT_STORIES)
            return _arrived(found, asked)

        return await shared.stories.get(("context", asked, stragglers), load)

    async def _shared_stories(
        self, topic: Topic, asked: Window, stragglers: timedelta, shared: BuildCache
    ) -> tuple[Story, ...]:
        key = (topic.channel_id, topic.name, asked, stragglers)
        load = partial(self._stories, topic, asked, stragglers)
        return await shared.stories.get(key, load)

    async def _stories(
        self, topic: Topic, asked: Window, stragglers: timedelta
    ) -> tuple[Story, ...]:
        wide = Window(asked.since - stragglers, asked.until)
        if topic.channel_id is None:
            found = await self.store.stories.for_topic(topic.name, wide, limit=STORIES_PER_TOPIC)
            return _arrived(found, asked)
        return _arrived(await self._own_stories(topic, wide), asked)

    async def _own_stories(self, topic: Topic, window: Window) -> tuple[Story, ...]:
        """The stories on a channel's own topic, which is scored now, not at ingestion."""
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
        ids = {story.id for each in material for story in each.all_stories}
        return await self.store.told.of_channel(channel_id, sorted(ids))

    async def _coverage(self, window: Window, now: datetime) -> Coverage:
        failing = {Standing.FAILING, Standing.GIVEN_UP}
        sources = await self.store.sources.all()
        return Coverage(
            articles_considered=await self.store.articles.count(window),
            articles_used=0,
            sources=await self.store.articles.count_sources(window),
            sources_failing=tuple(
                each.name for each in sources if each.state.standing(now) in failing
            ),
            newest_article_at=await self.store.articles.newest_at(),
            languages=tuple(
                LanguageCount(code, count)
                for code, count in (await self.store.articles.counts_by_language(window)).items()
            ),
        )


async def _in_thread(build: Callable[..., Coroutine[Any, Any, Briefing]], *given: Any) -> Briefing:
    """Run a build, which only computes, in a thread: it would hold the event loop."""

    def run() -> Briefing:
        try:
            return asyncio.run(build(*given))
        finally:
            give_back()

    return await asyncio.to_thread(run)


def _arrived(stories: Sequence[Story], window: Window) -> tuple[Story, ...]:
    """The stories with an article that was published or fetched since the window began."""
    return tuple(
        story
        for story in stories
        if any(max(each.published_at, each.fetched_at) >= window.since for each in story.articles)
    )


def _scored(article: Article, scorer: TopicScorer) -> Article:
    return replace(article, topics=scorer.score(article.title, article.text, article.summary))
