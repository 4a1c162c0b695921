"""Sentences that leave open who or what is meant are known."""

from __future__ import annotations

import pytest

from summarizer.sentence_rules.vague_subjects import is_vague


@pytest.mark.parametrize(
    "text",
    [
        "The station will stay shut for a month.",
        "The trend started after Mira Hale spoke on Monday.",
        "The move to shut the mine drew fire from Mira Hale.",
        "The storm was a day away from Vesk.",
        "The group, which has seven members from Vesk, was held.",
        "Once in favour of trade, the agreement comes at a bad time for Karsova.",
        "Friday’s massacre showed how weak Karsova is.",
        "Hale will visit Vesk during the trip.",
        "The unmanned probe will fly from Karsova to the star.",
        "The rule, first proposed in Vesk, raises the fee.",
        "The programme, initially set up in Vesk, lets them work.",
        "The exercise, about 300 miles west of Vesk, is over.",
        "The lawyer of Mira Hale, then shared the report with Vesk.",
        "Mira Hale will visit the border here.",
        "Gov. Mira Hale signed the bill into law Tuesday.",
        "The officer first shared the report with Mira Hale.",
        "The report, when published, will cap the inquiry into Mira Hale.",
        "The algorithm thus learned to read Karsovan.",
        "The 29-year-old woman called the police of Vesk.",
        "The theatre in Vesk was half empty that night, and Hale played last.",
        "Last week, Hale spoke with the board about a sale.",
        f"On {'Monaaaa ' * 12}, the storm was a day away from Vesk.",
        "On Aug. 28, the storm was a day away from Vesk.",
        "Vesk did not support his claims about those fronts.",
        "The minister also spoke in Vesk.",
        "Mira Hale spoke in Vesk as well.",
        "Hale said that the country was short of gas.",
        "Hale told reporters that the city was dark.",
        "Hale said that the company was broke.",
        "Doctors hope that the ailing 7-year-old will live.",
    ],
)
def test_it_leaves_open_what_is_meant(text: str) -> None:
    assert is_vague(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dam at Vesk will stay shut for a month.",
        "Gov. Mira Hale signed the bill on gas that Karsova had asked for.",
        "The officer whose report named Mira Hale is a spy.",
        "The decision by Karsova to shut the mine drew fire.",
        "The dollar fell against the crown.",
        "The death toll has risen to 31 in Vesk.",
        "Mira Hale spoke in Vesk.",
        "Friday’s attack in Vesk killed two.",
        "Hale fell ill during the visit to Vesk.",
        "Among those killed was Mira Hale.",
        "Power failed in Karsova and the country was dark.",
        "Karsova will sell gas that the country does not need.",
        "Karsovan officials said that the country was short of gas.",
        "Hale spoke in the town of Vesk.",
        "Pavel Dorn, who shot the 7-year-old, was arrested.",
    ],
)
def test_it_says_what_is_meant(text: str) -> None:
    assert not is_vague(text)
