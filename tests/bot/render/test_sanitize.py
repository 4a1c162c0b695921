"""Hostile text made plain, and cut where a reader sees no harm."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.sanitize import LONGEST_URL, clean, clusters, cut, link, utf16

FAMILY = "👨‍👩‍👧‍👦"
ANY_TEXT = st.text(st.characters(exclude_categories=()))
EMOJI_TEXT = st.lists(st.sampled_from([FAMILY, "🇩🇪", "👍🏽", "é", "a", " ", "क्‍ष", "🛡️"])).map(
    "".join
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("one\r\n two\t\u2028three\u00a0four", "one two three four"),
        ("safe\u202etxt.exe\u2066", "safetxt.exe"),
        ("in\u200bvi\ufeffsi\u2060ble\u00ad", "invisible"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("lone\ud800 surrogate\udfff", "lone surrogate"),
        ("p\u200da\u200cy", "pay"),
        (FAMILY, FAMILY),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Zoë 東京 🛡️", "Zoë 東京 🛡️"),
        (" edges stay ", " edges stay "),
    ],
)
def test_it_keeps_what_can_be_seen(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(ANY_TEXT)
def test_clean_text_is_one_line_of_valid_unicode_and_stays_as_it_is(text: str) -> None:
    shown = clean(text)
    assert shown.encode() is not None
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert "\u200b" not in shown
    assert clean(shown) == shown


def test_a_long_plain_text_takes_no_memory_of_its_own() -> None:
    text = "plain words " * 10_000
    assert clean(text[:9]) == text[:9]
    tracemalloc.start()
    try:
        assert clean(text) == text
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(text)


@pytest.mark.parametrize("text", ["", " ", "a", " a", "a ", " a b ", "a  b", "a b  ", "  a"])
def test_spaces_are_single(text: str) -> None:
    assert clean(text) == text.replace("  ", " ")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "tg://user?id=1",
        "ftp://host/x",
        "//host/x",
        "http://",
        "http:///path",
        "http://./x",
        "http://a./x",
        "http://localhost/x",
        "http://user:pass@host/",
        "http://internal\\@public/",
        "http://host/a b",
        "http://host/\u202e",
        "http://host/\n",
        "http://[::1",
        "http://host:99999/",
        "https://host/" + "a" * LONGEST_URL,
        "https://host/\ud800",
    ],
)
def test_it_drops_addresses_that_are_not_plain_web_links(url: str | None) -> None:
    assert link(url) is None


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=1&c=[2]#d", "https://news.example/a?b=1&c=[2]#d"),
        ("HTTP://News.Example:8080/%41", "HTTP://News.Example:8080/%41"),
        ("https://münchen.example/straße", "https://münchen.example/straße"),
        ('https://a.example/<b>|"`^{}', "https://a.example/%3Cb%3E%7C%22%60%5E%7B%7D"),
    ],
)
def test_it_keeps_web_links_and_encodes_what_markup_could_take_for_its_own(
    url: str, safe: str
) -> None:
    assert link(url) == safe


@pytest.mark.parametrize(
    "cluster", [FAMILY, "🇩🇪", "👍🏽", "e\u0301\u0323", "1\ufe0f\u20e3", "🛡️", "क\u094d"]
)
def test_it_sees_one_character_where_a_reader_sees_one(cluster: str) -> None:
    assert list(clusters(f"x{cluster}y")) == ["x", cluster, "y"]


def test_it_parts_neighbouring_flags() -> None:
    assert list(clusters("🇩🇪🇫🇷🇮🇹")) == ["🇩🇪", "🇫🇷", "🇮🇹"]


@given(ANY_TEXT | EMOJI_TEXT, st.integers(1, 40))
def test_cutting_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    parts = cut(text, limit, utf16)
    assert "".join(parts) == text
    assert all(utf16(part) <= max(limit, 2) for part in parts)
    assert all(parts)


@given(EMOJI_TEXT, st.integers(12, 40))
def test_it_never_cuts_inside_a_cluster(text: str, limit: int) -> None:
    parts = cut(text, limit, utf16)
    assert [one for part in parts for one in clusters(part)] == list(clusters(text))


def test_it_cuts_at_a_space_where_one_is_near() -> None:
    assert cut("the storm cut the power", 12) == ("the storm ", "cut the ", "power")


def test_it_cuts_a_cluster_that_is_longer_than_the_limit() -> None:
    zalgo = "e" + "\u0301" * 99
    assert "".join(cut(zalgo, 40)) == zalgo
    assert max(map(len, cut(zalgo, 40))) <= 40


@pytest.mark.parametrize(("length", "linked"), [(2000, True), (2001, False)])
def test_an_address_of_two_thousand_characters_is_linked(length: int, linked: bool) -> None:
    url = "https://news.example/".ljust(length, "a")
    assert (link(url) is not None) is linked
