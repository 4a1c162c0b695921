"""Servers as they are: each ends in the model's words or in one reason, with one call more."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
import structlog

from bot.store import Store
from summarizer.llm.terms import Terms
from tests.fakes.openai import Answer, Model, Question, bullets, completion, failing
from tests.support.builders import NOW
from tests.support.model_desk import KEY, TERMS, TOLD, Desk, desk, engine_for
from tests.support.news import STORM

GOOD = bullets((TOLD, [1]))
TEXT = GOOD.content or ""


def refusing(message: str, *, unless: Callable[[Question], bool], status: int = 400) -> Model:
    """A server that refuses a request with this message, unless it is as the server wants it."""
    body = json.dumps({"error": {"message": message, "type": "invalid_request_error"}})
    return lambda asked: GOOD if unless(asked) else Answer(status=status, body=body)


def lacks(*names: str) -> Callable[[Question], bool]:
    return lambda asked: not set(names) & set(asked.body)


def form(asked: Question) -> object:
    found = asked.body.get("response_format")
    return found["type"] if isinstance(found, dict) else None


def said(message: dict[str, object], finish: str = "stop") -> Answer:
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return Answer(body=json.dumps({"choices": [choice]}))


def reasoning(needed: int) -> Model:
    """Writes nothing but thoughts where it has fewer tokens than it needs."""

    def model(asked: Question) -> Answer:
        given = asked.body.get("max_tokens")
        if isinstance(given, int) and given >= needed:
            return GOOD
        return said({"content": "", "reasoning_content": "Hm, "}, "length")

    return model


def streamed(text: str) -> str:
    pieces = [text[at : at + 9] for at in range(0, len(text), 9)]
    events = [{"choices": [{"delta": {"content": each}}]} for each in pieces]
    lines = "".join(f"data: {json.dumps(each)}\n\n" for each in events)
    return f": PROCESSING\n\n{lines}data: [DONE]\n\n"


ACCEPTED: dict[str, Model] = {
    "newest names": refusing(
        "Unsupported parameter: 'max_tokens' is not supported with this model. "
        "Use 'max_completion_tokens' instead.",
        unless=lacks("max_tokens", "temperature"),
    ),
    "no temperature": refusing(
        "`temperature` is deprecated for this model.", unless=lacks("temperature")
    ),
    "the default temperature, then the newest name": lambda asked: (
        refusing(
            "Unsupported value: 'temperature' does not support 0 with this model. "
            "Only the default (1) value is supported.",
            unless=lacks("temperature"),
        )
        if "temperature" in asked.body
        else refusing("Use 'max_completion_tokens' instead.", unless=lacks("max_tokens"))
    )(asked),
    "no schema": refusing(
        "This response_format type is unavailable now",
        unless=lambda asked: form(asked) != "json_schema",
    ),
    "no strict schema": refusing(
        "Invalid value: strict must be omitted", unless=lambda asked: form(asked) != "json_schema"
    ),
    "no form at all": refusing("unknown field: response_format", unless=lacks("response_format")),
    "a grammar that fails": refusing(
        "failed to parse grammar", unless=lacks("response_format"), status=500
    ),
    "no system role": refusing(
        "System role not supported", unless=lambda asked: not asked.system, status=500
    ),
    "alternating roles": refusing(
        "Conversation roles must alternate user/assistant", unless=lambda asked: not asked.system
    ),
    "content in parts": refusing(
        "messages.0.content: Input should be a valid list",
        unless=lambda asked: isinstance(_content(asked), list),
        status=422,
    ),
    "only streams": refusing(
        "This model only support stream mode, please enable the stream parameter",
        unless=lambda asked: asked.body.get("stream") is True,
    ),
    "fewer tokens": refusing(
        "max_tokens is too large: 700. This model supports at most 512 completion tokens",
        unless=lambda asked: asked.body["max_tokens"] == 512,
    ),
    "names nothing": refusing("Bad Request", unless=lacks("response_format", "temperature")),
    "no endpoint for the parameters": refusing(
        "No endpoints found that can handle the requested parameters.",
        unless=lacks("response_format", "temperature"),
        status=404,
    ),
    "a context that is too short": refusing(
        "This model's maximum context length is 512 tokens.",
        unless=lambda asked: len(asked.sentences) < 2,
    ),
    "too large": refusing(
        "Payload too large", unless=lambda asked: len(asked.sentences) < 2, status=413
    ),
    "a context that the answer shares": refusing(
        "'max_tokens' is too large: 700. This model's maximum context length is 1024 tokens and "
        "your request has 600 input tokens.",
        unless=lambda asked: len(asked.sentences) < 2 and asked.body["max_tokens"] == 350,
    ),
    "thinks much": reasoning(4_000),
    "a stream unasked": lambda _: Answer(body=streamed(TEXT), content_type="text/event-stream"),
    "JSON lines": lambda _: Answer(
        body="\n".join(
            json.dumps({"message": {"content": TEXT[at : at + 20]}, "done": False})
            for at in range(0, len(TEXT), 20)
        )
    ),
    "a mark before the body": lambda _: Answer(body="\ufeff" + completion(GOOD)),
    "a tool instead": lambda _: said(
        {"content": None, "tool_calls": [{"function": {"name": "json", "arguments": TEXT}}]}
    ),
    "parts": lambda _: said({"content": [{"type": "text", "text": TEXT}]}),
    "parsed already": lambda _: said({"content": json.loads(TEXT)}),
    "reasoning only": lambda _: said({"content": "", "reasoning_content": f"So: {TEXT}"}),
    "usage in words": lambda _: Answer(
        body=completion(GOOD).replace('"prompt_tokens": 800', '"prompt_tokens": "many"')
    ),
    "no usage": lambda _: replace(GOOD, usage=False),
    "an empty error": lambda _: Answer(body=completion(GOOD).replace("{", '{"error": null, ', 1)),
}

REFUSED: dict[str, tuple[Model, str]] = {
    "an error in a good answer": (
        lambda _: Answer(body='{"error": {"message": "Provider returned error", "code": 502}}'),
        "failed (502): Provider returned error",
    ),
    "an error in a choice": (
        lambda _: Answer(body='{"choices": [{"error": {"message": "no GPU", "code": 503}}]}'),
        "failed (503): no GPU",
    ),
    "an error without its key": (
        lambda _: Answer(body='{"object": "error", "message": "engine died", "code": 500}'),
        "failed (500): engine died",
    ),
    "a filter": (failing(400, "content_filter"), "content filter declined"),
    "a filter at the end": (
        lambda _: said({"content": None}, "content_filter"),
        "finish_reason content_filter",
    ),
    "a refusal": (lambda _: said({"content": None, "refusal": "I cannot."}), "declined: I cannot."),
    "no choices": (lambda _: Answer(body='{"choices": []}'), "no choices"),
    "a page": (
        lambda _: Answer(body="<html><title>Sign in</title></html>", content_type="text/html"),
        "no completion: Sign in",
    ),
    "a gateway's page": (
        lambda _: Answer(status=502, body="<html><h1>Bad gateway</h1>", content_type="text/html"),
        "(502): Bad gateway",
    ),
    "no such model": (
        refusing("model 'storm' not found", unless=lambda _: False, status=404),
        "(404): model 'storm' not found",
    ),
    "a region": (
        refusing("Country not supported", unless=lambda _: False, status=403),
        "(403): Country not supported",
    ),
    "a key": (refusing("Wrong key", unless=lambda _: False, status=401), "(401): Wrong key"),
    "money": (
        refusing("Insufficient Balance", unless=lambda _: False, status=402),
        "quota is used up (402): Insufficient Balance",
    ),
    "a key, as a bad request": (
        refusing("API key not valid. Please pass a valid API key.", unless=lambda _: False),
        "refused key, model or address (400): API key not valid",
    ),
    "an error beside no choices": (
        lambda _: Answer(body='{"base_resp": {"status_msg": "insufficient balance"}}'),
        "failed (500): insufficient balance",
    ),
    "an end by an error": (lambda _: said({"content": ""}, "error"), "finish_reason error"),
    "prose": (
        lambda _: Answer(content="I'm sorry, I cannot help with **this**."),
        "not the JSON that was asked for: I'm sorry, I cannot help with this.",
    ),
    "no rate": (failing(429), "asks to wait (429)"),
    "only thoughts": (
        lambda _: said({"content": "<think>Let me"}, "length"),
        "thinking used up its 4096 tokens",
    ),
    "another error in the plainest form": (
        refusing("out of memory", unless=lambda _: False),
        "(400): out of memory",
    ),
}


def _content(asked: Question) -> object:
    turns = asked.body["messages"]
    return turns[-1]["content"] if isinstance(turns, list) else None


async def ask(at: Desk, question: str = "How many homes lost power?") -> tuple[int, str]:
    """How many bullets a question brings, and the fault of its last call."""
    written = await at.engine.answer(question, [STORM], read_at=NOW)
    return len(written.bullets), written.calls[-1].fault or ""


@pytest.mark.parametrize("mode", ACCEPTED)
async def test_the_model_is_heard_with_one_call_more_at_most(
    mode: str, sqlite_store: Store
) -> None:
    async with desk(sqlite_store, ACCEPTED[mode]) as at:
        made, fault = await ask(at)

    assert (made, fault) == (1, "")
    assert len(at.server.asked) <= 2


@pytest.mark.parametrize("mode", [*list(ACCEPTED)[:13], "thinks much"])
async def test_what_a_server_taught_is_kept_for_the_next_question_and_the_next_process(
    mode: str, sqlite_store: Store
) -> None:
    async with desk(sqlite_store, ACCEPTED[mode]) as at:
        await ask(at)
        asked = len(at.server.asked)
        assert await ask(at, "Where was the storm?") == (1, "")
        assert len(at.server.asked) == asked + 1
        later = replace(at, engine=engine_for(at.server, sqlite_store))
        assert await ask(later, "When was the storm?") == (1, "")
        assert len(at.server.asked) == asked + 2
        await later.engine.close()


@pytest.mark.parametrize("mode", REFUSED)
async def test_the_log_says_once_what_the_server_said(mode: str, sqlite_store: Store) -> None:
    model, reason = REFUSED[mode]

    with structlog.testing.capture_logs() as lines:
        async with desk(sqlite_store, model) as at:
            made, fault = await ask(at)

    told = [each["reason"] for each in lines if each["log_level"] == "warning"]
    assert made == 0
    assert reason in fault
    assert told == [fault]
    assert KEY not in fault
    assert len(at.server.asked) <= 2


@pytest.mark.parametrize("mode", ["a filter", "a filter at the end", "a refusal"])
async def test_what_was_declined_is_not_asked_again(mode: str, sqlite_store: Store) -> None:
    model, reason = REFUSED[mode]

    async with desk(sqlite_store, model) as at:
        for _ in range(5):
            made, fault = await ask(at)
            assert made == 0
            assert reason in fault
        state = at.engine.calls.breaker.state

    assert len(at.server.asked) == 1
    assert state == "is asked"


async def test_the_same_reason_is_logged_once_for_many_stories(sqlite_store: Store) -> None:
    with structlog.testing.capture_logs() as lines:
        async with desk(sqlite_store, failing(500)) as at:
            for number in range(3):
                await ask(at, f"What about {number}?")

    assert len([each for each in lines if each["log_level"] == "warning"]) == 1


async def test_one_line_tells_of_a_server_that_fails_until_it_is_not_asked_any_more(
    sqlite_store: Store,
) -> None:
    models = {
        "failing": (failing(500), TERMS),
        "late": (lambda _: Answer(content="{}", seconds=9), replace(TERMS, seconds=1.0)),
    }
    for model, terms in models.values():
        with structlog.testing.capture_logs() as lines:
            async with desk(sqlite_store, model, terms) as at:
                for number in range(4):
                    await ask(at, f"And what about {number}?")
                assert "is not asked for" in at.engine.calls.breaker.state

        assert len([each for each in lines if each["log_level"] == "warning"]) == 1


async def test_a_raised_budget_is_paid_for_and_within_the_cap(sqlite_store: Store) -> None:
    terms = Terms(0.0, 10.0, day_cap=20_000, month_cap=20_000, seconds=5, parallel=1)

    async with desk(sqlite_store, reasoning(4_000), terms) as at:
        made, fault = await ask(at)
        spent = await sqlite_store.spending.spent(NOW)

    assert (made, fault) == (0, "the budget of the day or the month is spent")
    assert len(at.server.asked) == 1
    assert spent.day == 7_000


async def test_the_tokens_of_the_settings_are_the_ones_asked_for(sqlite_store: Store) -> None:
    async with desk(sqlite_store, lambda _: GOOD, replace(TERMS, answer_tokens=2_000)) as at:
        assert await ask(at) == (1, "")

    assert at.server.asked[0].body["max_tokens"] == 2_000
