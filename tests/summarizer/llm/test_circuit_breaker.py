"""The breaker opens on failure, stays open for a while, and closes by itself."""

from __future__ import annotations

import pytest

from bot.store import Store
from summarizer.llm.circuit_breaker import FAILURES, LONG_PAUSE, SHORT_PAUSE, Breaker
from tests.fakes.openai import Answer, Question, honest
from tests.support.builders import NOW
from tests.support.clock import Seconds
from tests.support.model_desk import desk
from tests.support.news import STORM


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(clock: Seconds) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker, times: int = FAILURES) -> None:
    for _ in range(times):
        breaker.failed("it broke")


def test_it_bears_a_few_failures(breaker: Breaker) -> None:
    fail(breaker, FAILURES - 1)
    assert breaker.closed()
    breaker.succeeded()
    fail(breaker, FAILURES - 1)
    assert breaker.closed()


def test_failures_in_a_row_open_it_for_a_while(breaker: Breaker, clock: Seconds) -> None:
    fail(breaker)
    assert not breaker.closed()
    assert breaker.state == "is not asked for 60 s: it broke"

    clock.now = SHORT_PAUSE
    assert breaker.closed()
    assert not breaker.closed()


def test_a_good_answer_after_the_pause_closes_it(breaker: Breaker, clock: Seconds) -> None:
    fail(breaker)
    clock.now = SHORT_PAUSE
    assert breaker.closed()
    breaker.succeeded()
    assert breaker.closed()
    assert breaker.state == "is asked"


def test_a_failed_trial_doubles_the_pause(breaker: Breaker, clock: Seconds) -> None:
    fail(breaker)
    clock.now = SHORT_PAUSE
    assert breaker.closed()
    breaker.failed("again")
    clock.now += 2 * SHORT_PAUSE - 1
    assert not breaker.closed()
    clock.now += 1
    assert breaker.closed()


def test_what_was_under_way_when_it_opened_does_not_lengthen_the_pause(
    breaker: Breaker, clock: Seconds
) -> None:
    fail(breaker, FAILURES + 5)
    clock.now = SHORT_PAUSE
    assert breaker.closed()


def test_a_spent_quota_opens_it_at_once_and_for_long(breaker: Breaker, clock: Seconds) -> None:
    breaker.failed("the quota is used up", for_long=True)
    clock.now = LONG_PAUSE - 1
    assert not breaker.closed()
    clock.now = LONG_PAUSE
    assert breaker.closed()


async def test_answers_that_take_too_long_open_it_and_quick_ones_close_it(
    sqlite_store: Store, clock: Seconds
) -> None:
    takes = 14.0

    def model(question: Question) -> Answer:
        clock.now += takes
        return honest(question)

    async with desk(sqlite_store, model) as at:
        at.engine.calls.clock = clock
        at.engine.calls.breaker = Breaker(clock)

        async def ask(number: int) -> str | None:
            written = await at.engine.answer(f"What about {number}?", [STORM], read_at=NOW)
            return written.calls[-1].fault

        assert [await ask(number) for number in range(FAILURES)] == [None] * FAILURES
        assert await ask(11) == "the model is not asked for 60 s: it took 14 s to answer"
        assert len(at.server.asked) == FAILURES

        takes, clock.now = 1.0, clock.now + SHORT_PAUSE
        assert [await ask(12), await ask(13)] == [None, None]
        assert at.engine.calls.breaker.state == "is asked"
