"""Which articles are tied to one event though their words differ."""

from __future__ import annotations

import pytest

from bot.models import Article
from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.ties import LEAD_CHARS, tied
from tests.support.builders import ago, an_article

TAPS = an_article("President taps oil reserve", "The president ordered 172 million barrels of oil.")


def are_tied(one: Article, other: Article) -> bool:
    return (0, 1) in tied([read_article(one), read_article(other)])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Oil prices surge despite record release", "Crude jumps 4% as supply shrinks", True),
        ("Asian LNG prices fall on escort plan", "Oil settles at $92", False),
        ("Oil exports jump after port reopens", "Oil jumps 4%", False),
        ("Blast kills 8 at Vesk market", "Death toll in Vesk market blast rises to 26", True),
        ("Blast kills 8 at Vesk market", "Ferry sinks off Ildria, 26 dead", False),
    ],
)
def test_moves_of_one_price_and_tolls_of_one_event_are_tied(
    one: str, other: str, expected: bool
) -> None:
    assert are_tied(an_article(one), an_article(other)) is expected


def test_prices_of_different_days_are_not_tied() -> None:
    today, earlier = (an_article("Oil jumps 4%", published_at=ago(days=days)) for days in (0, 2))
    assert not are_tied(today, earlier)


def test_a_rare_figure_ties_articles_that_share_words() -> None:
    release = an_article("USA to release 172MM barrels of oil", "A plan of the energy agency.")
    solar = an_article("Solar park opens", "It has 172 panels on a plateau.")
    assert are_tied(TAPS, release)
    assert not are_tied(TAPS, solar)


def test_a_figure_ties_wherever_in_the_lead_it_stands() -> None:
    late = f"{'The plan was long awaited. ' * 7}It is for 172 million barrels."
    assert 180 < late.index("172") < LEAD_CHARS
    assert are_tied(TAPS, an_article("USA to release barrels of oil", late))


def test_headlines_with_different_figures_are_not_tied() -> None:
    agency = an_article("Agency releases 400 million barrels", "The share of one state is 172 m.")
    state = an_article("State releases 172 million barrels", "The agency releases 400 million.")
    assert not are_tied(agency, state)


def test_a_tie_names_the_two_places_in_order_and_no_article_is_tied_to_itself() -> None:
    window = [
        read_article(each)
        for each in (TAPS, an_article("Oil jumps 4%"), an_article("Crude jumps"), TAPS)
    ]
    assert tied(window) == {(0, 3), (1, 2)}
