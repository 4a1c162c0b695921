"""Words are compared without accents, case and punctuation."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.articles.search_text import Query, folded, parsed, snippet

FOLDED = {
    "Zürich's Kraftwerke": "zurich s kraftwerke",
    "STRASSE Straße": "strasse strasse",
    "Ørsted, Łódź & Đà Nẵng": "orsted lodz da nang",
    "İstanbul ısı": "istanbul isi",
    "ｆｕｌｌ ﬁre ①": "full fire 1",
    "co-op e.g. 3.5": "co op e g 3 5",
    "سُورِيَا إيران": "سوريا ايران",
    "東京で停電": "東 京 て 停 電",
    "a\u200bb\u00adc\u202ed": "abcd",
    "tab\tand\nline": "tab and line",
    "  …!? ": "",
    "\x00\ud800": "",
}


@pytest.mark.parametrize(("text", "words"), FOLDED.items())
def test_it_folds(text: str, words: str) -> None:
    assert folded(text) == words


def test_it_cuts_between_words() -> None:
    assert folded("one two three", 9) == "one two"
    assert folded("one two three", 7) == "one two"


QUERIES = {
    "storm coast": Query(("storm", "coast"), ()),
    '"power grid" -oil': Query(("power grid",), ("oil",)),
    '-"oil price" gas': Query(("gas",), ("oil price",)),
    "“Power Grid”": Query(("power grid",), ()),
    "storm STORM": Query(("storm",), ()),
    "co-op": Query(("co op",), ()),
    'open "quote': Query(("open", "quote"), ()),
    "AND OR NOT NEAR(a b)": Query(("and", "or", "not", "near a", "b"), ()),
    "title:storm *": Query(("title storm",), ()),
    "- -- !": Query((), ()),
    "": Query((), ()),
}


@pytest.mark.parametrize(("text", "query"), QUERIES.items())
def test_it_reads_a_query(text: str, query: Query) -> None:
    assert parsed(text) == query


@given(st.text())
def test_any_text_is_a_query_of_plain_words(text: str) -> None:
    query = parsed(text)

    for phrase in query.wanted + query.unwanted:
        assert phrase
        assert all(word.isalnum() for word in phrase.split(" "))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_it_shows_the_text_around_the_first_term() -> None:
    text = "Nothing here. " * 20 + "The Zürich power station burned. " + "And more. " * 40

    shown = snippet(text, ["zurich"])

    assert "The Zürich power station burned." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 202


def test_it_shows_the_beginning_where_no_term_occurs() -> None:
    assert snippet("A short text.", ["elsewhere"]) == "A short text."
    assert snippet("", ["elsewhere"]) == ""


def test_it_shows_another_form_of_the_word() -> None:
    assert "attacks" in snippet("x " * 300 + "Two attacks were reported. " + "x " * 300, ["attack"])


def test_a_huge_query_is_read_quickly() -> None:
    began = time.process_time()

    query = parsed('"' + "a-" * 500_000)

    assert len(query.wanted) <= 1
    assert time.process_time() - began < 2
