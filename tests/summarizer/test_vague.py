"""Sentences that leave open who or what is meant are known."""

from __future__ import annotations

import pytest

from summarizer.vague import is_nameless, is_vague


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
        "The decision by Karsova to shut the mine drew fire.",
        "The dollar fell against the crown.",
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


@pytest.mark.parametrize(
    "text",
    [
        "The company will cut 1,200 jobs.",
        "The ministry said on Monday that gas output fell by 12 percent.",
        "Its army chief said that two men were killed.",
        "Gas output fell by 12 percent in March, the regulator said.",
        "An official said that the village was dark.",
        "Twelve people were killed in a flood.",
        "Insurers have doubled their premiums for the strait.",
    ],
)
def test_it_names_nobody_at_all(text: str) -> None:
    assert is_nameless(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company, Corrin Energy, will cut 1,200 jobs.",
        "OPEC said that the ministry was wrong.",
        "Karsova’s ministry said that output fell.",
        "Mira Hale said that the company was broke.",
        "Oil fell by 2 dollars on Monday.",
    ],
)
def test_it_names_somebody_or_a_market(text: str) -> None:
    assert not is_nameless(text)
