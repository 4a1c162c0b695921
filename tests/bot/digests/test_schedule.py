"""When digests come, whatever clocks, zones and people do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.digests.calendar import next_due
from bot.digests.due import open_due
from bot.digests.timezone_changes import recompute
from bot.models import SendState, Subscription
from bot.store import Store
from tests.bot.delivery.test_sender import DUE, PIPELINE, Desk
from tests.support.builders import an_address

LIMIT = timedelta(hours=6)
START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
ALL_DAYS = frozenset(range(7))
ZONES = ("UTC", "Asia/Karachi", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")


async def subscribe(
    store: Store, now: datetime, zone: str, at: time, topic: str = "energy"
) -> Subscription:
    channel = await store.channels.ensure(an_address(), title="", timezone=zone)
    due = next_due(at, ALL_DAYS, zone, now)
    return await store.subscriptions.add(channel.id, [topic], at, ALL_DAYS, zone, 5, now, due)


@pytest.mark.parametrize(
    ("back_after", "state"),
    [(timedelta(hours=5), SendState.PENDING), (timedelta(hours=7), SendState.SKIPPED)],
)
async def test_fault_23_after_three_days_down_there_is_one_digest_or_one_skip(
    store: Store, back_after: timedelta, state: SendState
) -> None:
    await subscribe(store, START, "Asia/Karachi", time(7, 30))
    due = datetime(2026, 11, 26, 2, 30, tzinfo=UTC)

    assert len(await open_due(store, due + back_after, LIMIT)) == 1

    [digest] = await store.digests.history()
    assert (digest.local_date, digest.state, digest.late) == (date(2026, 11, 26), state, True)
    assert len(await store.subscriptions.due(due + timedelta(days=1))) == 1


async def test_several_subscriptions_give_several_digests_a_day(store: Store) -> None:
    for hour, topic in ((7, "energy"), (12, "security"), (18, "floods")):
        await subscribe(store, START, "UTC", time(hour), topic)
    opened = [await open_due(store, START + timedelta(hours=hour), LIMIT) for hour in range(24)]
    assert [len(each) for each in opened if each] == [1, 1, 1]


async def test_a_weekly_digest_comes_once_a_week(store: Store) -> None:
    channel = await store.channels.ensure(an_address(), title="", timezone="UTC")
    friday = frozenset({4})
    due = next_due(time(7, 30), friday, "UTC", START)
    await store.subscriptions.add(channel.id, ["energy"], time(7, 30), friday, "UTC", 5, START, due)
    for hours in range(0, 24 * 21, 5):
        await open_due(store, START + timedelta(hours=hours), LIMIT)
    dates = sorted(each.local_date for each in await store.digests.history())
    assert dates == [date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changes=st.lists(
        st.tuples(
            st.integers(1, 30),
            st.sampled_from(ZONES),
            st.times().map(lambda each: each.replace(second=0, microsecond=0, tzinfo=None)),
        ),
        min_size=1,
        max_size=6,
    )
)
async def test_fault_26_no_change_of_zone_or_time_gives_two_digests_on_one_local_date(
    sqlite_store: Store, changes: list[tuple[int, str, time]]
) -> None:
    await channel_is_forgotten(sqlite_store)
    assert set((await dates_after(sqlite_store, changes)).values()) == {1}


@pytest.mark.parametrize("there", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_fault_26_a_move_across_midnight_and_back_gives_one_digest_a_local_date(
    store: Store, there: str
) -> None:
    """The two zones are 25 hours apart."""
    here = "Pacific/Pago_Pago" if there == "Pacific/Kiritimati" else "Pacific/Kiritimati"
    moves = [(13, here, time(7, 30)), (9, there, time(23, 59)), (14, here, time(0, 0))]
    dates = await dates_after(store, moves)
    assert set(dates.values()) == {1}
    assert len(dates) >= 3


async def channel_is_forgotten(store: Store) -> None:
    channel = await store.channels.ensure(an_address(), title="", timezone="UTC")
    await store.channels.forget(channel.id)


async def dates_after(store: Store, changes: list[tuple[int, str, time]]) -> Counter[date]:
    """How many digests each local date had: so many hours pass, then zone and time change."""
    now = START
    await subscribe(store, now, "UTC", time(7, 30))
    for hours, zone, at in changes:
        now = await opened_until(store, now, now + timedelta(hours=hours))
        await subscribe(store, now, zone, at)
    await opened_until(store, now, now + timedelta(hours=60))
    return Counter(each.local_date for each in await store.digests.history(limit=999))


async def opened_until(store: Store, now: datetime, end: datetime) -> datetime:
    """Open what is due every three hours, which is well within LIMIT, and at the end."""
    while now < end:
        now = min(now + timedelta(hours=3), end)
        await open_due(store, now, LIMIT)
    return now


async def test_fault_27_new_rules_of_a_zone_move_future_digests(store: Store) -> None:
    """What the store holds was computed with yesterday's rules: an hour off."""
    right = await subscribe(store, START, "Africa/Cairo", time(7, 30))
    old = right.next_due + timedelta(hours=1)
    await store.subscriptions.set_next_due(right.id, old)
    await subscribe(store, START, "UTC", time(9, 0), "security")

    assert await recompute(store, START) == 1

    moved = await store.subscriptions.get(right.id)
    assert moved == right
    assert await recompute(store, START) == 0


async def test_fault_27_a_date_that_new_rules_put_into_the_past_is_due_at_once(
    store: Store,
) -> None:
    """By the old rules it was to come in half an hour; by the new ones it is half an hour late."""
    subscription = await subscribe(store, START, "Africa/Cairo", time(7, 30))
    now = subscription.next_due + timedelta(minutes=30)
    await store.subscriptions.set_next_due(subscription.id, now + timedelta(minutes=30))

    assert await recompute(store, now) == 1

    [digest] = await open_due(store, now, LIMIT)
    assert digest.due_at == subscription.next_due
    assert await recompute(store, now) == 0


async def test_fault_27_what_is_due_already_is_not_moved_away(store: Store) -> None:
    subscription = await subscribe(store, START, "UTC", time(7, 30))
    now = subscription.next_due + timedelta(minutes=1)
    assert await recompute(store, now) == 0
    assert len(await open_due(store, now, LIMIT)) == 1


async def test_fault_24_a_clock_two_hours_fast_and_mended_doubles_and_stalls_nothing(
    store: Store,
) -> None:
    desk = Desk(store)
    await desk.publish(*PIPELINE)
    await desk.subscribe("1")
    mended, day = DUE - timedelta(hours=2), timedelta(days=1)
    for now in (DUE, mended, mended + timedelta(minutes=1), DUE, DUE + timedelta(minutes=1)):
        await desk.tick_at(now)
    assert len(desk.telegram.sent) == 1
    await desk.tick_at(DUE + day)
    assert len(desk.telegram.sent) == 2


async def test_fault_24_what_a_fast_clock_opened_and_did_not_build_comes_when_it_is_due(
    store: Store,
) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    assert len(await open_due(store, DUE, LIMIT)) == 1
    await desk.tick_at(DUE - timedelta(hours=2))
    assert desk.telegram.sent == []
    await desk.tick_at(DUE)
    assert len(desk.telegram.sent) == 1


async def test_fault_24_a_clock_two_hours_slow_and_mended_marks_the_digest_late(
    store: Store,
) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    for now in (DUE - timedelta(minutes=10), DUE + timedelta(hours=2), DUE + timedelta(hours=2)):
        await desk.tick_at(now)
    [(_, text)] = desk.telegram.sent
    assert "late: due at 07:30" in text
