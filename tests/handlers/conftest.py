"""The command core over a real store, at a clock that the test holds."""

from __future__ import annotations

import pytest

from bot.briefing_builder import BriefingBuilder
from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.topics.scorer import TopicScorer, load_topics
from tests.support.clock import Clock
from tests.support.dialog import Chat


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(store: Store, clock: Clock) -> Services:
    return Services(
        settings=load_settings({}),
        store=store,
        scorer=TopicScorer(load_topics()),
        builder=BriefingBuilder(store, ExtractiveSummarizer()),
        clock=clock,
    )


@pytest.fixture
def chat(services: Services) -> Chat:
    return Chat(services)
