"""Fault 60: requests through the operator's proxy, and what no proxy is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

import pytest

from bot.errors import FetchError
from bot.sources.http.client import Fetcher, FetchLimits
from config.proxies import Proxies
from tests.fakes.proxies import fake_proxy
from tests.fakes.resolver import FakeResolver
from tests.fakes.web import LOOPBACK, FakeWeb, answer, fake_web, redirect

FEED = b"<rss><channel><title>Grid news</title></channel></rss>"
LIMITS = FetchLimits(total_seconds=5)


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        server.on("/feed", answer(FEED))
        yield server


def fetcher(proxies: Proxies, known: Mapping[str, Sequence[Sequence[str]]] = {}) -> Fetcher:
    """A client on a machine that knows only the names in `known`."""
    return Fetcher(LIMITS, proxies=proxies, resolver=FakeResolver(known))


@pytest.mark.parametrize("socks", [False, True], ids=["http", "socks"])
async def test_fault_60_a_name_that_only_the_proxy_knows_is_fetched(
    web: FakeWeb, *, socks: bool
) -> None:
    async with fake_proxy(web.port, socks=socks) as proxy:
        scheme = "socks5h" if socks else "http"
        through = Proxies(other=f"{scheme}://127.0.0.1:{proxy.port}")
        async with fetcher(through) as opened:
            fetched = await opened.fetch("http://outlet.example/feed")
    assert fetched.body == FEED
    assert proxy.asked == ["outlet.example:80" if socks else "outlet.example"]


async def test_fault_60_a_password_goes_to_the_proxy_alone(web: FakeWeb) -> None:
    async with fake_proxy(web.port) as proxy:
        through = Proxies(http=f"http://us:secret@127.0.0.1:{proxy.port}")
        async with fetcher(through) as opened:
            await opened.fetch("http://outlet.example/feed")
    assert "proxy-authorization: basic" in proxy.told[0].lower()
    assert "secret" not in proxy.told[0]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://169.254.169.254/latest/",
        "http://[::1]/feed",
        "http://[::ffff:10.0.0.1]/feed",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://100.64.0.1/feed",
        "http://inner.example/feed",
        "http://mixed.example/feed",
        "http://localhost/feed",
        "http://db/feed",
        "http://vault.internal/feed",
        "http://outlet.example/moved",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_fault_28_no_proxy_is_asked_for_a_forbidden_address(
    web: FakeWeb, url: str, scheme: str
) -> None:
    web.on("/moved", redirect("http://10.0.0.1/secrets"))
    async with fake_proxy(web.port, socks=scheme == "socks5") as proxy:
        through = Proxies(other=f"{scheme}://127.0.0.1:{proxy.port}")
        known = {"inner.example": [["10.1.2.3"]], "mixed.example": [["93.184.216.34", "127.0.0.1"]]}
        async with fetcher(through, known) as opened:
            with pytest.raises(FetchError) as caught:
                await opened.fetch(url)
    assert caught.value.refused
    assert not [each for each in proxy.asked if "outlet.example" not in each]


async def test_fault_60_an_exception_is_asked_directly_and_judged(web: FakeWeb) -> None:
    through = Proxies(other="http://127.0.0.1:9", exceptions="localhost, 127.0.0.0/8")
    async with Fetcher(LIMITS, proxies=through, allowed_networks=LOOPBACK) as opened:
        assert (await opened.fetch(web.at("/feed"))).body == FEED
    async with fetcher(through) as opened:
        with pytest.raises(FetchError, match="may not be asked"):
            await opened.fetch(web.at("/feed"))


@pytest.mark.parametrize(
    ("scheme", "url", "told"),
    [
        ("http", "http://outlet.example/feed", "the server is behind a proxy that asks for a p"),
        ("http", "https://outlet.example/feed", "the proxy did not reach outlet.example (HTTP 407"),
        ("socks5", "http://outlet.example/feed", "the proxy did not reach outlet.example"),
    ],
)
async def test_fault_60_what_a_proxy_refuses_is_told_in_a_sentence(
    web: FakeWeb, scheme: str, url: str, told: str
) -> None:
    async with fake_proxy(web.port, socks=scheme == "socks5") as proxy:
        proxy.refuses = "407 Proxy Authentication Required"
        through = Proxies(other=f"{scheme}://127.0.0.1:{proxy.port}")
        async with fetcher(through) as opened:
            with pytest.raises(FetchError) as caught:
                await opened.fetch(url)
    assert str(caught.value).startswith(told)
    assert not caught.value.refused


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_fault_60_a_proxy_that_is_down_is_named(scheme: str) -> None:
    async with fetcher(Proxies(other=f"{scheme}://127.0.0.1:9")) as opened:
        with pytest.raises(FetchError, match="the proxy cannot be connected"):
            await opened.fetch("http://outlet.example/feed")


@pytest.mark.parametrize("url", ["http://outlet.example/feed", "https://outlet.example/feed"])
async def test_a_proxy_whose_name_is_not_known_is_not_taken_for_the_host(url: str) -> None:
    async with fetcher(Proxies(other="http://proxy.example:3128")) as opened:
        with pytest.raises(FetchError, match="the proxy has no address"):
            await opened.fetch(url)


async def test_fault_60_a_missing_part_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.proxies.find_spec", lambda _: None)
    async with fetcher(Proxies(other="socks5://127.0.0.1:9")) as opened:
        with pytest.raises(FetchError, match="pip install aiohttp-socks socksio"):
            await opened.fetch("http://outlet.example/feed")
