from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.digests.calendar import next_due
from bot.digests.due import decide_due, open_due
from bot.models import SendState, Subscription
from bot.store import Store
from tests.support.builders import a_subscription, an_address

LIMIT = timedelta(hours=6)
DUE = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("behind", "state", "late"),
    [
        (timedelta(0), SendState.PENDING, False),
        (timedelta(minutes=9), SendState.PENDING, False),
        (timedelta(hours=2), SendState.PENDING, True),
        (timedelta(hours=6), SendState.PENDING, True),
        (timedelta(hours=6, minutes=1), SendState.SKIPPED, True),
    ],
)
def test_lateness_marks_and_then_skips(behind: timedelta, state: SendState, late: bool) -> None:
    verdict = decide_due(a_subscription(next_due=DUE), DUE + behind, LIMIT)
    assert (verdict.state, verdict.late) == (state, late)
    assert verdict.occurrence.local_date == date(2026, 11, 23)
    assert verdict.next_due == DUE + timedelta(days=1)
    assert bool(verdict.reason) == (state is SendState.SKIPPED)


def test_fault_23_after_three_days_down_only_the_latest_counts() -> None:
    verdict = decide_due(a_subscription(next_due=DUE), DUE + timedelta(days=3, hours=1), LIMIT)
    assert verdict.occurrence.local_date == date(2026, 11, 26)
    assert verdict.state is SendState.PENDING


async def subscribe(store: Store, *, timezone: str = "UTC", at: time = time(7, 30)) -> Subscription:
    channel = await store.channels.ensure(an_address(), title="", timezone=timezone)
    created = DUE - timedelta(days=5)
    return await store.subscriptions.add(
        channel.id,
        ["energy"],
        at,
        frozenset(range(7)),
        timezone,
        5,
        created,
        next_due(at, frozenset(range(7)), timezone, created),
    )


async def test_one_digest_a_subscription_and_local_date(store: Store) -> None:
    await subscribe(store)
    assert len(await open_due(store, DUE, LIMIT)) == 1
    assert await open_due(store, DUE, LIMIT) == []
    assert await open_due(store, DUE + timedelta(hours=1), LIMIT) == []
    opened = await open_due(store, DUE + timedelta(days=1), LIMIT)
    assert [each.local_date for each in opened] == [date(2026, 11, 24)]


async def test_fault_24_a_clock_that_jumps_back_doubles_nothing(store: Store) -> None:
    await subscribe(store)
    await open_due(store, DUE, LIMIT)
    assert await open_due(store, DUE - timedelta(hours=2), LIMIT) == []
    assert await open_due(store, DUE + timedelta(minutes=1), LIMIT) == []


async def test_a_later_time_on_the_same_day_brings_no_second_digest(store: Store) -> None:
    await subscribe(store)
    await open_due(store, DUE, LIMIT)
    channel = await store.channels.ensure(an_address(), title="", timezone="UTC")
    later = time(9, 30)
    due = next_due(later, frozenset(range(7)), "UTC", DUE)
    await store.subscriptions.add(
        channel.id, ["energy"], later, frozenset(range(7)), "UTC", 5, DUE, due
    )
    assert await open_due(store, due, LIMIT) == []
    tomorrow = await open_due(store, due + timedelta(days=1), LIMIT)
    assert [each.local_date for each in tomorrow] == [date(2026, 11, 24)]


async def test_a_skipped_digest_is_recorded_with_its_reason(store: Store) -> None:
    await subscribe(store)
    await open_due(store, DUE + timedelta(hours=9), LIMIT)
    (digest,) = await store.digests.history()
    assert digest.state is SendState.SKIPPED
    assert digest.reason == "9.0 h late, more than 6 h"
