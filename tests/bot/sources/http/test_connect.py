"""Connections to servers of strangers: names, certificates, and all that can break on the way."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import FetchError
from bot.sources.http.client import Fetched, Fetcher, FetchLimits
from bot.sources.http.resolver import SystemResolver
from tests.conftest import NOTHING_SKIPS
from tests.fakes.resolver import FakeResolver
from tests.fakes.web import LOOPBACK, Asked, FakeWeb, answer, fake_web, raw, redirect, silence

FEED = b"<rss><channel><title>Grid news</title></channel></rss>"


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has vouched for, and its key."""
    paths = folder / "cert.pem", folder / "key.pem"
    if not shutil.which("openssl"):
        (pytest.fail if NOTHING_SKIPS else pytest.skip)("openssl is not installed")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    names = ["subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return paths


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        yield server


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(FetchLimits(total_seconds=5), allowed_networks=LOOPBACK) as opened:
        yield opened


async def refusal(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    return caught.value


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "127.0.0.1 closed the connection without an answer"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "127.0.0.1 answered in a way that is not HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<rss>",
            "the answer of 127.0.0.1 was cut short",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>",
            "the answer of 127.0.0.1 was cut short",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
            "127.0.0.1 answered in a way that is not HTTP",
        ),
    ],
)
async def test_it_says_how_an_answer_is_broken(
    web: FakeWeb, fetcher: Fetcher, data: bytes, why: str
) -> None:
    assert str(await refusal(fetcher, web.on("/feed", raw(data, close=True)))) == why


async def test_it_says_why_there_is_no_connection(web: FakeWeb, fetcher: Fetcher) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert str(await refusal(fetcher, url)) == (
            "127.0.0.1 cannot be connected: connection refused"
        )
    async with Fetcher(resolver=FakeResolver({})) as lost:
        assert str(await refusal(lost, "http://a.example/")) == (
            "a.example has no address: the name is not known"
        )


async def test_a_server_must_prove_who_it_is(fetcher: Fetcher, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(tmp_path))
    async with fake_web(context=context) as web:
        web.on("/feed", answer(FEED))
        url = web.at("/feed").replace("http:", "https:")
        error = await refusal(fetcher, url)
        assert str(error) == "the certificate of 127.0.0.1 cannot be trusted"
        assert web.asked == []


async def test_a_server_that_does_not_speak_tls_is_told_apart(fetcher: Fetcher) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await refusal(fetcher, f"https://127.0.0.1:{port}/")
    assert str(error) == "127.0.0.1 cannot be reached over an encrypted connection"


async def test_an_error_repeats_of_a_server_s_words_only_where_it_leads(
    web: FakeWeb, fetcher: Fetcher
) -> None:
    evil = "<!channel> \x1b[31m\u202e"
    web.on("/a", raw(f"HTTP/1.1 500 {evil}\r\nX: {evil}\r\n\r\n".encode(), close=True))
    web.on("/b", raw(f"HTTP/1.1 200 OK\r\nX: {evil}\0\r\n\r\n".encode(), close=True))
    web.on("/c", redirect("ftp://a.example/" + "x" * 1000))
    assert str(await refusal(fetcher, web.at("/a"))) == "the server is in trouble (HTTP 500)"
    assert (
        str(await refusal(fetcher, web.at("/b"))) == "127.0.0.1 answered in a way that is not HTTP"
    )
    assert re.fullmatch(
        r"127\.0\.0\.1 redirects, but ftp://a\.example/x{103}… is neither http nor https",
        str(await refusal(fetcher, web.at("/c"))),
    )


async def test_a_name_is_looked_up_for_each_connection(web: FakeWeb) -> None:
    web.on("/feed", answer(FEED, headers=[("Connection", "close")]))
    names = FakeResolver({"a.example": [["127.0.0.1"]]})
    async with Fetcher(allowed_networks=LOOPBACK, resolver=names) as fetcher:
        for _ in range(2):
            assert (await fetcher.fetch(web.at("/feed", "A.example."))).body == FEED
    assert names.asked == ["a.example", "a.example"]
    assert web.asked[0].headers["host"] == f"a.example:{web.port}"


async def test_an_address_that_is_down_does_not_hide_the_next(web: FakeWeb) -> None:
    names = FakeResolver({"a.example": [["127.0.0.2", "127.0.0.1"]]})
    async with Fetcher(allowed_networks=LOOPBACK, resolver=names) as fetcher:
        web.on("/feed", answer(FEED))
        assert (await fetcher.fetch(web.at("/feed", "a.example"))).body == FEED


async def test_the_machine_looks_names_up_in_both_families() -> None:
    resolver = SystemResolver()
    found = await resolver.resolve("localhost", 80)
    assert {each["host"] for each in found} <= {"127.0.0.1", "::1"}
    with pytest.raises(OSError, match="known"):
        await resolver.resolve("nowhere.invalid", 80)


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_look_up_that_hangs_ends_with_the_deadline_and_holds_up_nobody(
    web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    real = socket.getaddrinfo

    def slow(host: str, *rest: int) -> object:
        return over.wait(30) and real("localhost", *rest) if "slow" in host else real(host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    web.on("/feed", answer(FEED))
    limits = FetchLimits(total_seconds=1.5)
    async with Fetcher(limits, allowed_networks=LOOPBACK) as fetcher:
        slow_ones = [refusal(fetcher, f"http://slow{n}.example/") for n in range(100)]
        quick = fetcher.fetch(web.at("/feed", "localhost"))
        fetched, *errors = await asyncio.gather(quick, *slow_ones)
    over.set()
    for thread in threading.enumerate():
        if "_look_up" in thread.name:
            thread.join()
    assert isinstance(fetched, Fetched)
    assert {str(error) for error in errors} == {
        f"slow{n}.example took more than the 1.5 s allowed" for n in range(100)
    }


async def test_one_that_hangs_does_not_delay_the_others(web: FakeWeb) -> None:
    arrived = asyncio.Semaphore(0)

    async def hang(asked: Asked, writer: asyncio.StreamWriter) -> None:
        arrived.release()
        await silence(asked, writer)

    web.on("/hangs", hang)
    web.on("/feed", answer(FEED))
    async with Fetcher(FetchLimits(total_seconds=60), allowed_networks=LOOPBACK) as fetcher:
        hanging = [asyncio.create_task(fetcher.fetch(web.at("/hangs"))) for _ in range(150)]
        async with asyncio.timeout(30):
            for _ in hanging:
                await arrived.acquire()
            assert (await fetcher.fetch(web.at("/feed"))).body == FEED
        for task in hanging:
            task.cancel()
        ended = await asyncio.gather(*hanging, return_exceptions=True)
    assert {type(each) for each in ended} == {asyncio.CancelledError}


SOUND = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nx: y\r\n\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello", mtime=0),
    b"HTTP/1.1 429 Busy\r\nRetry-After: 5\r\nSet-Cookie: a=b; Path=/\r\n\r\n",
)
NOISE = (
    b"\r\n",
    b"\0",
    b"\xff",
    b"Content-Length: 3\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Location: //[",
)


@pytest.mark.parametrize("seed", range(5))
async def test_no_damage_to_an_answer_is_more_than_a_failure(web: FakeWeb, seed: int) -> None:
    chance = random.Random(seed)
    web.on("/ok", answer(b"ok"))
    ends = set()
    async with Fetcher(FetchLimits(total_seconds=5), allowed_networks=LOOPBACK) as fetcher:
        for _ in range(60):
            url = web.on("/feed", raw(damaged(chance.choice(SOUND), chance), close=True))
            try:
                ends.add((await fetcher.fetch(url)).status)
            except FetchError as error:
                ends.add(str(error).isprintable())
    assert ends == {200, True}


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((0, 1, 2, 4))):
        start = chance.randrange(len(data))
        end = chance.choice((start, start + 1, start + 20))
        data = data[:start] + chance.choice(NOISE) + data[end:]
    return data
