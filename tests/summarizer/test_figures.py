"""How many were killed or hurt: read from a text, and compared across outlets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.figures import Counted, disagreement, figures, rise, stated
from tests.builders import ago, an_article


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Two Marendan border guards were killed in a clash.", 2),
        ("A bomb killed at least 12 people and injured 30.", 12),
        ("The violence claimed over 70 lives in the north.", 70),
        ("The blaze left 1,200 dead.", 1200),
        ("Twenty-four people have died in the flood.", 24),
        ("The death toll from the blast in the old market rose to 29.", 29),
        ("The number of people killed by the bomb has risen to 31.", 31),
        ("At least 11 people, including three children, were killed.", 11),
        ("Gunmen shot dead three policemen.", 3),
        ("Two members of a rescue team were killed.", 2),
        ("No one was killed.", None),
        ("A mite killed one hive in three.", None),
        ("The 2019 attack was the worst.", None),
        ("A 12-year-old was killed.", None),
        ("Two soldiers and 3 civilians were killed.", None),
        ("The crash killed 14 workers and two pilots.", None),
        ("A bomb killed 14 workers and left 30 others wounded.", 14),
        ("A bomb killed 14 workers and 30 people were injured.", 14),
        ("Fighting kills over 200 people a day.", None),
        ("A bomb killed 12 people a day after the vote.", 12),
        ("Prices fell by 12 per cent.", None),
    ],
)
def test_it_reads_how_many_were_killed(text: str, killed: int | None) -> None:
    assert stated(text, Counted.KILLED) == killed


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("A bomb killed 12 people and injured 30 others.", 30),
        ("Nine people were wounded, among them the driver.", 9),
        ("A train left the rails, injuring 16 people.", 16),
    ],
)
def test_it_reads_how_many_were_hurt(text: str, injured: int) -> None:
    assert stated(text, Counted.INJURED) == injured


@given(st.text(max_size=300))
def test_any_text_has_figures_or_none(text: str) -> None:
    told = f"{text} 12 people {text} were killed {text}"
    assert all(0 <= each.start < each.end <= len(told) for each in figures(told))


def test_each_of_many_figures_is_rounded_by_the_words_before_it_alone() -> None:
    found = list(figures("Over 5 people were killed. Then 7 people were killed. " * 2_000))
    assert [each.rounded for each in found] == [True, False] * 2_000


def test_a_figure_far_behind_the_start_is_not_what_a_text_tells() -> None:
    assert stated(f"{'The wind blew. ' * 200}A bomb killed 12 people.", Counted.KILLED) is None


def test_it_tells_where_outlets_differ() -> None:
    found = disagreement(
        [
            an_article(source="Wire", text="A bomb killed 12 people in Vesk."),
            an_article(source="Post", text="A bomb in Vesk killed 15 people."),
            an_article(source="Times", text="A bomb in Vesk killed 14 people."),
        ]
    )
    assert str(found) == "12 to 15 killed, sources differ."


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
    ],
    ids=[
        *("they agree", "one is older", "one outlet", "another year", "another thing", "hurt"),
        *("over", "some", "a sum", "others"),
    ],
)
def test_it_sees_no_difference_where_there_may_be_none(
    articles: list[tuple[str, str, float]],
) -> None:
    found = [an_article(source=s, text=t, published_at=ago(hours=h)) for s, t, h in articles]
    assert disagreement(found) is None


def test_it_tells_how_a_toll_rose() -> None:
    later = an_article(text="The death toll from the bomb in Vesk has risen to 31.")
    assert rise(["A bomb killed 24 people in Vesk."], [later]) == "death toll rises to 31 from 24"


def test_it_tells_of_no_rise_that_is_none() -> None:
    later = an_article(text="The bomb in Vesk killed 24 people and injured 60.")
    assert rise(["A bomb killed 24 people in Vesk."], [later]) is None


def test_a_toll_of_others_is_no_rise() -> None:
    later = an_article(text="The army killed five rebels near Vesk.")
    assert rise(["Three border guards were killed near Vesk."], [later]) is None


def test_a_toll_deep_in_what_was_known_is_not_what_rises() -> None:
    known = "The dam broke near Vesk.\n" + "The wind blew.\n" * 200 + "It killed 24 people in May."
    later = an_article(text="The bomb in Vesk killed 31 people.")
    assert rise([known], [later]) is None
