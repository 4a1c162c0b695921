"""Quiet hours: what is due in them waits for their end, and is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from bot.models import SendState
from bot.store import Store
from tests.bot.delivery.test_sender import DUE, PIPELINE, Desk


async def quiet_desk(store: Store, start: time, end: time) -> tuple[Desk, int]:
    desk = Desk(store)
    await desk.publish(*PIPELINE)
    channel_id = await desk.subscribe("1")
    await quieten(store, channel_id, start, end)
    return desk, channel_id


async def quieten(store: Store, channel_id: int, start: time | None, end: time | None) -> None:
    channel = await store.channels.get(channel_id)
    assert channel is not None
    await store.channels.change(channel, replace(channel, quiet_from=start, quiet_until=end))


async def test_a_digest_that_is_due_in_quiet_hours_comes_once_at_their_end(store: Store) -> None:
    desk, _ = await quiet_desk(store, time(22), time(9))
    for minutes in (0, 1, 60, 89):
        await desk.tick_at(DUE + timedelta(minutes=minutes))
    assert desk.telegram.sent == []
    for minutes in (90, 91, 120):
        await desk.tick_at(DUE + timedelta(minutes=minutes))
    [(_, text)] = desk.telegram.sent
    assert "Amberline" in text
    assert "late" not in text
    await desk.tick_at(DUE + timedelta(days=1, minutes=90))
    assert [each.state for each in await desk.history()] == [SendState.SENT] * 2


async def test_longer_quiet_hours_than_a_digest_may_be_late_lose_none(store: Store) -> None:
    desk, _ = await quiet_desk(store, time(7), time(20))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE.replace(hour=20, minute=0))
    assert len(desk.telegram.sent) == 1


async def test_what_was_missed_is_not_made_up_for_in_quiet_hours(store: Store) -> None:
    desk, _ = await quiet_desk(store, time(9), time(12))
    await desk.tick_at(DUE + timedelta(hours=3))
    assert desk.telegram.sent == []
    await desk.tick_at(DUE.replace(hour=12, minute=0))
    assert len(desk.telegram.sent) == 1


async def test_a_channel_without_quiet_hours_is_not_held_up_by_another(store: Store) -> None:
    desk, _ = await quiet_desk(store, time(22), time(9))
    await desk.subscribe("2")
    await desk.tick_at(DUE)
    assert [chat for chat, _ in desk.telegram.sent] == ["2"]


async def test_ending_the_quiet_hours_takes_effect_at_once(store: Store) -> None:
    desk, channel_id = await quiet_desk(store, time(22), time(9))
    await desk.tick_at(DUE)
    await quieten(store, channel_id, None, None)
    await store.digests.bring_forward(channel_id, desk.clock())
    await desk.tick_at(DUE + timedelta(minutes=1))
    assert len(desk.telegram.sent) == 1
