"""A plain-text article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RefusedInput
from bot.models import DatePrecision, ParsedArticle
from bot.sources.files.plain_text import parse_plain
from tests.support.builders import NOW
from tests.support.paths import SHARED

TITLE = "Oil flows again through Varden pipeline"
BODY = "Oil is flowing again, officials said.\n \n\u00a0\nFour men have been detained."
CLEAN_BODY = "Oil is flowing again, officials said.\n\nFour men have been detained."
STANDFIRST = "The line was torn open by an explosion."
DAY = datetime(2026, 11, 20, tzinfo=UTC)


def read(text: str) -> ParsedArticle:
    return parse_plain(text, NOW)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "all of it",
            f"WORLD & ENERGY\n\n{TITLE}\n\n{STANDFIRST}\n2026-11-20\n{TITLE}\n\n{BODY}",
            ParsedArticle(
                TITLE,
                CLEAN_BODY,
                summary=STANDFIRST,
                category="WORLD & ENERGY",
                published_at=DAY,
                date_precision=DatePrecision.DAY,
            ),
        ),
        (
            "no section",
            f"{TITLE}\n\n{STANDFIRST}\n2026-11-20\n{TITLE}\n\n{BODY}",
            ParsedArticle(
                TITLE,
                CLEAN_BODY,
                summary=STANDFIRST,
                published_at=DAY,
                date_precision=DatePrecision.DAY,
            ),
        ),
        (
            "no standfirst",
            f"WORLD\n{TITLE}\n2026-11-20\n{TITLE}\n{BODY}",
            ParsedArticle(
                TITLE,
                CLEAN_BODY,
                category="WORLD",
                published_at=DAY,
                date_precision=DatePrecision.DAY,
            ),
        ),
        (
            "title once",
            f"{TITLE}\n2026-11-20\n\n{BODY}",
            ParsedArticle(TITLE, CLEAN_BODY, published_at=DAY, date_precision=DatePrecision.DAY),
        ),
        ("title and text", f"{TITLE}\n\n{BODY}", ParsedArticle(TITLE, CLEAN_BODY)),
        (
            "no date, but the title twice",
            f"{TITLE}\n{STANDFIRST}\n{TITLE.upper()}\n{BODY}",
            ParsedArticle(TITLE, CLEAN_BODY, summary=STANDFIRST),
        ),
        (
            "title in capitals",
            f"OIL FLOWS AGAIN\n\n{BODY}",
            ParsedArticle("OIL FLOWS AGAIN", CLEAN_BODY),
        ),
        (
            "title in capitals, dated",
            f"OIL FLOWS AGAIN\n2026-11-20\n{BODY}",
            ParsedArticle(
                "OIL FLOWS AGAIN", CLEAN_BODY, published_at=DAY, date_precision=DatePrecision.DAY
            ),
        ),
        (
            "date first",
            f"2026-11-20\n{TITLE}\n\n{BODY}",
            ParsedArticle(TITLE, CLEAN_BODY, published_at=DAY, date_precision=DatePrecision.DAY),
        ),
        (
            "date with time, label and byline",
            f"{TITLE}\nBy Ilse Marrow\nPublished: 20 November 2026 08:15\n\n{BODY}",
            ParsedArticle(
                TITLE,
                CLEAN_BODY,
                author="Ilse Marrow",
                published_at=datetime(2026, 11, 20, 8, 15, tzinfo=UTC),
            ),
        ),
        (
            "byline below the date",
            f"{TITLE}\n2026-11-20\nBy Ilse Marrow and Conrad Pell\n\n{BODY}",
            ParsedArticle(
                TITLE,
                CLEAN_BODY,
                author="Ilse Marrow and Conrad Pell",
                published_at=DAY,
                date_precision=DatePrecision.DAY,
            ),
        ),
        (
            "an impossible date is no text",
            f"{TITLE}\n9999-01-01\n{BODY}",
            ParsedArticle(TITLE, CLEAN_BODY, date_stated="9999-01-01"),
        ),
        (
            "standfirst only",
            f"{TITLE}\n{STANDFIRST}\n2026-11-20\n",
            ParsedArticle(
                TITLE,
                STANDFIRST,
                summary=STANDFIRST,
                published_at=DAY,
                date_precision=DatePrecision.DAY,
            ),
        ),
    ],
)
def test_it_reads_an_article(name: str, text: str, expected: ParsedArticle) -> None:
    assert read(text) == expected
    assert read(text.replace("\n", "\r\n")) == expected


def test_a_text_without_title_is_titled_by_its_beginning() -> None:
    text = "Oil is flowing again through the pipeline, officials said. " * 8
    found = read(text)
    assert found.text == text.strip()
    assert found.title.startswith("Oil is flowing again")
    assert len(found.title) <= 120


@pytest.mark.parametrize("text", ["", " \n\u00a0\n", TITLE, f"{TITLE}\n\n2026-11-20\n"])
def test_it_refuses_a_title_without_text(text: str) -> None:
    with pytest.raises(RefusedInput):
        read(text)


@given(st.text(max_size=300))
def test_any_text_is_an_article_or_refused(text: str) -> None:
    try:
        found = read(text)
    except RefusedInput:
        return
    assert found.title
    assert found.text


SEEDS = sorted((SHARED / "seeds").glob("*.txt"))


@pytest.mark.skipif(not SEEDS, reason="the folder of real articles is not on this machine")
def test_it_reads_real_articles() -> None:
    for path in SEEDS:
        found = read(path.read_text(encoding="utf-8"))
        lines = [
            line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        assert found.category == lines[0]
        assert found.title == lines[1]
        assert found.summary == lines[2]
        assert found.published_at is not None
        assert found.published_at.date().isoformat() == lines[3]
        assert found.text.split("\n\n") == lines[5:]
