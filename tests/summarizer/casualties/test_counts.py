"""How many were killed or hurt, as texts state it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.casualties.counts import Counted, figures, stated


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
        ("Two hundred people were killed.", 200),
        ("The dam broke, killing three hundred and five people.", 305),
        ("Floods killed 2 thousand people.", 2000),
        ("A dozen miners died.", 12),
        ("Over a hundred and 20 people were killed.", None),
        ("Gunmen killed two hundred and 30 were injured.", 200),
        ("The death toll rose to sixteen.", 16),
    ],
)
def test_it_reads_how_many_were_killed(text: str, killed: int | None) -> None:
    assert stated(text, Counted.KILLED) == killed


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("In Vesk, 9 of 40 miners died.", None),
        ("Of those aboard, nine out of the 40 passengers died.", None),
        ("None of the 40 miners died.", None),
        ("Not one of the 40 sailors drowned.", None),
        ("One in five people died.", None),
        ("The 40 miners trapped in Vesk never died.", None),
        ("The storm did not kill 40 people.", None),
        ("The bomb could have killed 40 people.", None),
        ("The guards hadn’t killed 40 people.", None),
        ("The army denied that it had killed 40 people.", None),
        ("There is no evidence that 40 people were killed.", None),
        ("Some 40 miners almost died.", None),
        ("This one looks like it died in May.", None),
        ("Twelve miners are feared dead.", None),
        ("The party claimed 40 new members.", None),
        ("The storm claimed 40 young lives.", 40),
        ("The storm claimed the lives of 40 miners.", 40),
        ("The toll for lorries rises to 40 euros.", None),
        ("Between 9 and 12 people died.", None),
        ("Some 9 to 12 people died.", None),
        ("The storm killed 9 to 12 people.", None),
        ("An Airbus 320 killed 40 people.", 40),
        ("A Route 9 bus crash killed six.", 6),
        ("Passengers of Flight 302 died.", None),
        ("A magnitude 7 quake killed 40 people.", 40),
        ("On Oct. 7 soldiers died.", None),
        ("On 7 October soldiers died.", None),
        ("Three bombs killed 40 people.", 40),
        ("Three gunmen have killed the mayor.", None),
        ("In Vesk 40 people were killed.", 40),
        ("On Monday 40 miners were killed.", 40),
        ("No fewer than 40 people were killed.", 40),
        ("Vesk Blast Leaves 40 Dead", 40),
        ("40 miners killed in Vesk", 40),
        ("40 Marines were killed.", 40),
    ],
)
def test_it_counts_nobody_who_may_not_have_been_killed(text: str, killed: int | None) -> None:
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
