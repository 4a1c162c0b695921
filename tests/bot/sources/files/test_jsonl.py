"""Articles in JSONL."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.files.jsonl import parse_json
from tests.support.builders import NOW


def test_it_reads_every_field() -> None:
    record = {
        "id": 17,
        "url": "https://a.example/x?utm_source=y#z",
        "title": " Oil\u202e flows\nagain ",
        "text": "First.\n\n\nSecond.",
        "summary": "It flows.",
        "source": "Harbour Wire",
        "category": ["World", "Energy"],
        "author": "Ilse Marrow",
        "language": "en-GB",
        "published_at": "2026-11-22T10:00:00+02:00",
        "more": {"unknown": True},
    }
    assert parse_json(json.dumps(record), NOW) == ParsedArticle(
        title="Oil flows again",
        text="First.\n\nSecond.",
        url="https://a.example/x",
        key="17",
        summary="It flows.",
        source="Harbour Wire",
        category="World, Energy",
        author="Ilse Marrow",
        language="en-GB",
        published_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
    )


def test_a_title_or_an_address_suffices() -> None:
    assert parse_json('{"text": "Body.", "title": "T"}', NOW).url is None
    assert (
        parse_json('{"text": "Body.\\n\\nMore.", "url": "http://a.example"}', NOW).title == "Body."
    )


def test_it_drops_optional_fields_that_it_cannot_read() -> None:
    record = {
        "text": "Body.",
        "title": "T",
        "url": "javascript:alert(1)",
        "summary": {"x": 1},
        "source": True,
        "language": "<b>",
        "published_at": "soon",
        "author": None,
    }
    expected = ParsedArticle("T", "Body.", date_stated="soon")
    assert parse_json(json.dumps(record), NOW) == expected


def test_fault_34_lone_surrogates_and_nul_become_valid_text() -> None:
    found = parse_json(r'{"text": "a\ud800\u0000b \ud83d\ude00", "title": "\udfffT"}', NOW)
    assert (found.title, found.text) == ("T", "ab \U0001f600")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes at character 2"),
        ("[1]", "is not a JSON object"),
        ('"text"', "is not a JSON object"),
        ("{}", 'has no "text"'),
        ('{"text": 5, "title": "T"}', '"text" is not a string'),
        ('{"text": " \\u200b ", "title": "T"}', 'has an empty "text"'),
        ('{"text": "Body."}', 'has neither a "title" nor an http or https "url"'),
        (
            '{"text": "Body.", "url": "file:///x"}',
            'has neither a "title" nor an http or https "url"',
        ),
        (
            '{"text":' + "[" * 200_000,
            "is not JSON: a number or its nesting is too deep to read",
        ),
        (
            '{"text": ' + "9" * 10_000 + "}",
            "is not JSON: a number or its nesting is too deep to read",
        ),
    ],
    ids=str.__len__,
)
def test_it_says_what_is_wrong(line: str, reason: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        parse_json(line, NOW)
    assert str(refused.value) == reason


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ["id", "url", "title", "text", "summary", "author", "published_at", "language"]
)


@given(st.dictionaries(NAMES, VALUES))
def test_any_record_is_an_article_or_refused(record: dict[str, object]) -> None:
    try:
        found = parse_json(json.dumps(record), NOW)
    except RefusedInput:
        return
    assert found.title
    assert found.text


def test_a_title_loses_the_tags_and_references_of_the_page_that_it_came_from() -> None:
    record = {"text": "Body.", "title": "Velmar &amp; Karsova agree on <em>gas</em> &#8211; again"}
    assert parse_json(json.dumps(record), NOW).title == "Velmar & Karsova agree on gas – again"
