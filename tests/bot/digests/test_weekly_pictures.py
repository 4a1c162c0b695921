"""The chart of a weekly digest: a part of its own, which never costs the digest."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest

from bot.delivery import pictures
from bot.delivery.pictures import Make
from bot.models import (
    NO_FILTER,
    PICTURES_OFF,
    WEEKLY,
    Delivery,
    FilterTerm,
    NewsFilter,
    SendState,
    Trend,
)
from bot.render.charts.payload import is_picture
from bot.store import Store
from bot.trends.counting import TrendCounter
from tests.bot.delivery.test_sender import PIPELINE, Desk
from tests.support.builders import an_address
from tests.support.ledger import LIMIT

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


async def weekly(
    store: Store, *, shows: bool = True, slot: str = WEEKLY, given: NewsFilter = NO_FILTER
) -> tuple[Desk, int]:
    """A chat that gets a digest on Monday, and an article to tell."""
    desk = Desk(store)
    desk.telegram.shows_pictures = shows
    channel = await store.channels.ensure(an_address("1"), title="", timezone="UTC")
    await store.subscriptions.add(
        channel.id, ["energy"], time(8), {0}, "UTC", 5, desk.clock(), MONDAY, given, slot
    )
    desk.clock.now = MONDAY.replace(hour=5)
    await desk.publish(*PIPELINE)
    return desk, channel.id


async def another(store: Store, desk: Desk, chat: str) -> None:
    """A second chat with the same digest."""
    channel = await store.channels.ensure(an_address(chat), title="", timezone="UTC")
    await store.subscriptions.add(
        channel.id, ["energy"], time(8), {0}, "UTC", 5, desk.clock(), MONDAY, NO_FILTER, WEEKLY
    )


async def payloads(store: Store) -> list[str]:
    [digest] = await store.digests.history()
    assert digest.state is SendState.SENT
    return [part.payload for part in await store.deliveries.of_digest(digest.id)]


async def test_it_is_the_last_part_of_a_weekly_digest(store: Store) -> None:
    desk, _ = await weekly(store)
    await desk.tick_at(MONDAY)
    text, picture = await payloads(store)
    assert not is_picture(text)
    assert is_picture(picture)
    told = json.loads(picture)["text"]
    assert told.startswith("briefbot: stories a day, ")
    assert "2026. Energy: 1 story so far" in told
    assert len(desk.telegram.sent) == 2


@pytest.mark.parametrize(
    ("shows", "slot"), [(False, WEEKLY), (True, "1")], ids=["no pictures there", "daily"]
)
async def test_other_digests_have_none(store: Store, shows: bool, slot: str) -> None:
    desk, _ = await weekly(store, shows=shows, slot=slot)
    await desk.tick_at(MONDAY)
    assert [is_picture(each) for each in await payloads(store)] == [False]


async def test_a_chat_may_want_none(store: Store) -> None:
    desk, number = await weekly(store)
    before = await store.channels.get(number)
    assert before is not None
    await store.channels.change(before, replace(before, pictures=PICTURES_OFF))
    await desk.tick_at(MONDAY)
    assert [is_picture(each) for each in await payloads(store)] == [False]


async def test_a_digest_with_a_filter_has_none(store: Store) -> None:
    given = NewsFilter(wanted=(FilterTerm("pipeline"),))
    desk, _ = await weekly(store, given=given)
    await desk.tick_at(MONDAY)
    assert [is_picture(each) for each in await payloads(store)] == [False]


async def test_a_chart_that_cannot_be_counted_costs_no_digest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def broken(*_: object) -> None:
        asked.append(1)
        raise RuntimeError("a fault of the code")

    desk, _ = await weekly(store)
    await another(store, desk, "2")
    monkeypatch.setattr(TrendCounter, "trend", broken)
    await desk.tick_at(MONDAY)
    digests = await store.digests.history()
    assert [each.state for each in digests] == [SendState.SENT, SendState.SENT]
    parts = await store.deliveries.of_digest(digests[0].id)
    assert [each.state for each in parts] == [SendState.SENT, SendState.SKIPPED]
    assert len(desk.telegram.sent) == 2
    assert asked == [1], "the same topics are not counted again at once"


async def test_the_texts_are_sent_before_a_chart_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_before = []
    count = TrendCounter.trend

    async def watched(self: TrendCounter, *given: Any) -> Trend:
        sent_before.append(len(desk.telegram.sent))
        return await count(self, *given)

    desk, _ = await weekly(store)
    await another(store, desk, "2")
    monkeypatch.setattr(TrendCounter, "trend", watched)
    await desk.tick_at(MONDAY)
    assert sent_before == [2, 2]
    assert len(desk.telegram.sent) == 4


async def test_a_chart_that_is_slow_to_count_delays_no_other_digest(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forever(*_: object) -> None:
        await asyncio.Event().wait()

    desk, _ = await weekly(store)
    monkeypatch.setattr(TrendCounter, "trend", forever)
    monkeypatch.setattr(pictures, "MADE_SECONDS", 0.05)
    await desk.tick_at(MONDAY)
    assert [each.state for each in await store.digests.history()] == [SendState.SENT]


async def stop_while_counting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send what is due, and stop the process while it counts what the chart shows."""
    begun = asyncio.Event()

    async def forever(*_: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(TrendCounter, "trend", forever)
        ticking = asyncio.create_task(desk.tick_at(MONDAY))
        await begun.wait()
        await desk.digests.lanes.pictures.stop()
        await ticking


async def test_a_process_that_dies_while_counting_leaves_the_chart_to_the_next_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = await weekly(store)
    await stop_while_counting(desk, monkeypatch)
    assert len(desk.telegram.sent) == 1
    desk.digests.lanes.pictures.make = replace(desk.charts).payload
    await desk.tick_at(MONDAY + pictures.HELD_FOR)
    assert len(desk.telegram.sent) == 2
    assert is_picture((await payloads(store))[-1])


async def test_operators_are_not_told_of_a_chart_that_is_too_late(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = await weekly(store)
    await stop_while_counting(desk, monkeypatch)
    await desk.tick_at(MONDAY + LIMIT + timedelta(minutes=1))
    [digest] = await store.digests.history()
    _, picture = await store.deliveries.of_digest(digest.id)
    assert (picture.state, picture.reason) == (SendState.SKIPPED, "more than 6 h late")
    assert digest.state is SendState.SENT
    assert desk.operator.sent == []


async def test_two_processes_that_fill_one_chart_send_it_once(
    store: Store, database_url: str
) -> None:
    desk, _ = await weekly(store)
    second = Desk(other := Store.open(database_url))
    second.clock.now = desk.clock.now
    begun, both = asyncio.Event(), asyncio.Barrier(2)

    async def together(make: Make, part: Delivery) -> str | None:
        begun.set()
        await both.wait()
        return await make(part)

    for each in (desk, second):
        each.telegram.shows_pictures = True
        filling = each.digests.lanes.pictures
        filling.make = partial(together, filling.make)
    ticking = asyncio.create_task(desk.tick_at(MONDAY))
    await begun.wait()
    await second.tick_at(MONDAY + pictures.HELD_FOR)
    await ticking
    await desk.tick_at(MONDAY + 2 * pictures.HELD_FOR)
    await other.close()
    sent = [text for each in (desk, second) for _, text in each.telegram.sent]
    assert len(sent) == len(set(sent)) == 2
    assert is_picture((await payloads(store))[-1])


async def test_the_chart_of_a_digest_with_a_thread_is_for_the_thread(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = await weekly(store)
    folded = ('{"text": "headlines"}', '{"in_thread": true, "text": "details"}')
    monkeypatch.setattr(desk.telegram, "parts", lambda *_, **__: folded)
    for minute in range(3):
        await desk.tick_at(MONDAY + timedelta(minutes=minute))
    assert json.loads((await payloads(store))[-1])["in_thread"] is True


async def test_it_speaks_the_language_of_its_chat(store: Store) -> None:
    desk, number = await weekly(store)
    before = await store.channels.get(number)
    assert before is not None
    await store.channels.change(before, replace(before, interface="de"))
    await desk.tick_at(MONDAY)
    assert "Energie" in json.loads((await payloads(store))[-1])["text"]
