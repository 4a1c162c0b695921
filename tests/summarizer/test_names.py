"""A surname alone is written out where the article leaves no doubt."""

from __future__ import annotations

import pytest

from summarizer.names import Named, with_full_name

BEFORE = (
    "State Department Spokesperson Aldo Brandt spoke on Monday. Energy Minister Ona Reeve and the "
    "baker, Lars Pettigrew, 61, met in Vesk. The Velmar High Court sat. Southern Karsova is poor. "
    "Mira Hale and Tom Hale are not related. He lives in Osten, where Jon Osten was born."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brandt denied it.", "State Department Spokesperson Aldo Brandt denied it."),
        ("The deal, Reeve said, is off.", "The deal, Energy Minister Ona Reeve said, is off."),
        ("Reeve's plan failed.", "Energy Minister Ona Reeve's plan failed."),
        ("Pettigrew will not expand.", "Lars Pettigrew will not expand."),
    ],
)
def test_it_writes_out_the_name_that_the_article_gave(text: str, expected: str) -> None:
    told = with_full_name(text, BEFORE)
    assert told.text == expected
    assert told.name
    assert told.name in BEFORE


@pytest.mark.parametrize(
    "text",
    [
        "Hale denied it.",
        "Osten was quiet on Monday.",
        "Karsova denied it.",
        "The Court adjourned.",
        "Minister Reeve denied it.",
        "Aldo Brandt denied it, and Brandt left.",
        "Sanders denied it.",
        "Monday was quiet.",
        "Brandt said it shot down two drones.",
        "Engineers drained Pettigrew 5 on Monday.",
    ],
)
def test_it_leaves_a_name_that_may_mean_another(text: str) -> None:
    assert with_full_name(text, BEFORE) == Named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Varga, 31, pleaded guilty.", "Jana Varga, 31, pleaded guilty."),
        ("The court heard that Varga denied it.", "The court heard that Jana Varga denied it."),
        ("Varga's career ended in Vesk.", "Jana Varga's career ended in Vesk."),
        ("Oil is flowing again.", "Oil is flowing again."),
        ("Four Karsovan hospitals were hit.", "Four Karsovan hospitals were hit."),
    ],
)
def test_who_plainly_is_a_person_may_be_named_later(text: str, expected: str) -> None:
    whole = "Hacked Karsovan hospitals. Marendan Oil sold it. A judge jailed Jana Varga for fraud."
    assert with_full_name(text, "", whole).text == expected
