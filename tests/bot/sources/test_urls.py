"""Addresses of articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.urls import clean_url


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
