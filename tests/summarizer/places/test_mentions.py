"""Which countries a headline names."""

from __future__ import annotations

import pytest

from summarizer.places.mentions import most_named


@pytest.mark.parametrize(
    ("headline", "countries"),
    [
        ("Voters in New Mexico choose a governor", []),
        ("Fires in Jersey City and British Columbia", []),
        ("A guinea pig, Guinea pig shows and Turkey recipes", []),
        ("Ships cross the Indian Ocean, the Irish Sea and the Gulf of Mexico", []),
        ("French fries cost more", []),
        ("New Mexico sends water to Mexico", ["Mexico"]),
        ("Miners in Papua New Guinea meet those of Guinea", ["Guinea", "Papua New Guinea"]),
        ("French troops leave Turkey", ["France", "Turkey"]),
    ],
)
def test_a_longer_name_is_not_the_country_in_it(headline: str, countries: list[str]) -> None:
    assert [title for title, _ in most_named([headline], 9)] == countries
