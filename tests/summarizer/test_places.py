""" "The country" is written out where the sentence before leaves no doubt."""

from __future__ import annotations

import pytest

from summarizer.places import with_country


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        (
            "Hale said that the country's ports were shut.",
            "The storm cut off Norway's north.",
            "Hale said that Norway's ports were shut.",
        ),
        (
            "The country has two ports, Hale said.",
            "Few ships reach the Netherlands.",
            "The Netherlands has two ports, Hale said.",
        ),
        (
            "Most of the country is dark.",
            "Power failed in the United States.",
            "Most of the United States is dark.",
        ),
    ],
)
def test_it_names_the_country(text: str, before: str, expected: str) -> None:
    assert with_country(text, before) == expected


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("The country is dark.", "Norway and Sweden met."),
        ("The country is dark.", "The Velmar Times is read in Norway."),
        ("The country is dark.", "The storm came at noon."),
        ("Sweden said that the country was dark.", "Power failed in Norway."),
        ('"The country is dark," Hale said.', "Power failed in Norway."),
        ("The dam broke.", "Power failed in Norway."),
    ],
)
def test_it_leaves_what_may_mean_another(text: str, before: str) -> None:
    assert with_country(text, before) == text
