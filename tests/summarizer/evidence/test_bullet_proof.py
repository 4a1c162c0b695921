"""A bullet is proved by its own quotes: not by what stands elsewhere in the article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.models import Bullet, Citation
from summarizer.evidence.bullet_proof import unproved
from tests.support.builders import an_article

TEXT = (
    "Energy Minister Ona Reeve came to Vesk in Karsova late. Reeve shut the Norrow gas pipeline "
    "on Monday after a leak. It was built in 1990. Talks will resume on Friday."
)
ARTICLE = an_article("Gas", TEXT, published_at=datetime(2026, 9, 2, tzinfo=UTC))  # a Wednesday
CAME, SHUT, _, TALKS = (f"{each}." for each in TEXT.rstrip(".").split(". "))


def reason(text: str, *quotes: str) -> str | None:
    citations = tuple(
        Citation(
            ARTICLE.id,
            ARTICLE.title,
            ARTICLE.source,
            ARTICLE.url,
            quote,
            TEXT.find(quote),
            TEXT.find(quote) + len(quote),
        )
        for quote in quotes
    )
    bullet = Bullet(text, "story", ARTICLE.published_at, 1, citations)
    return unproved(bullet, {ARTICLE.id: ARTICLE})


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (SHUT, [SHUT]),
        ("Reeve shut the Norrow gas pipeline on Monday, 31 August, after a leak.", [SHUT]),
        ("Reeve shut the Norrow gas pipeline on 31 August after a leak.", [SHUT]),
        ("Energy Minister Ona Reeve shut the Norrow gas pipeline after a leak.", [SHUT, CAME]),
        ("Talks will resume on Friday, 4 September.", [TALKS]),
    ],
)
def test_what_the_quotes_say_and_the_days_that_they_mean_are_proved(
    text: str, quotes: list[str]
) -> None:
    assert reason(text, *quotes) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Energy Minister Ona Reeve shut the Norrow gas pipeline after a leak.", "Ona"),
        ("Reeve shut the Norrow gas pipeline in Karsova on Monday after a leak.", "Karsova"),
        ("Reeve shut the Norrow gas pipeline, built in 1990, on Monday.", "1990"),
        ("Reeve shut the Norrow gas pipeline on Monday, 7 September, after a leak.", "7 September"),
        ("Reeve shut the Norrow gas pipeline on Tuesday, 1 September.", "1 September"),
        ("Reeve shut the Norrow gas pipeline for 12 days on Monday after a leak.", "12 days"),
    ],
)
def test_what_only_the_rest_of_the_article_or_nobody_says_is_not(text: str, named: str) -> None:
    found = reason(text, SHUT)
    assert found is not None
    assert named in found


def test_a_day_gone_by_is_no_proof_of_one_to_come() -> None:
    assert reason("Talks will resume on Friday, 28 August.", TALKS) is not None


def test_a_quote_that_is_not_the_article_s_proves_nothing() -> None:
    assert reason("It was shut.", "It was shut.") == "a quote is not in the stored article"
    assert reason("It was shut.") == "it cites nothing"
