"""How many were killed or hurt, compared across outlets."""

from __future__ import annotations

import pytest

from summarizer.casualties.comparison import Rise, disagreement, rise
from summarizer.casualties.counts import Counted
from tests.support.builders import ago, an_article


def test_it_tells_where_outlets_differ() -> None:
    found = disagreement(
        [
            an_article(source="Wire", text="A bomb killed 12 people in Vesk."),
            an_article(source="Post", text="A bomb in Vesk killed 15 people."),
            an_article(source="Times", text="A bomb in Vesk killed 14 people."),
        ]
    )
    assert str(found) == "12 to 15 killed, sources differ."


def test_a_rise_that_was_told_before_is_a_difference() -> None:
    found = [
        an_article(
            source="Wire", text="The death toll has risen to 31.", published_at=ago(hours=3)
        ),
        an_article(source="Post", text="It killed 24 people.", published_at=ago(hours=1)),
    ]
    assert str(disagreement(found)) == "24 to 31 killed, sources differ."


@pytest.mark.parametrize(
    "articles",
    [
        [("Wire", "A bomb killed 12 people.", 1), ("Post", "A bomb killed 12 people.", 1)],
        [("Wire", "A bomb killed 12 people.", 30), ("Post", "A bomb killed 15 people.", 1)],
        [("Wire", "A bomb killed 12 people.", 3), ("Wire", "A bomb killed 15 people.", 1)],
        [("Wire", "A bomb killed 12 people.", 1), ("Post", "In 2019 a bomb killed 15 people.", 1)],
        [("Wire", "A bomb killed 2 people.", 1), ("Post", "The war killed 4,000 people.", 1)],
        [("Wire", "A bomb killed 12 people.", 1), ("Post", "A bomb injured 15 people.", 1)],
        [("Wire", "Attacks killed over 70 people.", 1), ("Post", "Attacks killed 73 people.", 1)],
        [("Wire", "Some 70 people were killed.", 1), ("Post", "Attacks killed 73 people.", 1)],
        [("Wire", "It killed 14 men and two women.", 1), ("Post", "It killed 16 people.", 1)],
        [("Wire", "Three guards were killed.", 1), ("Post", "The army killed five rebels.", 1)],
        [("Wire", "It killed 12 people.", 1), ("Post", "12 of 30 people died.", 1)],
        [("Wire", "It killed 12 people.", 1), ("Post", "None of the 14 people hurt died.", 1)],
        [("Wire", "It killed two hundred people.", 1), ("Post", "It killed three people.", 1)],
        [("Wire", "It killed two hundred people.", 1), ("Post", "It killed 214 people.", 1)],
        [("Wire", "It killed 24 people.", 3), ("Post", "The death toll has risen to 31.", 1)],
    ],
    ids=[
        *("they agree", "one is older", "one outlet", "another year", "another thing", "hurt"),
        *("over", "some", "a sum", "others", "a part", "none"),
        *("hundreds", "round hundreds", "it rose since"),
    ],
)
def test_it_sees_no_difference_where_there_may_be_none(
    articles: list[tuple[str, str, float]],
) -> None:
    found = [an_article(source=s, text=t, published_at=ago(hours=h)) for s, t, h in articles]
    assert disagreement(found) is None


def test_it_tells_how_a_toll_rose() -> None:
    later = an_article(text="The death toll from the bomb in Vesk has risen to 31.")
    found = rise(["A bomb killed 24 people in Vesk."], [later])
    assert str(found) == "death toll rises to 31 from 24"


@pytest.mark.parametrize(
    ("text", "of_it"),
    [
        ("The bomb in Vesk killed 31 people.", True),
        ("Twenty-four people died in Vesk.", True),
        ("Strikes kill 12 in Vesk.", False),
        ("Strikes kill 12 in Vesk in the last 24 hours.", False),
        ("Vesk has concerns about the deal.", False),
    ],
)
def test_a_rise_belongs_to_who_states_the_number(text: str, of_it: bool) -> None:
    assert Rise(Counted.KILLED, 24, 31).is_of(text) is of_it


def test_it_tells_of_no_rise_that_is_none() -> None:
    later = an_article(text="The bomb in Vesk killed 24 people and injured 60.")
    assert rise(["A bomb killed 24 people in Vesk."], [later]) is None


def test_a_toll_of_others_is_no_rise() -> None:
    later = an_article(text="The army killed five rebels near Vesk.")
    assert rise(["Three border guards were killed near Vesk."], [later]) is None


@pytest.mark.parametrize(
    ("known", "later"),
    [
        ("A bomb killed two people.", "None of the 30 people rescued died."),
        ("Two hundred people were killed.", "A bomb killed 40 people."),
        ("A bomb killed 24 people.", "In the blast, 24 of 30 people died."),
        ("A bomb killed over 70 people.", "The bomb killed 73 people."),
    ],
)
def test_a_number_that_is_no_toll_raises_none(known: str, later: str) -> None:
    assert rise([known], [an_article("Blast", later)]) is None


def test_a_toll_deep_in_what_was_known_is_not_what_rises() -> None:
    known = "The dam broke near Vesk.\n" + "The wind blew.\n" * 200 + "It killed 24 people in May."
    later = an_article(text="The bomb in Vesk killed 31 people.")
    assert rise([known], [later]) is None
