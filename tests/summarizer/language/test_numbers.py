"""A number in another unit or in words is the same number; another one is not."""

from __future__ import annotations

import pytest

from summarizer.evidence.checker import check

SOURCE = (
    "The wind farm off Marenda will produce 1.2 GW of power, enough for half a million homes, by "
    "the middle of 2028. A ship of the builder lies 40 km from Vesk with 2,000 kg of steel. "
    "Some 500,000 people in the towns along the coast signed a letter against the project."
)
SAME = {
    "megawatts": (
        "The wind farm off Marenda will produce 1,200 MW of power by the middle of 2028."
    ),
    "half a million": (
        "The wind farm off Marenda will produce power for 500,000 homes by the middle of 2028."
    ),
    "metres": "A ship of the builder lies 40,000 metres from Vesk with 2,000 kg of steel.",
    "tonnes": "A ship of the builder lies 40 km from Vesk with two tonnes of steel.",
    "in words": (
        "Half a million people in the towns along the coast signed a letter against the project."
    ),
}
OTHER = {
    "the same figure of another size": (
        "The wind farm off Marenda will produce 1.2 MW of power by the middle of 2028.",
        "1.2 MW",
    ),
    "another kind of unit": (
        "The wind farm off Marenda will produce 1.2 GWh of power by the middle of 2028.",
        "1.2 GWh",
    ),
    "a whole million": (
        "The wind farm off Marenda will produce power for two million homes.",
        "two million",
    ),
    "half a billion": ("Half a billion people signed against the project.", "Half a billion"),
    "another weight": (
        "A ship of the builder lies 40 km from Vesk with 20 tonnes of steel.",
        "20 tonnes",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_a_number_in_another_form_is_proved(name: str) -> None:
    verdict = check(SAME[name], [SOURCE])
    assert verdict.proved, verdict.reason


@pytest.mark.parametrize("name", OTHER)
def test_another_number_is_refused_and_named(name: str) -> None:
    said, named = OTHER[name]
    verdict = check(said, [SOURCE])
    assert not verdict.proved
    assert f"number {named} " in verdict.reason
