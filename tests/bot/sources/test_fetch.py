"""Asking servers of strangers: answers, conditions, redirects and failures."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import AsyncIterator
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.errors import FetchError
from bot.sources.fetch import Fetched, Fetcher, FetchLimits
from bot.sources.fetch_guard import SystemResolver
from tests.conftest import NOTHING_SKIPS
from tests.fakes.resolver import FakeResolver
from tests.fakes.web import (
    LOOPBACK,
    Asked,
    FakeWeb,
    answer,
    fake_web,
    gzipped,
    raw,
    redirect,
    silence,
    unless_modified,
)

FEED = b"<rss><channel><title>Grid news</title></channel></rss>"


@pytest.fixture
async def web() -> AsyncIterator[FakeWeb]:
    async with fake_web() as server:
        yield server


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(FetchLimits(total_seconds=5), allowed_networks=LOOPBACK) as opened:
        yield opened


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has vouched for, and its key."""
    paths = folder / "cert.pem", folder / "key.pem"
    if not shutil.which("openssl"):
        (pytest.fail if NOTHING_SKIPS else pytest.skip)("openssl is not installed")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext"
    names = ["subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    return paths


async def refusal(fetcher: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    return caught.value


async def test_it_brings_the_body_and_what_the_headers_tell(web: FakeWeb, fetcher: Fetcher) -> None:
    headers = [
        ("Content-Type", "application/rss+xml; charset=UTF-8"),
        ("ETag", '"v1"'),
        ("Last-Modified", "Mon, 23 Nov 2026 07:30:00 GMT"),
        ("Cache-Control", "max-age=900"),
    ]
    url = web.on("/feed", answer(FEED, headers=headers))
    assert await fetcher.fetch(url + "#top") == Fetched(
        url=url,
        status=200,
        body=FEED,
        moved_permanently_to=None,
        not_modified=False,
        content_type="application/rss+xml",
        charset="utf-8",
        etag='"v1"',
        last_modified="Mon, 23 Nov 2026 07:30:00 GMT",
        cache_max_age=900,
        retry_after=None,
    )


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP", "identity, gzip"])
async def test_gzip_is_unpacked(web: FakeWeb, fetcher: Fetcher, encoding: str) -> None:
    fetched = await fetcher.fetch(web.on("/feed", gzipped(FEED, encoding)))
    assert fetched.body == FEED


async def test_it_says_who_asks_and_sends_nothing_secret(web: FakeWeb) -> None:
    web.on("/b", answer(headers=[("Set-Cookie", "id=1; Path=/")]))
    web.on("/a", redirect("/b"))
    async with Fetcher(allowed_networks=LOOPBACK, contact="https://us.example/bot") as fetcher:
        for _ in range(2):
            await fetcher.fetch(web.at("/a"), accept="application/rss+xml")
    agent = f"briefbot/{version('briefbot')} (+https://us.example/bot)"
    expected = {
        "host": f"127.0.0.1:{web.port}",
        "user-agent": agent,
        "accept": "application/rss+xml",
        "accept-encoding": "gzip",
    }
    assert [asked.headers for asked in web.asked] == [expected] * 4


@pytest.mark.parametrize("contact", ["a\r\nX: y", "ü", "(x)", "x" * 201])
def test_an_odd_contact_is_refused_at_once(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        Fetcher(contact=contact)


async def test_the_environment_s_proxy_is_not_used(
    web: FakeWeb, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert (await fetcher.fetch(web.on("/feed", answer(FEED)))).body == FEED


async def test_what_did_not_change_is_not_sent_again(web: FakeWeb, fetcher: Fetcher) -> None:
    url = web.on("/feed", unless_modified(FEED, 'W/"v1"'))
    first = await fetcher.fetch(url)
    again = await fetcher.fetch(url, etag=first.etag, last_modified="Mon, 23 Nov 2026 07:30:00 GMT")
    assert (again.not_modified, again.status, again.body) == (True, 304, b"")
    assert web.asked[1].headers["if-modified-since"] == "Mon, 23 Nov 2026 07:30:00 GMT"


async def test_a_304_that_nobody_asked_for_is_a_failure(web: FakeWeb, fetcher: Fetcher) -> None:
    error = await refusal(fetcher, web.on("/feed", answer(status=304)))
    assert error.status == 304


async def test_connections_are_used_again(web: FakeWeb, fetcher: Fetcher) -> None:
    for _ in range(3):
        await fetcher.fetch(web.on("/feed", answer(FEED)))
    assert web.connections == 1


@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        ([302], None),
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302], "/1"),
        ([302, 301], None),
        ([307, 303], None),
        ([301] * 5, "/5"),
    ],
)
async def test_it_tells_where_to_ask_from_now_on(
    web: FakeWeb, fetcher: Fetcher, hops: list[int], moved: str | None
) -> None:
    for number, status in enumerate(hops):
        web.on(f"/{number}", redirect(f"/{number + 1}", status))
    end = web.on(f"/{len(hops)}", answer(FEED))
    fetched = await fetcher.fetch(web.at("/0"))
    assert (fetched.url, fetched.body) == (end, FEED)
    assert fetched.moved_permanently_to == (moved and web.at(moved))


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (401, "the server asks for a password (HTTP 401)"),
        (403, "the server does not let the bot in (HTTP 403)"),
        (404, "the server has no such page (HTTP 404)"),
        (429, "the server has been asked too often (HTTP 429)"),
        (503, "the server is in trouble (HTTP 503)"),
        (302, "the server did not answer the question (HTTP 302)"),
    ],
)
async def test_it_says_what_the_server_answered(
    web: FakeWeb, fetcher: Fetcher, status: int, why: str
) -> None:
    error = await refusal(fetcher, web.on("/feed", answer(status=status)))
    assert (str(error), error.status) == (why, status)
    assert not error.gone
    assert not error.refused


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_may_ask_to_be_left_alone(
    web: FakeWeb, fetcher: Fetcher, status: int
) -> None:
    busy = answer(status=status, headers=[("Retry-After", "90")])
    assert (await refusal(fetcher, web.on("/feed", busy))).retry_after == 90


async def test_410_ends_a_source_unless_a_detour_led_there(web: FakeWeb, fetcher: Fetcher) -> None:
    web.on("/gone", answer(status=410))
    assert (await refusal(fetcher, web.at("/gone"))).gone
    assert (await refusal(fetcher, web.on("/moved", redirect("/gone", 301)))).gone
    assert not (await refusal(fetcher, web.on("/detour", redirect("/gone", 302)))).gone


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


async def test_a_mapped_name_is_looked_up_for_each_connection(web: FakeWeb) -> None:
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


async def test_a_look_up_that_hangs_ends_with_the_deadline_and_holds_up_nobody(
    web: FakeWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    real = socket.getaddrinfo

    def slow(host: str, *rest: int) -> object:
        return over.wait(30) and real("localhost", *rest) if "slow" in host else real(host, *rest)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    web.on("/feed", answer(FEED))
    limits = FetchLimits(total_seconds=0.5)
    async with Fetcher(limits, allowed_networks=LOOPBACK) as fetcher:
        slow_ones = [refusal(fetcher, f"http://slow{n}.example/") for n in range(100)]
        quick = fetcher.fetch(web.at("/feed", "localhost"))
        fetched, *errors = await asyncio.gather(quick, *slow_ones)
    over.set()
    assert isinstance(fetched, Fetched)
    assert {str(error) for error in errors} == {
        f"slow{n}.example took more than the 0.5 s allowed" for n in range(100)
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
