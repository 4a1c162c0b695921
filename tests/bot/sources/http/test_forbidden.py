"""Faults 28 to 30: no stranger's link leads inside, however it is spelt, directly or by proxy."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.errors import FetchError
from bot.sources.http.addresses import IPNetwork
from bot.sources.http.client import Fetcher
from bot.sources.http.resolver import ForbiddenAddress, guarded_sockets
from tests.fakes.addresses import forbidden_hosts
from tests.fakes.proxies import ROUTES, Route, route_to
from tests.fakes.resolver import FakeResolver
from tests.fakes.web import LOOPBACK, FakeWeb, answer, fake_web, raw, redirect

PUBLIC = "93.184.215.14"


class Connects:
    """Every address that a socket of this process tries to connect, as the interpreter hears it."""

    def __init__(self) -> None:
        self.seen: list[object] = []
        self.watching = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.watching and event == "socket.connect":
            self.seen.append(args[1])


CONNECTS: list[Connects] = []
"""One for the process: an audit hook cannot be taken out again."""


@pytest.fixture
async def connects() -> AsyncIterator[list[object]]:
    if not CONNECTS:
        CONNECTS.append(Connects())
    heard = CONNECTS[0]
    heard.seen, heard.watching = [], True
    yield heard.seen
    heard.watching = False


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web("127.0.0.1", "::1") as server:
        server.on("/feed", answer(b"secret"))
        yield server


@pytest.fixture(params=ROUTES)
async def route(web: FakeWeb, request: pytest.FixtureRequest) -> AsyncIterator[Route]:
    async with route_to(web.port, request.param) as way:
        yield way


def fetcher_by(
    route: Route, names: FakeResolver, allowed: Sequence[IPNetwork] = LOOPBACK
) -> Fetcher:
    """A client on this route that may ask the fake web."""
    return Fetcher(allowed_networks=allowed, resolver=names, proxies=route.proxies)


async def refusal(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    return caught.value


async def test_fault_28_no_spelling_of_a_forbidden_address_is_connected(
    web: FakeWeb, route: Route, connects: list[object]
) -> None:
    hosts = sorted(set(forbidden_hosts()))
    assert len(hosts) >= 600
    async with Fetcher(resolver=FakeResolver({}), proxies=route.proxies) as fetcher:
        for host in hosts:
            assert (await refusal(fetcher, web.at("/feed", host))).refused, host
    assert connects == []
    assert web.connections == 0


async def test_fault_28_the_machine_s_own_look_up_leads_nowhere_else(
    web: FakeWeb, route: Route, connects: list[object]
) -> None:
    async with Fetcher(proxies=route.proxies) as fetcher:
        for host in ("localhost", "LOCALHOST.", "127.1", "0x7f.1", "2130706433", "[::]"):
            assert (await refusal(fetcher, web.at("/feed", host))).refused, host
    assert connects == []


async def test_the_watch_on_connections_sees_one_that_is_made(
    web: FakeWeb, connects: list[object]
) -> None:
    async with Fetcher(allowed_networks=LOOPBACK) as fetcher:
        assert (await fetcher.fetch(web.at("/feed"))).body == b"secret"
        assert (await fetcher.fetch(web.at("/feed", "[::ffff:127.0.0.1]"))).body == b"secret"
        assert (await fetcher.fetch(web.at("/feed", "[::1]"))).body == b"secret"
    assert len(connects) == web.connections == 3


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:169.254.169.254"],
        [PUBLIC, "127.0.0.1"],
        ["2606:4700::1", "10.0.0.1"],
        [PUBLIC, "fd00:ec2::254"],
        [PUBLIC] * 20 + ["127.0.0.1"],
        ["fe80::1%eth0"],
    ],
)
async def test_fault_29_a_name_with_a_forbidden_address_is_refused_whole(
    web: FakeWeb, route: Route, connects: list[object], addresses: Sequence[str]
) -> None:
    names = FakeResolver({"rebind.example": [addresses]})
    async with Fetcher(resolver=names, proxies=route.proxies) as fetcher:
        error = await refusal(fetcher, web.at("/feed", "rebind.example"))
    assert error.refused
    assert str(error).startswith("rebind.example leads to a forbidden address: ")
    assert connects == []


async def test_fault_29_a_name_that_rebinds_is_judged_at_each_connection(
    web: FakeWeb, route: Route
) -> None:
    names = FakeResolver({"rebind.example": [["127.0.0.1"], ["127.0.0.1"], ["::1"]]})
    web.on("/feed", answer(b"public", headers=[("Connection", "close")]))
    async with fetcher_by(route, names, LOOPBACK[:1]) as fetcher:
        for _ in range(2):
            assert (await fetcher.fetch(web.at("/feed", "rebind.example"))).body == b"public"
        assert (await refusal(fetcher, web.at("/feed", "rebind.example"))).refused
    assert web.connections == 2


async def test_fault_29_a_name_that_rebinds_within_a_redirect_is_refused(
    web: FakeWeb, route: Route
) -> None:
    names = FakeResolver({"rebind.example": [["127.0.0.1"], ["10.0.0.1"]]})
    away = answer(status=302, headers=[("Location", "/feed"), ("Connection", "close")])
    web.on("/start", away)
    async with fetcher_by(route, names) as fetcher:
        error = await refusal(fetcher, web.at("/start", "rebind.example"))
    assert error.refused
    assert [asked.target for asked in web.asked] == ["/start"]
    assert web.connections == 1


async def test_fault_29_a_retry_on_a_fresh_connection_is_judged_again(
    web: FakeWeb, route: Route
) -> None:
    """The client replaces a kept connection that turns out dead: a new look-up, a new check."""
    names = FakeResolver({"rebind.example": [["127.0.0.1"], ["10.0.0.1"]]})
    async with fetcher_by(route, names) as fetcher:
        await fetcher.fetch(web.at("/feed", "rebind.example"))
        web.on("/feed", raw(b"", close=True))
        assert (await refusal(fetcher, web.at("/feed", "rebind.example"))).refused
    assert names.asked == ["rebind.example"] * 2
    assert web.connections == 1


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "//169.254.169.254/latest/meta-data/",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::a00:1]/",
        "http://inner.example/",
        "http://167772161/",
        "http://u:p@127.0.0.1/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/_x",
    ],
)
async def test_fault_29_a_redirect_does_not_lead_inside(
    web: FakeWeb, route: Route, location: str
) -> None:
    names = FakeResolver({"inner.example": [["10.0.0.1"]]})
    async with fetcher_by(route, names) as fetcher:
        assert (await refusal(fetcher, web.on("/start", redirect(location)))).refused
    assert web.connections == 1
    assert set(route.asked) <= {f"127.0.0.1:{web.port}"}


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"])
def test_fault_29_no_socket_is_made_for_a_forbidden_address(address: str) -> None:
    """Behind all other checks: what a look-up let through would end here."""
    kin = 10 if ":" in address else 2
    with pytest.raises(ForbiddenAddress):
        guarded_sockets(())((kin, 1, 6, "", (address, 80)))


@pytest.mark.parametrize(
    "url",
    [
        "http://internal\\@public.example/",
        "http://public.example\\@internal/",
        "http://public.example@internal/",
        "http://public.example#@internal\\/",
        "http://user:pass@public.example/",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "gopher://internal:70/_GET",
        "ftp://internal/",
        "dict://internal:11211/stat",
        "data:text/xml,<rss/>",
        "jar:http://internal!/",
        "javascript:alert(1)",
        "unix:/run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/",
        "http:internal",
        "http:/internal/",
        "///internal/",
        "http://internal\t/",
        "ht\ntp://internal/",
        "http://internal:25/",
        "http://internal:6667/",
        "http://internal:0/",
        "http://internal:-80/",
        "http://internal:٨٠/",
        "http://internal%00.public.example/",
        "http://inter\u00adnal/\\",
    ],
)
async def test_fault_30_what_is_no_plain_web_address_is_refused(
    route: Route, connects: list[object], url: str
) -> None:
    names = FakeResolver({"internal": [["10.0.0.1"]], "public.example": [[PUBLIC]]})
    async with Fetcher(resolver=names, proxies=route.proxies) as fetcher:
        assert (await refusal(fetcher, url)).refused
    assert names.asked == []
    assert connects == []
