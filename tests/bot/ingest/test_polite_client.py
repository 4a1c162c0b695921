"""Answers of strangers: only so much of them is held at once, and a host is asked in turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from bot.errors import FetchError, LeftForLater
from bot.ingest.body_budget import BodyBudget
from bot.ingest.polite_client import PoliteClient
from bot.sources.http.client import Fetcher, FetchLimits
from tests.fakes.web import (
    LOOPBACK,
    Asked,
    Crowd,
    FakeWeb,
    answer,
    fake_web,
    gzip_bomb,
    others_come,
    redirect,
    silence,
    stalled,
    trickle,
)
from tests.support.waiting import until

MEGABYTE = 1024 * 1024
LIMITS = FetchLimits(total_seconds=0.5, max_bytes=MEGABYTE)
HALF = MEGABYTE // 2
HEAD = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web("127.0.0.1", "127.0.0.2", "127.0.0.3") as server:
        server.on("/large", answer(bytes(MEGABYTE)))
        server.on("/small", answer(b"news"))
        packed = gzip_bomb(1)
        server.on("/packed", answer(packed, headers=[("Content-Encoding", "gzip")]))
        yield server


@pytest.fixture
async def client() -> AsyncIterator[PoliteClient]:
    async with Fetcher(LIMITS, allowed_networks=LOOPBACK) as fetcher:
        yield PoliteClient(fetcher, pause=0, room=BodyBudget(MEGABYTE))


@pytest.fixture
async def patient() -> AsyncIterator[PoliteClient]:
    """Asks without haste, but for those who keep others waiting."""
    limits = replace(LIMITS, total_seconds=600.0)
    async with Fetcher(limits, allowed_networks=LOOPBACK) as fetcher:
        yield PoliteClient(fetcher, pause=0, room=BodyBudget(MEGABYTE, alone_seconds=0.2))


class Readers:
    """Those who ask and read, each in a moment; `most` bytes were held at once."""

    def __init__(self, client: PoliteClient) -> None:
        self.client = client
        self.held = self.most = 0

    async def read(self, url: str) -> None:
        async with self.client.feed(url) as fetched:
            self.held += len(fetched.body)
            self.most = max(self.most, self.held)
            await others_come()
            self.held -= len(fetched.body)


@pytest.mark.parametrize("path", ["/large", "/packed"])
async def test_only_so_many_bytes_are_held_at_once(
    web: FakeWeb, client: PoliteClient, path: str
) -> None:
    readers = Readers(client)
    hosts = [f"127.0.0.{1 + number % 3}" for number in range(12)]
    await asyncio.gather(*(readers.read(web.at(path, host)) for host in hosts))
    assert MEGABYTE <= readers.most <= 2 * MEGABYTE


async def test_who_waits_for_room_is_not_late_and_small_answers_need_none(
    web: FakeWeb, client: PoliteClient
) -> None:
    async with AsyncExitStack() as full:
        for host in ("127.0.0.1", "127.0.0.2"):
            await full.enter_async_context(client.feed(web.at("/large", host)))
        waiting = asyncio.create_task(Readers(client).read(web.at("/large", "127.0.0.3")))
        await asyncio.wait({waiting}, timeout=2 * LIMITS.total_seconds)
        assert not waiting.done()
        await Readers(client).read(web.at("/small", "127.0.0.1"))
    await waiting


async def test_who_waits_for_a_host_is_not_late(web: FakeWeb, client: PoliteClient) -> None:
    begun = asyncio.Event()

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        begun.set()
        await silence(asked, writer)

    web.on("/mute", behave)
    mute = [asyncio.create_task(Readers(client).read(web.at("/mute"))) for _ in range(2)]
    await begun.wait()
    await Readers(client).read(web.at("/small"))
    for each in mute:
        with pytest.raises(FetchError, match=r"took more than the 0\.5 s"):
            await each


async def test_a_large_answer_that_drips_gives_its_room_back(
    web: FakeWeb, client: PoliteClient
) -> None:
    web.on("/drip", trickle(HEAD + bytes(MEGABYTE // 2), b"x", 0.05))
    drips = [Readers(client).read(web.at("/drip", f"127.0.0.{n}")) for n in (1, 2)]
    failed = await asyncio.gather(*drips, return_exceptions=True)
    assert [type(each) for each in failed] == [FetchError, FetchError]
    await asyncio.gather(*(Readers(client).read(web.at("/large")) for _ in range(2)))


async def test_a_large_answer_that_stalls_keeps_no_other_waiting(
    web: FakeWeb, patient: PoliteClient
) -> None:
    stalling = await stall(web, patient, "127.0.0.1", HALF)
    await asyncio.gather(*(Readers(patient).read(web.at("/large", "127.0.0.3")) for _ in range(3)))
    assert not stalling.done()
    stalling.cancel()


async def test_where_no_room_is_left_who_stalls_gives_way(
    web: FakeWeb, patient: PoliteClient
) -> None:
    filling = await stall(web, patient, "127.0.0.1", HALF)
    web.on("/alone", stalled(HEAD + bytes(HALF + 1)))
    alone = asyncio.create_task(Readers(patient).read(web.at("/alone", "127.0.0.2")))
    await until(lambda: patient.room.alone is not None)
    await Readers(patient).read(web.at("/large", "127.0.0.3"))
    with pytest.raises(LeftForLater, match="came slowly while others waited"):
        await alone
    assert not filling.done()
    filling.cancel()


async def test_where_nobody_waits_for_its_room_who_is_slow_has_its_time(
    web: FakeWeb, patient: PoliteClient
) -> None:
    patient = replace(patient, room=BodyBudget(MEGABYTE, alone_seconds=0))
    filling = await stall(web, patient, "127.0.0.1", HALF)
    alone, go_on = await grows_alone(web, patient, "127.0.0.2")
    await Readers(patient).read(web.at("/small", "127.0.0.3"))
    assert not alone.done()
    go_on.set()
    await alone
    assert patient.room.alone is None
    assert not filling.done()
    filling.cancel()


async def test_who_is_slow_has_its_time_again_once_nobody_waits_any_more(
    web: FakeWeb, patient: PoliteClient
) -> None:
    patient = replace(patient, room=BodyBudget(MEGABYTE, alone_seconds=600))
    filling = await stall(web, patient, "127.0.0.1", HALF)
    alone, go_on = await grows_alone(web, patient, "127.0.0.2")
    growing = patient.room.alone
    assert growing is not None
    async with patient.room.share() as other:
        waiting = asyncio.create_task(other.grow(HALF))
        await until(lambda: growing.ends_at is not None)
        filling.cancel()
        await waiting
        assert growing.ends_at is None
    go_on.set()
    await alone


async def grows_alone(
    web: FakeWeb, client: PoliteClient, host: str
) -> tuple[asyncio.Task[None], asyncio.Event]:
    """Somebody whose body finds no room, and comes to its end once the event is set."""
    go_on = asyncio.Event()

    async def slowly(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + bytes(HALF + 1))
        await go_on.wait()
        writer.write(b"the rest")
        writer.close()

    web.on("/slowly", slowly)
    alone = asyncio.create_task(Readers(client).read(web.at("/slowly", host)))
    await until(lambda: client.room.alone is not None)
    return alone, go_on


async def stall(web: FakeWeb, client: PoliteClient, host: str, size: int) -> asyncio.Task[None]:
    """Somebody who holds room for so many bytes, and waits for more."""
    web.on("/stalled", stalled(HEAD + bytes(size)))
    stalling = asyncio.create_task(Readers(client).read(web.at("/stalled", host)))
    await until(lambda: client.room.free <= MEGABYTE - size)
    return stalling


async def test_a_host_that_many_lead_to_is_asked_once_at_a_time(
    web: FakeWeb, client: PoliteClient
) -> None:
    crowd = Crowd(answer(b"news"))
    web.on("/slow", crowd)
    web.on("/on", redirect(web.at("/slow", "127.0.0.3")))
    hosts = ["127.0.0.1", "127.0.0.2", "127.0.0.1", "127.0.0.2"]
    await asyncio.gather(*(Readers(client).read(web.at("/on", host)) for host in hosts))
    assert crowd.most == 1


async def test_hosts_that_lead_to_each_other_keep_nobody_waiting(
    web: FakeWeb, client: PoliteClient
) -> None:
    web.on("/to-2", redirect(web.at("/small", "127.0.0.2")))
    web.on("/to-1", redirect(web.at("/small", "127.0.0.1")))
    ways = [web.at("/to-2", "127.0.0.1"), web.at("/to-1", "127.0.0.2")] * 5
    await asyncio.gather(*(Readers(client).read(way) for way in ways))
    assert sum(asked.target == "/small" for asked in web.asked) == len(ways)
