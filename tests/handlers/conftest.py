"""The command core over a real store, at a clock that the test holds."""

from __future__ import annotations

import pytest

from bot.briefing_builder import BriefingBuilder
from bot.store import Store
from config.settings import load_settings
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.scorer import built_in_scorer


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(store: Store, clock: Clock) -> Services:
    return Services(
        settings=load_settings({}),
        store=store,
        scorer=built_in_scorer(),
        builder=BriefingBuilder(store, ExtractiveSummarizer()),
        clock=clock,
    )


@pytest.fixture
def chat(services: Services) -> Chat:
    return Chat(services)
