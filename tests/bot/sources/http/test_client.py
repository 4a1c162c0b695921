"""Asking servers of strangers: answers, conditions, redirects and failures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from importlib.metadata import version

import pytest

from bot.errors import FetchError
from bot.sources.http.client import Fetched, Fetcher, FetchLimits
from tests.fakes.web import (
    LOOPBACK,
    FakeWeb,
    answer,
    fake_web,
    gzipped,
    redirect,
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
