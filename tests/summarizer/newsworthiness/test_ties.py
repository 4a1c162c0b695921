"""Which articles are tied to one event though their words differ."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from bot.models import Article
from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.ties import LEAD_CHARS, tied
from tests.support.builders import ago, an_article

TAPS = an_article("President taps oil reserve", "The president ordered 172 million barrels of oil.")


def are_tied(one: Article, other: Article) -> bool:
    return bool(tied([read_article(one), read_article(other)])[0, 1])


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


def test_ties_are_mutual_and_no_article_is_tied_to_itself() -> None:
    window = [
        read_article(each)
        for each in (TAPS, an_article("Oil jumps 4%"), an_article("Crude jumps"), TAPS)
    ]
    assert np.argwhere(tied(window)).tolist() == [[0, 3], [1, 2], [2, 1], [3, 0]]


def test_a_thousand_moves_of_one_price_take_little_memory() -> None:
    window = [read_article(an_article(f"Oil jumps 4% as storm {n} nears")) for n in range(400)]
    tied(window[:2])  # loads the lists of words
    tracemalloc.start()
    try:
        ties = tied(window)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ties.sum() == 400 * 399
    assert peak < 2_000_000
