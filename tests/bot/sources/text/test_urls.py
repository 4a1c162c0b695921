"""Addresses of articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.text.urls import clean_url, without_keys


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("https://a.example/x?utm_source=tw&id=7&fbclid=abc#top", "https://a.example/x?id=7"),
        ("HTTPS://WWW.A.Example:443/Path", "https://www.a.example/Path"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("https://a.example/x?gclid=1&utm_medium=2", "https://a.example/x"),
        (" https://a.example/x?page=2&mc_cid=9 ", "https://a.example/x?page=2"),
        ("https://a.example/x?id=1&ref=2", "https://a.example/x?id=1&ref=2"),
        ("http://[2001:db8::1]:81/x", "http://[2001:db8::1]:81/x"),
        ("https://a.example/x?source=rss&medium=RSS&ref=rss_feed&id=4", "https://a.example/x?id=4"),
        ("https://a.example/x?medium=feedstock", "https://a.example/x?medium=feedstock"),
        ("https://a.example/x?source=rsshub", "https://a.example/x?source=rsshub"),
        ("https://a.example/x?src=feeder-cattle", "https://a.example/x?src=feeder-cattle"),
        ("https://a.example/?feed=rss2&p=3", "https://a.example/?feed=rss2&p=3"),
    ],
)
def test_one_page_has_one_spelling(raw: str, expected: str) -> None:
    assert clean_url(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://user?id=1",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "//a.example/x",
        "https:///x",
        "http://internal\\@public.example/",
        "https://user:secret@a.example/",
        "https://a.example:99999/",
        "https://a.example/a b",
        "https://a.example/\u202egpj",
        "https://a.example/\nx",
        "http://[::1",
        "https://a.example/" + "x" * 3000,
        'https://a.example/"><script>',
    ],
)
def test_it_drops_what_is_no_plain_web_address(raw: str | None) -> None:
    assert clean_url(raw) is None


@given(
    st.one_of(
        st.text(), st.text().map("https://a.example/".__add__), st.text().map("http://".__add__)
    )
)
def test_any_address_is_dropped_or_stays_as_it_is(raw: str) -> None:
    url = clean_url(raw)
    assert url is None or clean_url(url) == url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/rss/abcdef0123456789abcdef/feed", "https://a.example/rss/abcd…/feed"),
        ("https://a.example/550e8400-e29b-41d4-a716-446655440000", "https://a.example/550e…"),
        ("https://a.example//k9Jx2LqP7vTz4/rss", "https://a.example//k9Jx…/rss"),
        ("https://a.example/aGVsbG9Xb3JsZFRoaXNJc0FLZXk", "https://a.example/aGVs…"),
        ("https://a.example/12345678901234567", "https://a.example/1234…"),
        ("https://a.example/feed-Zk81hTq0pWm3.xml", "https://a.example/feed…"),
        ("https://u:p@a.example/rss?key=1", "https://…@a.example/rss"),
    ],
)
def test_a_key_in_an_address_is_not_shown(url: str, shown: str) -> None:
    assert without_keys(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "https://d2r1vs3d9006ap.cloudfront.example/rss",
        "https://a.example/2026/11/26/operator-of-the-northern-grid-fined-300000",
        "https://a.example/internationalisation/NewsFromTheRegion/",
        "https://a.example/rss/20261126093000",
        "https://a.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8.xml",
        "https://a.example/cybersecurity2026",
    ],
)
def test_an_address_of_words_is_shown_whole(url: str) -> None:
    assert without_keys(url) == url
