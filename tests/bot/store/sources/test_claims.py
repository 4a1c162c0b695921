"""Whose turn it is: sources are claimed once, one of each host, and taken up after a crash."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.models import FetchState, Source, SourceKind
from bot.store import Store
from bot.store.sources.due import FURTHEST, LEASE
from bot.store.sources.records import ClaimedSource
from tests.support.builders import NOW, ago, an_article

OVER = timedelta(seconds=-1)
"""The lease of who died long ago."""


def a_source(
    name: str = "Wire",
    *,
    host: str | None = None,
    next_at: datetime | None = NOW,
    kind: SourceKind = SourceKind.FEED,
    **state: object,
) -> Source:
    known = FetchState(next_at=next_at, **state)  # type: ignore[arg-type]
    where = host or f"{name.lower()}.example"
    return Source(name, kind, f"https://{where}/{name}", where, "Energy", 1.5, known)


async def added(store: Store, *sources: Source) -> None:
    for source in sources:
        assert await store.sources.add(source) == source


async def names(store: Store, now: datetime = NOW, limit: int = 100) -> list[str]:
    return [each.source.name for each in await store.sources.claim(now, limit)]


async def test_what_is_added_can_be_found(store: Store) -> None:
    source = a_source(
        "Wire", every=60.0, etag='"1"', error="x", failures=2, given_up_at=ago(days=1)
    )
    await added(store, source, a_source("Another"))
    assert await store.sources.find("wire") == source
    assert await store.sources.find(source.url) == source
    assert await store.sources.find("nobody") is None
    assert [each.name for each in await store.sources.all()] == ["Another", "Wire"]


async def test_an_address_is_added_once(store: Store) -> None:
    await added(store, a_source())
    assert await store.sources.add(replace(a_source(), name="Other")) is None


async def test_a_name_that_is_taken_gets_a_number(store: Store) -> None:
    await added(store, a_source("Wire"))
    for number in (2, 3):
        url = f"https://wire.example/{number}"
        second = await store.sources.add(replace(a_source("Wire"), url=url))
        assert second is not None
        assert second.name == f"Wire {number}"


async def test_an_outlet_that_is_known_becomes_the_source(store: Store) -> None:
    await store.articles.add(an_article(source="Wire"))
    assert await store.sources.all() == []
    await added(store, a_source("Wire"))
    assert len(await store.sources.all()) == 1


async def test_what_is_removed_leaves_its_articles(store: Store) -> None:
    await store.articles.add(an_article(source="Wire"))
    await added(store, a_source("Wire"))
    assert await store.sources.remove("Wire")
    assert not await store.sources.remove("Wire")
    assert await store.sources.all() == []
    assert await store.articles.count() == 1


async def test_the_longest_due_comes_first_and_what_is_not_due_stays(store: Store) -> None:
    await added(
        store,
        a_source("Late", next_at=ago(hours=2)),
        a_source("Later", next_at=ago(hours=3)),
        a_source("Early", next_at=NOW + timedelta(seconds=1)),
        a_source("Ended", next_at=None, ended="gone"),
    )
    assert await names(store, limit=1) == ["Later"]
    assert await names(store) == ["Late"]
    assert await names(store) == []


async def test_one_source_of_a_host_is_claimed_at_a_time(store: Store) -> None:
    await added(
        store, *(a_source(f"S{n}", host="same.example") for n in range(3)), a_source("Other")
    )
    first, second = await store.sources.claim(NOW, 100)
    assert [first.source.name, second.source.name] == ["Other", "S0"]
    assert await names(store) == []
    await store.sources.settle(second, _later(second))
    assert await names(store) == ["S1"]


async def test_replicas_never_claim_the_same_source_or_host(database_url: str) -> None:
    stores = [Store.open(database_url) for _ in range(4)]
    await added(stores[0], *(a_source(f"S{n}", host=f"h{n % 20}.example") for n in range(60)))
    seen: list[Source] = []

    async def work(store: Store) -> None:
        while claimed := await store.sources.claim(NOW, 3):
            busy = [each.source.host for each in claimed]
            assert len(set(busy)) == len(busy)
            for each in claimed:
                seen.append(each.source)
                assert await store.sources.settle(each, _later(each))

    await asyncio.gather(*map(work, stores))
    for _ in range(60):
        await work(stores[0])
    assert sorted(each.name for each in seen) == sorted(f"S{n}" for n in range(60))
    for each in stores:
        await each.close()


async def test_what_a_killed_replica_held_is_taken_up_after_its_lease(store: Store) -> None:
    await added(store, a_source())
    (dead,) = await store.sources.claim(NOW, 1, OVER)
    (alive,) = await store.sources.claim(NOW, 1)
    assert await names(store, NOW) == []
    assert not await store.sources.settle(dead, _later(dead), "{}")
    assert await store.sources.memory("Wire") is None
    assert await store.sources.settle(alive, _later(alive), "{}")


async def test_a_lease_lasts_a_minute(sqlite_store: Store) -> None:
    await added(sqlite_store, a_source())
    await sqlite_store.sources.claim(NOW, 1)
    assert await names(sqlite_store, NOW + LEASE) == []
    assert await names(sqlite_store, NOW + LEASE + timedelta(seconds=1)) == ["Wire"]


@pytest.mark.parametrize("wrong", [timedelta(hours=2), timedelta(hours=-2)])
async def test_a_replica_whose_clock_is_wrong_takes_nothing_from_another(
    postgresql_url: str, wrong: timedelta
) -> None:
    store = Store.open(postgresql_url)
    await added(store, a_source(next_at=ago(days=1)))
    (right,) = await store.sources.claim(NOW, 1)
    assert await names(store, NOW + wrong) == []
    await store.sources.renew([right], NOW + wrong)
    assert await names(store, NOW) == []
    await store.close()


async def test_a_lease_is_renewed_while_it_is_ours(store: Store) -> None:
    await added(store, a_source())
    (slow,) = await store.sources.claim(NOW, 1, OVER)
    await store.sources.renew([slow], NOW)
    assert await names(store) == []
    await store.sources.release(slow)
    (other,) = await store.sources.claim(NOW, 1, OVER)
    await store.sources.renew([slow], NOW)
    assert await names(store) == ["Wire"]
    assert not await store.sources.settle(other, other.source)


async def test_sources_of_one_name_that_are_added_at_once_are_all_kept(database_url: str) -> None:
    stores = [Store.open(database_url) for _ in range(4)]
    wanted = [replace(a_source("Wire"), url=f"https://wire.example/{n}") for n in range(20)]
    found = await asyncio.gather(
        *(stores[number % 4].sources.add(each) for number, each in enumerate(wanted))
    )
    assert len({each.name for each in found if each}) == 20
    kept = await stores[0].sources.all()
    assert {each.url for each in kept} == {each.url for each in wanted}
    again = await asyncio.gather(*(each.sources.add(a_source("Another")) for each in stores))
    assert sum(each is not None for each in again) == 1
    for each in stores:
        await each.close()


async def test_what_was_seen_of_a_source_is_forgotten_with_it(store: Store) -> None:
    await added(store, a_source())
    (claimed,) = await store.sources.claim(NOW, 1)
    await store.sources.settle(claimed, claimed.source, "{}")
    await store.sources.remove("Wire")
    await added(store, a_source())
    assert await store.sources.memory("Wire") is None


async def test_what_was_released_is_claimed_at_once(store: Store) -> None:
    await added(store, a_source())
    (claimed,) = await store.sources.claim(NOW, 1)
    await store.sources.release(claimed)
    assert await names(store) == ["Wire"]


async def test_a_look_is_stored_with_what_was_seen(store: Store) -> None:
    await added(store, a_source())
    (claimed,) = await store.sources.claim(NOW, 1)
    state = FetchState(
        next_at=NOW + timedelta(hours=1),
        every=90.5,
        etag='W/"é"',
        last_modified="Mon",
        body_hash="h",
        last_ok_at=NOW,
        last_new_at=ago(hours=1),
    )
    after = replace(claimed.source, url="https://moved.example/", host="moved.example", state=state)
    assert await store.sources.settle(claimed, after, '{"u1":"m"}')
    assert await store.sources.find("Wire") == after
    assert await store.sources.memory("Wire") == '{"u1":"m"}'
    (again,) = await store.sources.claim(NOW + timedelta(hours=2), 1)
    assert await store.sources.settle(again, after)
    assert await store.sources.memory("Wire") == '{"u1":"m"}'


async def test_a_removed_source_is_not_settled(store: Store) -> None:
    await added(store, a_source())
    (claimed,) = await store.sources.claim(NOW, 1)
    await store.sources.remove("Wire")
    assert not await store.sources.settle(claimed, claimed.source, "{}")


@pytest.mark.parametrize("ahead", [FURTHEST + timedelta(days=1), timedelta(days=4_000)])
async def test_a_clock_that_was_wrong_keeps_no_source_waiting(
    store: Store, ahead: timedelta
) -> None:
    await added(store, a_source(next_at=NOW + ahead))
    (wrong,) = await store.sources.claim(NOW + ahead, 1, timedelta(0))
    assert wrong.source.name == "Wire"
    assert await names(store) == ["Wire"]


async def test_sources_can_be_made_due(store: Store) -> None:
    soon = NOW + timedelta(hours=1)
    await added(store, a_source("A", next_at=soon), a_source("B", next_at=soon))
    await added(store, a_source("C", next_at=None, ended="gone"))
    assert await store.sources.hasten("A", NOW) == 1
    assert await names(store) == ["A"]
    assert await store.sources.hasten(None, NOW) == 2


async def test_a_source_that_fails_or_is_silent_is_not_healthy(store: Store) -> None:
    await added(
        store,
        a_source("Broken", error="HTTP 500"),
        a_source("Ended", next_at=None, error="gone", ended="gone"),
        a_source("Good", last_ok_at=ago(hours=1)),
        a_source("New"),
        a_source("Silent", last_ok_at=ago(days=3)),
        a_source("Stale", last_ok_at=ago(hours=1), last_new_at=ago(days=9), every=3_600.0),
    )
    sources = await store.sources.all()
    assert {each.name: each.state.standing(NOW).value for each in sources} == {
        "Broken": "failing",
        "Ended": "ended",
        "Good": "healthy",
        "New": "new",
        "Silent": "failing",
        "Stale": "stale",
    }


async def test_a_failed_check_is_kept_until_one_succeeds(store: Store) -> None:
    await added(store, a_source("Wire", last_ok_at=ago(hours=1), next_at=None))
    await store.sources.note_check("Wire", "HTTP 500", NOW)
    (failing,) = await store.sources.all()
    assert (failing.state.error, failing.state.failures) == ("HTTP 500", 1)
    await store.sources.note_check("Wire", None, NOW)
    (well,) = await store.sources.all()
    assert (well.state.error, well.state.failures, well.state.next_at) == (None, 0, NOW)


async def test_hostile_names_and_reasons_are_stored(store: Store) -> None:
    name = "W\x00ire \ud800\u202e" + "x" * 500
    source = await store.sources.add(a_source(name, error="\x00bad\udfff"))
    assert source is not None
    (stored,) = await store.sources.all()
    assert stored.state.error == "bad"


def _later(claimed: ClaimedSource) -> Source:
    state = replace(claimed.source.state, next_at=NOW + timedelta(hours=1))
    return replace(claimed.source, state=state)
