"""A surname alone is written out where the article leaves no doubt."""

from __future__ import annotations

import pytest

from summarizer.extractive.full_names import Named, with_full_name

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
        "“We trust Reeve,” said a miner.",
        "Engineers drained Pettigrew 5 on Monday.",
    ],
)
def test_it_leaves_a_name_that_may_mean_another(text: str) -> None:
    assert with_full_name(text, BEFORE) == Named(text)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("Lena Dorn was pardoned.", "Dorn said that taxes will rise."),
        ("Otto Velk founded the works.", "Velk cut prices on Monday."),
        ("Chairman Otto Velk met workers.", "Velk said on Monday it will close a plant."),
        ("Chairman Otto Velk met workers.", "Velk told the regulator that it will pay."),
        ("Chairman Otto Velk met workers.", "Velk cut 30 jobs at its plant."),
        ("Chairman Otto Velk met workers. Velk Motor grew.", "Velk cut prices."),
        ("Otto Velk, the founder, met workers.", "Velk cut prices."),
        ("Attorney Lena Dorn, the daughter of Karsova's leader, sued.", "Dorn left Vesk."),
        ("Lena Dorn, the first lady, toured Vesk.", "Dorn left Vesk."),
        ("Ilya Dorn, 12, was hurt.", "Dorn said his fighters would leave."),
        ("Dorn's men left. General Ilya Dorn fled.", "Dorn left Vesk."),
        ("General Ilya Dorn's party protested.", "Dorn left Vesk."),
        ("Guards, whom General Ilya Dorn led, fled.", "Dorn left Vesk."),
        ("Attorney Lena Dorn sued. President Dorn spoke.", "Dorn left Vesk."),
    ],
)
def test_the_only_full_name_may_be_another_s(told: str, text: str) -> None:
    assert with_full_name(text, told, f"{told} {text}") == Named(text)


def test_a_name_that_the_article_gives_to_two_is_nobody_s() -> None:
    whole = "General Ilya Dorn fled. Dorn left Vesk. Lena Dorn stayed."
    assert with_full_name("Dorn left Vesk.", whole[:24], whole) == Named("Dorn left Vesk.")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("On Monday General Ilya Dorn fled.", "Ilya Dorn left Vesk."),
        ("General Ilya Dorn fled. General Dorn is ill.", "General Ilya Dorn left Vesk."),
        ("A former bank executive Ilya Dorn fled.", "Ilya Dorn left Vesk."),
        ("Ilya Dorn, mayor of Osten, fled.", "Ilya Dorn left Vesk."),
        ("Ilya Dorn, a banker, fled.", "Ilya Dorn left Vesk."),
        ("Ilya Dorn, 34, fled.", "Ilya Dorn left Vesk."),
    ],
)
def test_an_office_or_an_age_tells_whose_a_surname_is(told: str, expected: str) -> None:
    assert with_full_name("Dorn left Vesk.", told, f"{told} Dorn left Vesk.").text == expected


@pytest.mark.parametrize("text", ["Varga, 31, pleaded guilty.", "Oil is flowing again."])
def test_a_name_that_is_given_later_is_not_written_out(text: str) -> None:
    whole = f"Marendan Oil fell. {text} A judge, Jana Varga, 31, sat."
    assert with_full_name(text, whole[:18], whole) == Named(text)
