"""The engine against llmock, which speaks and fails as the providers' own servers do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.store import Store
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.llm.calls import Calls
from summarizer.llm.engine import LlmSummarizer
from summarizer.llm.server.client import ModelServer
from tests.fakes.openai import bullets
from tests.support.builders import NOW, a_story
from tests.support.model_desk import TERMS, TOLD
from tests.support.news import STORM

pytest.importorskip("llmock", reason="llmock is not installed")

PROVED = bullets((TOLD, [1])).content


@pytest.fixture
async def engine(llmock: Any, sqlite_store: Store) -> Any:
    server = ModelServer("gpt-4o-mini", "sk-test", llmock.base_url("openai"))
    made = LlmSummarizer(
        Calls(server, TERMS, sqlite_store.spending, sqlite_store.answers), ExtractiveSummarizer()
    )
    yield made
    await made.close()


async def asked(engine: LlmSummarizer) -> tuple[int, str | None]:
    """How many bullets a question brings, and the fault of its last call."""
    written = await engine.answer(
        "How many homes lost power?", a_story(STORM).articles, read_at=NOW
    )
    return len(written.bullets), written.calls[-1].fault


async def test_a_proved_answer_is_used(llmock: Any, engine: LlmSummarizer) -> None:
    llmock.reply(PROVED)
    assert await asked(engine) == (1, None)


async def test_an_answer_that_only_fits_the_schema_is_not(
    llmock: Any, engine: LlmSummarizer
) -> None:
    bullets_made, _ = await asked(engine)
    assert bullets_made == 0


async def test_fault_44_a_rate_limit_is_waited_for_as_long_as_it_says(
    llmock: Any, engine: LlmSummarizer
) -> None:
    llmock.rate_limit(times=1, retry_after=0.3)
    llmock.reply(PROVED)
    assert await asked(engine) == (1, None)
    llmock.assert_resilient()


async def test_fault_44_a_spent_quota_is_asked_once(llmock: Any, engine: LlmSummarizer) -> None:
    llmock.fail(429, times=None, code="insufficient_quota")
    made, fault = await asked(engine)
    assert (made, (fault or "").partition(":")[0]) == (0, "the quota is used up (429)")
    assert len(llmock.requests) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_fault_44_a_failing_server_is_given_up_in_time(
    status: int, llmock: Any, engine: LlmSummarizer
) -> None:
    llmock.outage(status=status)
    made, fault = await asked(engine)
    assert made == 0
    assert (fault or "").startswith(f"the model server failed ({status})")
    assert len(llmock.requests) == 2


async def test_fault_44_a_hanging_server_is_given_up_in_time(
    llmock: Any, engine: LlmSummarizer
) -> None:
    engine.calls.terms = replace(TERMS, seconds=2.0)
    llmock.delay(4)
    assert await asked(engine) == (0, "no answer within 2 s")


@pytest.mark.parametrize(
    "reply", ['{"bullets": [{"text": "A st', "", "I cannot help with that.", "[]"]
)
async def test_fault_44_nonsense_is_no_answer(
    reply: str, llmock: Any, engine: LlmSummarizer
) -> None:
    llmock.reply(reply)
    made, fault = await asked(engine)
    assert made == 0
    assert fault


async def test_a_fenced_answer_is_read(llmock: Any, engine: LlmSummarizer) -> None:
    llmock.reply(f"```json\n{PROVED}\n```")
    assert await asked(engine) == (1, None)
