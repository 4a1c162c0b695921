"""Faults 31 and 32: no answer costs more memory or time than its limit, directly or by proxy."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchError
from bot.sources.http.client import Fetcher, FetchLimits
from tests.fakes.proxies import Route, route_to
from tests.fakes.web import (
    LOOPBACK,
    Asked,
    Behaviour,
    FakeWeb,
    answer,
    fake_web,
    gzip_bomb,
    gzipped,
    raw,
    redirect,
    silence,
    trickle,
)

MEGABYTE = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip_bomb(400)
TOO_LARGE = "the answer has more than the 16,777,216 bytes allowed"
UNASKED = "the answer has a content encoding that was not requested"
DEADLINE = "127.0.0.1 took more than the 0.4 s allowed"
NOT_HTTP = "127.0.0.1 answered in a way that is not HTTP"
BOMBS = ["gzip", "stacked", "twice", "br", "zstd", "deflate", "length", "endless", "chunks"]
SLOW = ["silence", "body", "chunks", "headers", "header", "hints", "trailers", "extension"]


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        server.on("/feed", answer(b"news"))
        yield server


@pytest.fixture(params=["direct", "http", "socks5"])
async def route(web: FakeWeb, request: pytest.FixtureRequest) -> AsyncIterator[Route]:
    async with route_to(web.port, request.param) as way:
        yield way


async def refusal(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    return caught.value


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        (answer(BOMB, headers=[("Content-Encoding", "gzip")]), TOO_LARGE),
        (gzipped(BOMB[:9_000_000], "gzip, gzip"), UNASKED),
        (
            answer(BOMB, headers=[("Content-Encoding", "gzip"), ("Content-Encoding", "gzip")]),
            UNASKED,
        ),
        (answer(BOMB, headers=[("Content-Encoding", "br")]), UNASKED),
        (answer(BOMB, headers=[("Content-Encoding", "zstd")]), UNASKED),
        (answer(BOMB, headers=[("Content-Encoding", "deflate")]), UNASKED),
        (answer(headers=[("Content-Length", "17000000")]), TOO_LARGE),
        (trickle(OK + b"\r\n", b"x" * 65536, 0), TOO_LARGE),
        (trickle(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0), TOO_LARGE),
    ],
    ids=BOMBS,
)
async def test_fault_31_a_bomb_is_stopped_at_the_cap(
    web: FakeWeb, route: Route, bomb: Behaviour, why: str
) -> None:
    url = web.on("/bomb", bomb)
    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        await fetcher.fetch(web.at("/feed"))
        tracemalloc.start()
        try:
            assert str(await refusal(fetcher, url)) == why
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 32 * MEGABYTE


async def test_fault_31_gzip_within_gzip_is_unpacked_once(web: FakeWeb, route: Route) -> None:
    url = web.on("/bomb", gzipped(BOMB))
    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        assert (await fetcher.fetch(url)).body == BOMB


@pytest.mark.parametrize("size", [999, 1000, 1001])
async def test_fault_31_a_caller_may_set_a_smaller_cap(
    web: FakeWeb, route: Route, size: int
) -> None:
    web.on("/plain", answer(b"x" * size))
    web.on("/packed", gzipped(b"x" * size))
    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        for path in ("/plain", "/packed"):
            if size <= 1000:
                assert len((await fetcher.fetch(web.at(path), max_bytes=1000)).body) == size
            else:
                with pytest.raises(FetchError, match="more than the 1,000 bytes"):
                    await fetcher.fetch(web.at(path), max_bytes=1000)


@pytest.mark.parametrize(
    "slow",
    [
        silence,
        trickle(OK + b"Content-Length: 9000\r\n\r\n", b"x", 0.02),
        trickle(CHUNKED, b"1\r\nx\r\n", 0.02),
        trickle(OK, b"X-A: b\r\n", 0.02),
        trickle(OK + b"X-A: ", b"b", 0.02),
        trickle(b"", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", 0.02),
        trickle(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-A: b\r\n", 0.02),
        trickle(CHUNKED + b"1;", b"x" * 1000, 0),
    ],
    ids=SLOW,
)
async def test_fault_32_nothing_slow_outlasts_the_deadline(
    web: FakeWeb, route: Route, slow: Behaviour
) -> None:
    url = web.on("/slow", slow)
    started = time.monotonic()
    async with Fetcher(
        FetchLimits(total_seconds=0.4), allowed_networks=LOOPBACK, proxies=route.proxies
    ) as fetcher:
        assert str(await refusal(fetcher, url)) == DEADLINE
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "endless",
    [
        trickle(OK, b"X-A: b\r\n" * 100, 0),
        trickle(OK + b"X-A: ", b"b" * 1000, 0),
        raw(OK + b"".join(b"X-%d: b\r\n" % n for n in range(5000)) + b"\r\n"),
    ],
    ids=["headers", "header", "many headers"],
)
async def test_fault_32_endless_headers_are_not_read_to_the_deadline(
    web: FakeWeb, route: Route, endless: Behaviour
) -> None:
    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        assert str(await refusal(fetcher, web.on("/endless", endless))) == NOT_HTTP


async def test_fault_32_the_deadline_counts_all_hops_together(
    web: FakeWeb, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hop takes nine seconds by the clock of the event loop."""
    loop = asyncio.get_running_loop()
    clock = loop.time

    async def late(asked: Asked, writer: asyncio.StreamWriter) -> None:
        monkeypatch.setattr(loop, "time", lambda: clock() + 9 * len(web.asked))
        await redirect("/late")(asked, writer)

    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        told = str(await refusal(fetcher, web.on("/late", late)))
    assert told == "127.0.0.1 took more than the 20 s allowed"
    assert len(web.asked) == 3


async def test_fault_32_the_connection_to_a_slow_server_is_dropped(
    web: FakeWeb, route: Route
) -> None:
    dropped = asyncio.Event()

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        try:
            await trickle(OK + b"\r\n", b"x", 0.01)(asked, writer)
        finally:
            dropped.set()

    async with Fetcher(
        FetchLimits(total_seconds=0.2), allowed_networks=LOOPBACK, proxies=route.proxies
    ) as fetcher:
        await refusal(fetcher, web.on("/slow", behave))
        async with asyncio.timeout(60):
            await dropped.wait()
    assert dropped.is_set()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_fault_32_a_redirect_loop_ends_after_five_hops(
    web: FakeWeb, route: Route, status: int
) -> None:
    web.on("/a", redirect("/b", status))
    web.on("/b", redirect("/a", status))
    async with Fetcher(allowed_networks=LOOPBACK, proxies=route.proxies) as fetcher:
        assert str(await refusal(fetcher, web.at("/a"))) == "redirects more than 5 times"
    assert len(web.asked) == 6


async def test_fault_32_the_body_of_a_redirect_is_not_waited_for(
    web: FakeWeb, route: Route
) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /feed\r\n\r\n"
    url = web.on("/start", trickle(head, b"x" * 65536, 0))
    async with Fetcher(
        FetchLimits(total_seconds=5), allowed_networks=LOOPBACK, proxies=route.proxies
    ) as fetcher:
        assert (await fetcher.fetch(url)).body == b"news"


def test_fault_32_the_limits_are_those_that_were_promised() -> None:
    limits = FetchLimits()
    assert (limits.total_seconds, limits.max_redirects) == (20, 5)
