"""How much may be asked of the pages at once."""

from __future__ import annotations

import asyncio

import pytest

from bot.web import limits
from bot.web.limits import AT_ONCE, Busy, Gate, Rate
from tests.support.clock import Seconds


async def test_a_few_pages_are_made_at_once_and_the_others_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "WAITING", 3)
    gate, go, inside = Gate(), asyncio.Event(), 0

    async def visit() -> None:
        nonlocal inside
        async with gate.through():
            inside += 1
            await go.wait()

    visits = [asyncio.create_task(visit()) for _ in range(AT_ONCE + 4)]
    for _ in range(10):
        await asyncio.sleep(0)
    assert inside == AT_ONCE
    go.set()
    ends = await asyncio.gather(*visits, return_exceptions=True)
    refused = [each for each in ends if each is not None]
    assert [type(each) for each in refused] == [Busy]
    assert inside == AT_ONCE + 3


async def test_who_waits_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(limits, "AT_ONCE", 1)
    gate, go = Gate(), asyncio.Event()

    async def hold() -> None:
        async with gate.through():
            await go.wait()

    held = asyncio.create_task(hold())
    await asyncio.sleep(0)
    with pytest.raises(Busy) as refused:
        async with gate.through():
            raise AssertionError
    assert refused.value.status == 503
    go.set()
    await held


async def test_a_page_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAGE_SECONDS", 0.01)
    gate = Gate()
    with pytest.raises(TimeoutError):
        async with gate.through():
            await asyncio.Event().wait()
    async with gate.through():
        pass


def test_each_key_has_its_own_rate_and_few_keys_are_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 10)
    seconds = Seconds()
    rate = Rate(3, 60.0, seconds)
    for _ in range(3):
        rate.use("a")
    with pytest.raises(Busy) as busy:
        rate.use("a")
    assert busy.value.seconds == 21
    rate.use("b")
    seconds.now += 21
    rate.use("a")
    for number in range(20):
        rate.use(str(number))
    assert len(rate._next) == 10
