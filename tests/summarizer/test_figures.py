"""How many were killed or hurt, as texts state it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.figures import Counted, figures, stated


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
