"""From a page's address to the feeds that it names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources.feeds.entry import FeedLink
from bot.sources.pages.feed_links import MOST, feeds_on

URL = "https://wire.example/world/"


def page(*head: str, body: str = "") -> bytes:
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>".encode()


def link(
    href: str, kind: str = "application/rss+xml", rel: str = "alternate", title: str = ""
) -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}" title="{title}">'


def addresses(data: bytes) -> list[str]:
    return [each.url for each in feeds_on(data, URL)]


def test_it_finds_the_feed_that_a_page_declares() -> None:
    found = feeds_on(page(link("/rss?a=1&amp;b=2", title="Harbour &amp; Wire")), URL)
    assert found == (FeedLink("https://wire.example/rss?a=1&b=2", "Harbour & Wire"),)


@pytest.mark.parametrize(
    "kind",
    ["application/atom+xml", "application/feed+json", "application/rdf+xml", "APPLICATION/RSS+XML"],
)
def test_it_knows_the_kinds_of_feeds(kind: str) -> None:
    assert addresses(page(link("feed", kind))) == ["https://wire.example/world/feed"]


def test_declared_feeds_come_first_and_those_of_comments_last() -> None:
    data = page(
        link("/comments/feed", title="Comments"),
        link("/feed.json", "application/json"),
        link("/feed", "application/atom+xml"),
        body='<a href="/rss.xml">RSS</a>',
    )
    assert addresses(data) == [
        f"https://wire.example/{path}" for path in ("feed", "comments/feed", "feed.json", "rss.xml")
    ]


def test_it_takes_links_in_the_text_that_look_like_feeds() -> None:
    body = (
        '<a href="/about">Us</a><a href="/news.rss">RSS</a><a href="https://x.example/atom">A</a>'
    )
    assert addresses(page(body=body)) == [
        "https://wire.example/news.rss",
        "https://x.example/atom",
    ]


def test_it_minds_the_base_of_the_page() -> None:
    assert addresses(page('<base href="https://cdn.example/a/">', link("rss"))) == [
        "https://cdn.example/a/rss"
    ]


def test_feed_is_another_word_for_http() -> None:
    assert addresses(page(link("feed://wire.example/rss"), link("feed:https://a.example/rss"))) == [
        "http://wire.example/rss",
        "https://a.example/rss",
    ]


@pytest.mark.parametrize(
    "data",
    [
        page(link("javascript:alert(1)"), link("file:///etc/passwd"), link("http://[bad")),
        page(link("/style.css", "text/css", "stylesheet"), link("/wp-json", "application/json")),
        page(link(URL)),
        b"",
        b"\xff\xd8\xff\xe0 JFIF",
        b"\x00" * 100,
    ],
)
def test_what_is_no_feed_is_not_named(data: bytes) -> None:
    assert addresses(data) == []


def test_a_page_full_of_feeds_names_some() -> None:
    assert len(addresses(page(*(link(f"/feed/{n}") for n in range(5_000))))) == MOST


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_page_can_be_looked_at(rubbish: bytes, href: str) -> None:
    for data in (rubbish, page(link(href)).replace(b"wire", rubbish)):
        for each in feeds_on(data, URL):
            assert each.url.startswith(("http://", "https://"))
