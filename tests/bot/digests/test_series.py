"""Several digests on the same topics: a second one a day, and a weekly one."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.models import WEEKLY
from bot.store import Store
from tests.bot.delivery.test_sender import ALL_DAYS, DUE, OUTAGE, PIPELINE, Desk

EVENING = DUE.replace(hour=18, minute=0)


async def test_the_evenings_digest_begins_where_the_mornings_ended(store: Store) -> None:
    desk = Desk(store)
    channel = await desk.subscribe("1")
    await store.subscriptions.add(
        channel, ["energy"], time(18), ALL_DAYS, "UTC", 5, desk.clock(), EVENING, slot="2"
    )
    await desk.publish(*PIPELINE)
    await desk.tick_at(DUE)
    desk.clock.forward(hours=5)
    await desk.publish(*OUTAGE)
    await desk.tick_at(EVENING)
    first, second = (text for _, text in desk.telegram.sent)
    assert "Amberline" in first
    assert "Tolvar" in second
    assert "Amberline" not in second
    latest = await store.briefings.latest(channel)
    assert latest is not None
    assert latest.window.since == DUE


async def test_a_weekly_digest_tells_seven_days_that_daily_ones_told_too(store: Store) -> None:
    desk = Desk(store)
    channel = await desk.subscribe("1")
    monday = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    await store.subscriptions.add(
        channel, ["energy"], time(8), {0}, "UTC", 5, desk.clock(), monday, slot=WEEKLY
    )
    desk.clock.now = DUE + timedelta(days=3, hours=2)
    await desk.publish(*PIPELINE)
    await desk.tick_at(DUE + timedelta(days=4))
    await desk.tick_at(monday)
    daily, *_, weekly = (text for _, text in desk.telegram.sent)
    assert "Amberline" in daily
    assert daily.startswith("Daily digest")
    assert "Amberline" in weekly
    assert weekly.startswith("Weekly digest")
    latest = await store.briefings.latest(channel)
    assert latest is not None
    assert latest.window.since == monday - timedelta(days=7)
