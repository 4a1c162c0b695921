"""A background task is watched: restarted when it ends, and seen in health."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.health import REPORT_AFTER, Health
from bot.supervisor import keep_running
from tests.support.clock import Seconds


class Enough(BaseException):
    """Ends the test's loop."""


def ending(times: int, how: Exception | None) -> tuple[Callable[[], Awaitable[None]], list[int]]:
    runs: list[int] = []

    async def run() -> None:
        runs.append(len(runs))
        if len(runs) > times:
            raise Enough
        if how is not None:
            raise how

    return run, runs


@pytest.mark.parametrize("how", [None, RuntimeError("odd"), OSError("no route")])
async def test_a_task_that_ends_is_started_again_with_longer_pauses(
    how: Exception | None, health: Health
) -> None:
    pauses: list[float] = []

    async def sleep(length: float) -> None:
        pauses.append(length)
        assert list(health.problems()) == ["polling"]

    run, runs = ending(8, how)
    with pytest.raises(Enough):
        await keep_running("polling", run, health, sleep=sleep)
    assert len(runs) == 9
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_task_that_is_stopped_on_purpose_is_no_fault(health: Health) -> None:
    async def run() -> None:
        return

    await keep_running("polling", run, health, stopping=lambda: True)
    assert health.problems() == {}


async def test_cancelling_ends_it(health: Health) -> None:
    task = asyncio.create_task(keep_running("polling", asyncio.Event().wait, health))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_what_lasts_is_reported_once_and_its_end_too(health: Health, seconds: Seconds) -> None:
    health.working("polling")
    health.failed("polling", "401")
    assert health.problems() == {"polling": "401"}
    assert health.reports() == []
    seconds.now = REPORT_AFTER
    assert health.reports() == ["polling does not work: 401. The bot retries automatically."]
    assert health.reports() == []
    seconds.now = 100
    health.working("polling")
    assert health.reports() == ["polling works again after 100 s"]
    assert health.problems() == {}


def test_what_is_over_soon_is_not_reported(health: Health, seconds: Seconds) -> None:
    health.failed("polling", "502")
    seconds.now = 5
    health.working("polling")
    assert health.reports() == []


def test_a_task_that_says_nothing_in_time_has_stalled(health: Health, seconds: Seconds) -> None:
    health.working("ticker", within=30)
    seconds.now = 29
    assert health.problems() == {}
    seconds.now = 31
    assert health.problems() == {"ticker": "it has stalled"}
    health.working("ticker", within=30)
    assert health.problems() == {}
