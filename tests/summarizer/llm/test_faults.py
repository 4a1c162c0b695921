"""A model server that fails in every way: the briefing arrives in time, by the local engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.store import Store
from summarizer.llm.terms import Terms
from tests.fakes.openai import Answer, Model, bullets, completion, failing, honest
from tests.support.builders import NOW, a_story
from tests.support.model_desk import TERMS, TOLD, desk
from tests.support.news import STORM

QUICK = replace(TERMS, seconds=2.0)

PROMISED = 20.0
"""Seconds in which a briefing arrives whatever the server does; a model has 17 of them at most."""

GOOD = completion(bullets((TOLD, [1])))

BROKEN: dict[str, Model] = {
    "rate limit": failing(429),
    "quota": failing(429, "insufficient_quota"),
    "payment": failing(402),
    "key refused": failing(401, "invalid_api_key"),
    "server error": failing(500),
    "bad request": failing(400),
    "hang": lambda _: Answer(content="{}", seconds=60),
    "truncated": lambda _: Answer(content='{"bullets": [{"text": "A storm', finish="length"),
    "empty": lambda _: Answer(content=""),
    "no content": lambda _: Answer(body='{"choices": [{"message": {"content": null}}]}'),
    "no choices": lambda _: Answer(body='{"choices": []}'),
    "no JSON": lambda _: Answer(body="<html>502</html>"),
    "a page": lambda _: Answer(body="<html>Sign in</html>", content_type="text/html"),
    "a page of a gateway": lambda _: Answer(status=502, body="<html>", content_type="text/html"),
    "no body": lambda _: Answer(body=""),
    "half a body": lambda _: Answer(body=GOOD[: len(GOOD) // 2]),
    "a connection that ends": lambda _: Answer(body=GOOD, cut=True),
    "a drip": lambda _: Answer(body=GOOD, drip=0.3),
    "bytes": lambda _: Answer(body=b"\xff\xfe\x00\x80"),
    "a broken encoding": lambda _: Answer(body=GOOD, headers={"Content-Encoding": "gzip"}),
    "an endless redirect": lambda _: Answer(
        status=307, headers={"Location": "/v1/chat/completions"}
    ),
    "a redirect to no host": lambda _: Answer(
        status=307, headers={"Location": "http://%E2%98%83.example/"}
    ),
    "a redirect to nowhere": lambda _: Answer(status=307, headers={"Location": "http://["}),
    "deep JSON": lambda _: Answer(content="[" * 100_000),
    "deep JSON around it": lambda _: Answer(body="[" * 100_000),
    "an error of another kind": lambda _: Answer(status=400, body='{"error": [1, "x"]}'),
    "an error in a good answer": lambda _: Answer(body='{"error": {"message": "overloaded"}}'),
    "a list of parts": lambda _: Answer(body='{"choices": [{"message": {"content": [{}]}}]}'),
    "odd counts": lambda _: Answer(
        body='{"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": -5}}'
    ),
    "only a thought": lambda _: Answer(content="<think>Let me see what"),
    "a refusal": lambda _: Answer(content="I cannot help with that."),
    "other JSON": lambda _: Answer(content='[1, {"bullets": "none"}]'),
    "huge numbers": lambda _: Answer(
        content='{"bullets": [{"text": "A", "sentences": [1e400, -7]}]}'
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_fault_44_the_briefing_arrives_in_time_whatever_the_server_does(
    case: str, sqlite_store: Store
) -> None:
    async with desk(sqlite_store, BROKEN[case], QUICK) as at:
        async with asyncio.timeout(PROMISED):
            briefing = await at.briefing()
        local = await at.local()

    assert briefing.sections == local.sections
    assert {bullet.engine for bullet in briefing.bullets} == {"extractive"}
    assert briefing.engine.name == "extractive"
    assert all(call.fault for call in briefing.calls) or briefing.dropped


async def test_fault_44_no_server_at_all(sqlite_store: Store) -> None:
    async with desk(sqlite_store, honest) as at:
        pass
    briefing = await at.briefing()
    await at.engine.close()

    assert {bullet.engine for bullet in briefing.bullets} == {"extractive"}


async def test_fault_44_a_spent_quota_is_never_retried_and_opens_the_breaker(
    sqlite_store: Store,
) -> None:
    async with desk(sqlite_store, failing(429, "insufficient_quota")) as at:
        await at.briefing(a_story(STORM, id="storm"))
        await at.briefing()
        spent = await sqlite_store.spending.spent(NOW)

    assert len(at.server.asked) == 1
    assert spent.day == 0
    assert "quota" in at.engine.calls.breaker.state


async def test_a_call_without_answer_stays_counted(sqlite_store: Store) -> None:
    terms = Terms(10.0, 30.0, day_cap=10**6, month_cap=10**7, seconds=1, parallel=4)

    async with desk(sqlite_store, BROKEN["hang"], terms) as at:
        await at.briefing(a_story(STORM, id="storm"))
        spent = await sqlite_store.spending.spent(NOW)

    assert spent.day > 0
