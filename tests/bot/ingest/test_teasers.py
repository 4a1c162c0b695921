"""Teasers and their pages: which text, which address, and whose article it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ingest.teasers import completed, is_wanted, own_address
from bot.models import ParsedArticle
from bot.sources.feeds.entry import Entry
from tests.support.builders import ago, an_article

LINK = "https://wire.example/2026/dam-bursts-in-vesk"
TEASER = ParsedArticle("Dam bursts", "A dam burst.", url=LINK, published_at=ago(hours=1))
PAGE = ParsedArticle(
    "Dam bursts | Wire", "A dam burst in Vesk. " * 20, url=LINK, author="Gil", language="en"
)


def test_the_page_gives_the_text_and_the_feed_the_rest() -> None:
    whole = completed(TEASER, PAGE, LINK)
    assert whole == replace(
        TEASER, text=PAGE.text, summary=TEASER.text, author="Gil", language="en"
    )


@pytest.mark.parametrize("text", ["Please accept our cookies.", "", "x" * 199])
def test_a_page_that_hides_its_article_is_no_better_than_the_teaser(text: str) -> None:
    assert completed(TEASER, replace(PAGE, text=text), LINK) is None


@pytest.mark.parametrize(
    ("final", "canonical", "expected"),
    [
        (LINK, LINK, LINK),
        (LINK, None, LINK),
        (LINK, "https://wire.example/", LINK),
        (LINK, "https://wire.example/news", LINK),
        (LINK, "https://bank.example/2026/dam-bursts-in-vesk", LINK),
        (f"{LINK}?a=1", f"{LINK}.html", f"{LINK}.html"),
        ("https://m.wire.example/2026/dam-bursts-in-vesk", LINK, LINK),
        ("https://post.example/storm-over-vesk", None, "https://post.example/storm-over-vesk"),
        (
            "https://post.example/storm-over-vesk?x=1",
            "https://post.example/storm-over-vesk",
            "https://post.example/storm-over-vesk",
        ),
    ],
)
def test_an_article_has_its_own_address(final: str, canonical: str | None, expected: str) -> None:
    assert own_address(LINK, final, canonical) == expected


@pytest.mark.parametrize(
    ("source", "text", "partial", "wanted"),
    [
        ("Wire", "short", False, True),
        ("Other", "short", False, False),
        ("Other", "A dam burst. " * 30, False, True),
        ("Other", "A dam burst. " * 30, True, False),
    ],
)
def test_what_another_source_brought_stays_unless_there_is_much_more(
    source: str, text: str, partial: bool, wanted: bool
) -> None:
    known = an_article(text="A dam burst. " * 10, source="Wire")
    entry = Entry(replace(TEASER, text=text), None, partial)
    assert is_wanted(entry, known, source) is wanted
    assert is_wanted(entry, None, source)
