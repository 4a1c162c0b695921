"""Paces kept in the database: any number of senders together stay below the platforms' limits."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.limits import held_by, limits_of
from bot.models import Platform
from bot.store import WHOLE_LANE, Lane, Pace, Store
from tests.support.builders import NOW, an_address
from tests.support.database_text import texts_in
from tests.support.store_desk import Desk

TELEGRAM: Lane = (Platform.TELEGRAM, "")
AHEAD = timedelta(seconds=0.5)


def slots(pace: Pace, count: int) -> list[float]:
    """When so many messages go that all wait for the pace alone, in seconds."""
    found: list[float] = []
    opens: datetime | None = None
    for _ in range(count):
        slot = max(NOW, opens or NOW)
        found.append((slot - NOW).total_seconds())
        opens = pace.after(opens, slot)
    return found


@pytest.mark.parametrize(
    ("lane", "chat", "most", "seconds"),
    [
        (TELEGRAM, "42", 5, 3.0),
        (TELEGRAM, "-42", 20, 60.0),
        ((Platform.SLACK, "T1"), "C1", 1, 1.0),
    ],
)
def test_no_window_holds_more_than_its_platform_allows(
    lane: Lane, chat: str, most: int, seconds: float
) -> None:
    sent = slots(limits_of(lane).chat(chat), 60)
    windows = [sum(start <= each < start + seconds for each in sent) for start in sent]
    assert max(windows) <= most


@pytest.mark.parametrize(
    ("lane", "chat", "at_once", "in_a_minute"),
    [
        (TELEGRAM, None, 1, 1 + 28 * 60),
        (TELEGRAM, "42", 3, 60),
        (TELEGRAM, "-42", 4, 19),
        ((Platform.SLACK, "T1"), None, 1, 1 + 231),
        ((Platform.SLACK, "T1"), "C1", 1, 58),
    ],
)
def test_the_limits_use_what_the_platforms_allow(
    lane: Lane, chat: str | None, at_once: int, in_a_minute: int
) -> None:
    """As many at the start and in the first minute as docs/operations.md says."""
    limits = limits_of(lane)
    sent = slots(limits.chat(chat) if chat else limits.lane, 28 * 60 + 10)
    assert sum(each == 0 for each in sent) == at_once
    assert sum(each <= 60 for each in sent) == in_a_minute


def test_telegram_never_gets_more_than_thirty_in_any_second() -> None:
    assert limits_of(TELEGRAM).a_second == 30


def test_the_terminal_has_no_limits() -> None:
    limits = limits_of((Platform.TERMINAL, ""))
    assert slots(limits.lane, 3) == slots(limits.chat("any"), 3) == [0.0, 0.0, 0.0]


def test_a_pause_holds_one_chat_on_telegram_and_the_workspace_on_slack() -> None:
    assert held_by(an_address("7", platform=Platform.TELEGRAM)) == "7"
    assert held_by(an_address("C1", platform=Platform.SLACK)) == WHOLE_LANE


async def taken(desk: Desk, now: datetime, lane: Lane = TELEGRAM) -> list[tuple[float, str]]:
    """What is claimed at `now`: seconds from NOW and the chat of each part."""
    claim = await desk.store.deliveries.claim(now, lane, limits_of(lane), limit=99, ahead=AHEAD)
    return [((part.at - NOW).total_seconds(), part.channel.address.chat) for part in claim.parts]


async def test_slots_of_a_lane_follow_each_other(desk: Desk) -> None:
    for number in range(40):
        await desk.ready(await desk.channel(str(1000 + number)))

    first, second = await taken(desk, NOW), await taken(desk, NOW + AHEAD)

    assert (len(first), len(second)) == (15, 14)
    sent = [at for at, _ in first + second]
    gaps = [later - earlier for earlier, later in pairwise(sent)]
    assert min(gaps) == pytest.approx(1 / 28, abs=1e-5)


async def test_replicas_share_one_pace(desk: Desk, database_url: str) -> None:
    for number in range(60):
        await desk.ready(await desk.channel(str(1000 + number)))
    replicas = [Store.open(database_url) for _ in range(4)]

    claims = await asyncio.gather(
        *(
            replica.deliveries.claim(NOW, TELEGRAM, limits_of(TELEGRAM), limit=6, ahead=AHEAD)
            for replica in replicas
        )
    )
    await asyncio.gather(*(replica.close() for replica in replicas))

    parts = [part for claim in claims for part in claim.parts]
    assert len({part.delivery.id for part in parts}) == len(parts) == 15
    assert len({part.at for part in parts}) == 15


async def test_a_busy_chat_leaves_its_slots_to_others(desk: Desk) -> None:
    group = await desk.channel("-42")
    for thread in range(6):
        await desk.ready(await desk.channel("-42", thread=str(thread)))
    await desk.ready(group)
    await desk.ready(await desk.channel("1001"))

    chats = Counter(chat for _, chat in await taken(desk, NOW))

    assert chats == Counter({"-42": 4, "1001": 1})


async def test_a_hold_is_kept_by_chat_and_by_lane(desk: Desk) -> None:
    for chat in ("1", "2"):
        await desk.ready(await desk.channel(chat))
    until = NOW + timedelta(seconds=30)
    await desk.store.paces.pause(TELEGRAM, "1", until, now=NOW)
    assert [chat for _, chat in await taken(desk, NOW)] == ["2"]

    await desk.store.paces.pause(TELEGRAM, WHOLE_LANE, until, now=NOW)
    assert await taken(desk, NOW + timedelta(seconds=29)) == []
    assert {chat for _, chat in await taken(desk, until)} == {"1", "2"}


SLACK: Lane = (Platform.SLACK, "T1")


async def test_fault_52_a_pause_for_a_chat_that_was_erased_meanwhile_is_not_stored(
    desk: Desk, database_url: str
) -> None:
    await desk.ready(await desk.channel("987654"))
    await desk.store.erasure.erase_chat(an_address("987654"))
    await desk.store.paces.pause(TELEGRAM, "987654", NOW + timedelta(minutes=1), now=NOW)
    assert "987654" not in await texts_in(database_url)


@pytest.mark.parametrize("way", ["/forget", "removal"])
@pytest.mark.parametrize("first", ["erasure", "pause"])
async def test_fault_52_a_pause_and_an_erasure_at_once_leave_no_number(
    way: str, first: str, postgresql_url: str
) -> None:
    """The one that comes first has locked the channel and is not committed yet."""
    one, other = Store.open(postgresql_url), Store.open(postgresql_url)
    channel = await one.channels.ensure(an_address("987654"), title="", timezone="UTC")

    def pause(store: Store) -> Awaitable[object]:
        return store.paces.pause(TELEGRAM, "987654", NOW + timedelta(minutes=1), now=NOW)

    def erase(store: Store) -> Awaitable[object]:
        if way == "/forget":
            return store.erasure.erase_chat(channel.address)
        return store.channels.forget(channel.id)

    begin, follow = (erase, pause) if first == "erasure" else (pause, erase)
    async with _uncommitted(one, begin):
        following = asyncio.ensure_future(follow(other))
        await _waits_or_ends(postgresql_url, following)
    await following
    assert "987654" not in await texts_in(postgresql_url)
    await one.close()
    await other.close()


@asynccontextmanager
async def _uncommitted(
    store: Store, work: Callable[[Store], Awaitable[object]]
) -> AsyncIterator[None]:
    """Do the work in a transaction that is committed when the block ends."""
    database = store._database
    real = database.writing
    done, commit = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def held(*, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        async with real(durable=durable) as connection:
            yield connection
            done.set()
            await commit.wait()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(database, "writing", held)
        task = asyncio.ensure_future(work(store))
        await done.wait()
        yield
        commit.set()
        await task


async def _waits_or_ends(url: str, task: asyncio.Future[object]) -> None:
    """Wait until the task has ended, or its transaction waits for a lock."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as admin:
        while not task.done():
            found = await (await admin.execute(waiting)).fetchone()
            if found and found[0]:
                return


@pytest.mark.parametrize(
    ("lane", "chat", "goes"),
    [
        (SLACK, "C1", False),
        (SLACK, WHOLE_LANE, False),
        (SLACK, "C2", True),
        ((Platform.SLACK, "T2"), WHOLE_LANE, True),
        ((Platform.SLACK, "T2"), "C1", True),
        (TELEGRAM, WHOLE_LANE, True),
        (TELEGRAM, "C1", True),
    ],
)
async def test_what_is_held_after_it_was_claimed_is_not_begun_and_all_else_is(
    desk: Desk, lane: Lane, chat: str, goes: bool
) -> None:
    await desk.ready(await desk.channel("C1", platform=Platform.SLACK, workspace="T1"))
    claim = await desk.store.deliveries.claim(NOW, SLACK, limits_of(SLACK), limit=1, ahead=AHEAD)
    await desk.store.paces.pause(lane, chat, NOW + timedelta(seconds=5), now=NOW)
    begun = await desk.store.deliveries.begin(claim.parts[0].delivery, NOW)
    assert (begun is not None) == goes


@pytest.mark.parametrize(
    "lane", [TELEGRAM, (Platform.SLACK, "T2")], ids=["another platform", "another workspace"]
)
async def test_a_pace_of_another_lane_delays_nothing(desk: Desk, lane: Lane) -> None:
    await desk.ready(await desk.channel("C1", platform=Platform.SLACK, workspace="T1"))
    await desk.store.paces.pause(lane, "C1", NOW + timedelta(seconds=30), now=NOW)
    assert await taken(desk, NOW, SLACK) == [(0.0, "C1")]


async def test_a_part_waits_until_its_chat_and_its_lane_are_open(desk: Desk) -> None:
    await desk.ready(await desk.channel("1"))
    await desk.store.paces.pause(TELEGRAM, "1", NOW + timedelta(seconds=2), now=NOW)
    assert await taken(desk, NOW + timedelta(seconds=1.9)) == []
    assert await taken(desk, NOW + timedelta(seconds=2)) == [(2.0, "1")]


async def test_fault_01_what_was_claimed_and_not_begun_is_free_again_soon(desk: Desk) -> None:
    digest = await desk.ready()
    assert len(await taken(desk, NOW)) == 1
    assert await taken(desk, NOW + timedelta(seconds=5)) == []
    [begun] = await desk.claim(NOW + timedelta(seconds=6))
    assert (begun.digest_id, begun.attempts) == (digest.id, 1)


@pytest.mark.parametrize("hours", [-2, 2])
async def test_fault_24_a_clock_that_jumps_stalls_nothing(desk: Desk, hours: int) -> None:
    for _ in range(2):
        await desk.ready(await desk.channel("1"), parts=4)
    before = NOW - timedelta(hours=hours)
    await desk.store.paces.pause(TELEGRAM, WHOLE_LANE, before + timedelta(seconds=3), now=before)
    [part] = await desk.claim(before + timedelta(seconds=4))
    await desk.store.deliveries.put_off(
        part.id, part.token or "", before + timedelta(minutes=5), "later"
    )
    later = NOW + timedelta(minutes=6) if hours > 0 else NOW
    assert len(await taken(desk, later)) == 1
