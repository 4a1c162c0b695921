"""Addresses that may be asked for, in the one spelling in which they are connected."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import FetchError
from bot.sources.http.url import WebAddress, host_of, redirected, web_address

LETTERS = st.text("aZ09-_.:/?#@[]%\\ \t\n\0①。．／ßé\u202e\ud800x", max_size=20)
URLS = st.one_of(
    st.text(max_size=60),
    LETTERS.map("http://".__add__),
    st.tuples(st.text("0123456789.xXabcdefⅠ①", max_size=20), LETTERS).map(
        lambda parts: f"http://{parts[0]}/{parts[1]}"
    ),
    st.builds("https://a.example/{}?{}#{}".format, LETTERS, LETTERS, LETTERS),
)


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://a.example", "https://a.example/"),
        ("  HTTPS://WWW.A.Example:443/Path?q=1#top\n", "https://www.a.example/Path?q=1"),
        ("http://a.example:8080/", "http://a.example:8080/"),
        ("http://a.example:080/", "http://a.example/"),
        ("http://a.example./", "http://a.example/"),
        ("https://münchen.example/ü?ö=ß", "https://xn--mnchen-3ya.example/%C3%BC?%C3%B6=%C3%9F"),
        ("https://bücher。example/", "https://xn--bcher-kva.example/"),
        ("http://a.example/a b?c d", "http://a.example/a%20b?c%20d"),
        ("http://a.example/%zz/%2F", "http://a.example/%zz/%2F"),
        ("http://my_feed.example/x", "http://my_feed.example/x"),
        ("http://[2001:DB8:0:0::1]:8000/x", "http://[2001:db8::1]:8000/x"),
        ("http://８.８.８.８/", "http://8.8.8.8/"),
        ("http://localhost:8000/feed", "http://localhost:8000/feed"),
    ],
)
def test_an_address_has_one_spelling(raw: str, url: str) -> None:
    assert web_address(raw).url == url


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "the address is not a web address"),
        ("a.example/feed", "a.example/feed is not a web address: write it in full, with https://"),
        ("file:///etc/passwd", "file:///etc/passwd is neither http nor https"),
        ("gopher://a.example/", "gopher://a.example/ is neither http nor https"),
        ("http:///x", "http:///x names no valid host"),
        ("http://a..example/", "http://a..example/ names no valid host"),
        ("http://-a.example/", "http://-a.example/ names no valid host"),
        ("http://a%2eexample/", "http://a%2eexample/ names no valid host"),
        ("http://[::1/", "http://[::1/ names no valid host"),
        ("http://[v1.x]/", "http://[v1.x]/ names no valid host"),
        ("http://[fe80::1%25eth0]/", "http://[fe80::1%25eth0]/ names no valid host"),
        ("http://a／b.example/", "http://a／b.example/ names no valid host"),
        ("http://127.1/", "http://127.1/ spells an Internet address in an unusual way"),
        (
            "http://a.example:22/",
            "http://a.example:22/ asks for port 22: 80, 443 and those from 1024 on may be asked",
        ),
        (
            "http://a.example:6667/",
            "http://a.example:6667/ asks for port 6667, which serves something else than the web",
        ),
        ("http://a.example:99999/", "http://a.example:99999/ names no valid port"),
        (
            "http://u:p@a.example/",
            "http://…@a.example/ carries a user name: only addresses that need none are asked",
        ),
    ],
)
def test_it_says_what_is_wrong_with_an_address(raw: str, why: str) -> None:
    with pytest.raises(FetchError) as caught:
        web_address(raw)
    assert str(caught.value) == why
    assert caught.value.refused


@pytest.mark.parametrize(
    "raw",
    [
        "http://internal\\@public.example/",
        "http://public.example\\.internal/",
        "http://a.example/\nHost: b",
        "http://a.exa\tmple/",
        "http://a.example/\0",
        "http://a.example/\ud800",
        "http://a.example/" + "x" * 5000,
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 130 + "example/",
    ],
)
def test_it_refuses_what_two_readers_may_read_differently(raw: str) -> None:
    with pytest.raises(FetchError):
        web_address(raw)


@pytest.mark.parametrize(
    ("base", "location", "target"),
    [
        ("https://a.example/x/y", "../z", "https://a.example/z"),
        ("https://a.example/x", "//b.example/z", "https://b.example/z"),
        ("http://a.example/x", "https://a.example/x", "https://a.example/x"),
        ("http://a.example/x", "http://b.example/x", "http://b.example/x"),
        ("https://a.example/x", "?page=2#c", "https://a.example/x?page=2"),
        ("https://a.example/x", " /ü ", "https://a.example/%C3%BC"),
    ],
)
def test_a_redirect_is_followed_from_where_it_stands(base: str, location: str, target: str) -> None:
    assert redirected(web_address(base), location).url == target


@pytest.mark.parametrize(
    "location",
    [
        "http://a.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//u@b.example/",
        "//[::1",
        "https:///x",
        "/\\b.example/",
        "/a\r\nb",
        "/\udce9",
        "https://a.example:25/",
    ],
)
def test_a_redirect_to_what_may_not_be_asked_is_refused(location: str) -> None:
    with pytest.raises(FetchError) as caught:
        redirected(web_address("https://a.example/x"), location)
    assert caught.value.refused


def test_hosts_are_told_apart_by_their_one_spelling() -> None:
    spellings = ("http://A.Example/1", "https://a.example.:8443/2", "http://ａ.example/3")
    assert {host_of(each) for each in spellings} == {"a.example"}


@given(URLS)
@example("http://①②⑦.⓪.⓪.①/")
@example("http://0x7f.1/")
def test_what_is_checked_is_what_is_connected(raw: str) -> None:
    """The client, reading the address again, and libc, reading the host, see what was judged."""
    address = accepted(raw)
    if not address:
        return
    again = URL(address.url, encoded=True)
    assert (again.scheme, again.raw_host, again.port) == (
        address.scheme,
        address.host,
        address.port,
    )
    assert not again.user
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert web_address(address.url) == address
    with suppress(OSError):
        assert str(IPv4Address(socket.inet_aton(address.host))) == address.host


@given(URLS, URLS)
def test_a_redirect_leads_to_a_sound_address_or_nowhere(base: str, location: str) -> None:
    address = accepted(base) or web_address("https://a.example/")
    with suppress(FetchError):
        target = redirected(address, location)
        assert web_address(target.url) == target
        assert not (address.scheme == "https" and target.scheme == "http")


def accepted(raw: str) -> WebAddress | None:
    with suppress(FetchError):
        return web_address(raw)
    return None
