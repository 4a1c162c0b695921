"""A desk for tests of the language model's engine: a stub server, the engine, two stories."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.models import Briefing, Coverage, Story
from bot.store import Store
from summarizer.briefing import BriefingRequest, TopicMaterial, make_briefing
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.calls import Calls
from summarizer.llm.engine import LlmSummarizer
from summarizer.llm.server.client import ModelServer
from summarizer.llm.terms import Terms
from tests.fakes.openai import FakeOpenAi, Model, running
from tests.support.builders import DAY, NOW, a_story, a_topic
from tests.support.news import ARREST, STORM, STORM_LATER

KEY = "sk-secret-key-123"
TERMS = Terms(10.0, 30.0, day_cap=1_000_000, month_cap=10_000_000, seconds=15.0, parallel=4)
TOLD = (
    "A storm cut the power to 40,000 homes on the northern coast on Sunday, the grid operator said."
)
"""The first sentence of STORM."""

ENERGY, SECURITY = a_topic("energy"), a_topic("security", terms={"attack": 2.0})
STORM_STORY = a_story(STORM, STORM_LATER, id="storm")
ARREST_STORY = a_story(ARREST, id="arrest")
NOTHING = Coverage(3, 0, 3, (), NOW)


@dataclass
class Desk:
    """A model server, the engine that asks it, and what its calls cost."""

    server: FakeOpenAi
    store: Store
    engine: LlmSummarizer

    async def briefing(self, *stories: Story) -> Briefing:
        made = await self.local(*stories)
        return await self.engine.edited(made, self.material(*stories), NOW)

    async def local(self, *stories: Story) -> Briefing:
        material = self.material(*stories)
        request = BriefingRequest((ENERGY, SECURITY), DAY, 3, "UTC")
        return await make_briefing(request, material, {}, NOTHING, ExtractiveSummarizer(), NOW)

    def material(self, *stories: Story) -> list[TopicMaterial]:
        told = stories or (STORM_STORY, ARREST_STORY)
        return [TopicMaterial(topic, told) for topic in (ENERGY, SECURITY)]


@asynccontextmanager
async def desk(store: Store, model: Model, terms: Terms = TERMS) -> AsyncIterator[Desk]:
    async with running(model) as server:
        engine = engine_for(server, store, terms)
        try:
            yield Desk(server, store, engine)
        finally:
            await engine.close()


def engine_for(server: FakeOpenAi, store: Store, terms: Terms = TERMS) -> LlmSummarizer:
    """A new engine for a server, as a new process would make it."""
    calls = Calls(ModelServer("stub", KEY, server.url), terms, store.spending, store.answers)
    return LlmSummarizer(calls, ExtractiveSummarizer())
