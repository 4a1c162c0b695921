"""Which days a quote's "yesterday" and "on Tuesday" may mean, worked out apart from `dates`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evidence.quoted_dates import dated

WRITTEN = datetime(2024, 9, 4, 9, 0, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("quote", "days"),
    [
        ("They met on Tuesday in Vesk.", ["Tuesday, 3 September 2024"]),
        ("They met in Vesk on Wednesday.", ["Wednesday, 4 September 2024"]),
        ("Talks will resume on Friday.", ["Friday, 6 September 2024"]),
        ("Talks are to resume on Wednesday.", ["Wednesday, 4 September 2024"]),
        ("On Monday, Hale said that prices fell.", ["Monday, 2 September 2024"]),
        ("Rebels shot Hale, the mayor, on Monday.", ["Monday, 2 September 2024"]),
        ("The dam broke yesterday.", ["Tuesday, 3 September 2024"]),
        ("Two died in Vesk two days ago.", ["Monday, 2 September 2024"]),
        ("A day ago, two died in Vesk.", ["Tuesday, 3 September 2024"]),
        ("Two days ago Hale left.", ["Monday, 2 September 2024"]),
        ("The vote is tomorrow.", ["Thursday, 5 September 2024"]),
        ("The dam broke last night.", ["the night of Tuesday, 3 September 2024"]),
        ("Prices fell last week.", ["the week of 26 August 2024"]),
        ("Prices fell last month.", ["August 2024"]),
        ("The plant opens next year.", ["2025"]),
        (
            "Dorn was arrested on Tuesday and is to appear on Thursday.",
            ["Tuesday, 3 September 2024", "Thursday, 5 September 2024"],
        ),
    ],
)
def test_it_names_the_days_that_a_quote_allows(quote: str, days: list[str]) -> None:
    [named] = dated(quote, WRITTEN)
    assert [day for day in days if day not in named] == []


@pytest.mark.parametrize(
    "quote",
    [
        "The ceasefire starts on Saturday, Karsova said.",
        "Polls open in the United Isles on Sunday.",
        "Tuesday's vote failed.",
        "They met in Vesk.",
        "Strikes that were to start on Friday were called off.",
        "A vote expected in Vesk on Friday was put off.",
        "Talks to be held in Vesk on Friday were moved.",
        "Hearings set to open in Vesk on Monday were delayed.",
    ],
)
def test_it_names_none_where_the_verb_leaves_it_open_or_no_day_is_told(quote: str) -> None:
    assert dated(quote, WRITTEN) == ()


@given(st.text(max_size=200), st.timedeltas(timedelta(days=-19_000), timedelta(days=2_900_000)))
def test_any_text_will_do(text: str, shift: timedelta) -> None:
    for named in dated(f"{text} fell on Friday {text} last month", WRITTEN + shift):
        assert "Friday, " in named
