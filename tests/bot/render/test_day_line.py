"""The first line of a briefing: true of every kind of day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Briefing, BulletStatus, GoingOn, LeftOut, Section, UntoldReason, without
from bot.render.day_line import day_line
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

LONG = (
    "A storm that nobody had expected so early in the year cut the power of the whole coast, " * 2
)
CHANGED = a_bullet("Toll rises.", story_id="b", status=BulletStatus.UPDATED)
GOES_ON = a_bullet("Ships wait.", story_id="c", status=BulletStatus.ONGOING)


def quiet(*left: LeftOut, going: int = 0) -> Section:
    stories = tuple(GoingOn(str(n), "Ships wait", "Port News", None) for n in range(going))
    return replace(a_section("energy"), left_out=left, going_on=stories)


@pytest.mark.parametrize(
    ("briefing", "said"),
    [
        (a_briefing(a_section("energy", a_bullet("Oil rose."))), "1 new story. Leading: Oil rose."),
        (
            a_briefing(a_section("energy", a_bullet("Oil rose."), CHANGED, GOES_ON)),
            "1 new story, 1 changed, 1 still going. Leading: Oil rose.",
        ),
        (
            a_briefing(a_section("energy", GOES_ON, CHANGED)),
            "1 changed story, 1 still going. Leading: Toll rises.",
        ),
        (a_briefing(a_section("energy")), "Nothing new."),
        (a_briefing(a_section("energy", GOES_ON)), "Nothing new; 1 story still going."),
        (a_briefing(quiet(going=2)), "Nothing new; 2 stories still going."),
        (
            a_briefing(quiet(LeftOut(UntoldReason.LESS, 3), LeftOut(UntoldReason.OFF_TOPIC, 9))),
            "Nothing worth telling among 3 stories.",
        ),
        (a_briefing(quiet(LeftOut(UntoldReason.OFF_TOPIC, 9))), "Nothing new."),
    ],
)
def test_it_says_what_the_day_was(briefing: Briefing, said: str) -> None:
    assert day_line(briefing) == said


def test_what_changed_leads_before_a_new_story_that_matters_less() -> None:
    new, changed = replace(a_bullet("Oil rose."), rank=1), replace(CHANGED, rank=0)
    briefing = a_briefing(a_section("energy", new, changed))
    assert day_line(briefing) == "1 new story, 1 changed. Leading: Toll rises."


def test_a_story_told_in_two_bullets_or_sections_is_counted_once() -> None:
    one, two = a_bullet("Oil rose."), a_bullet("Gas fell.")
    briefing = a_briefing(a_section("energy", one, two), a_section("security", one))
    assert day_line(briefing) == "1 new story. Leading: Oil rose."


def test_two_events_of_one_stored_story_count_twice() -> None:
    oil, gas = an_article("Oil rises", "", id="oil"), an_article("Gas falls", "", id="gas")
    told = [
        a_bullet("Oil rose.", citations=[a_citation(oil, "")]),
        a_bullet("Gas fell.", citations=[a_citation(gas, "")]),
    ]
    briefing = a_briefing(a_section("energy", *told), a_section("security", *told[:1]))
    assert day_line(briefing) == "2 new stories. Leading: Oil rose."


def test_the_section_with_the_most_outlets_leads() -> None:
    oil = a_bullet("Oil rose.", sources_count=9)
    raid = replace(a_bullet("Border raided.", story_id="b"), independent_sources=4)
    oil = replace(oil, independent_sources=2)
    briefing = a_briefing(a_section("energy", oil), a_section("security", raid))
    assert day_line(briefing) == "2 new stories. Leading: Border raided."


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Storm cuts power", "Storm cuts power"),
        ("What is known of the storm?", f"{LONG[:108].strip()}…"),
        ("Storm cuts …", f"{LONG[:108].strip()}…"),
    ],
)
def test_a_long_bullet_leads_by_its_title_where_that_tells_it(title: str, lead: str) -> None:
    bullet = a_bullet(LONG, citations=[a_citation(an_article(title, LONG))])
    assert day_line(a_briefing(a_section("energy", bullet))) == f"1 new story. Leading: {lead}"


def test_one_sides_account_leads_as_such() -> None:
    bullet = replace(a_bullet("Rebels flee."), attribution="one side's account: the army")
    said = day_line(a_briefing(a_section("security", bullet)))
    assert said == "1 new story. Leading: Rebels flee. (one side's account: the army)"


def test_a_models_line_leads_where_its_story_is_new_in_the_briefing() -> None:
    oil, raid = a_bullet("Oil rose.", sources_count=9), a_bullet("Border raided.", story_id="b")
    line = replace(raid, text="Raiders crossed the border.")
    briefing = a_briefing(a_section("energy", oil), a_section("security", raid))

    led = replace(briefing, lead=line)
    gone = replace(briefing, lead=replace(line, story_id="gone"))

    assert day_line(led) == "2 new stories. Leading: Raiders crossed the border."
    assert day_line(gone) == day_line(briefing) == "2 new stories. Leading: Oil rose."


def test_a_models_line_keeps_the_mark_of_one_sides_account() -> None:
    raid = replace(a_bullet("Rebels flee, army says."), attribution="one side's account: the army")
    briefing = a_briefing(a_section("security", raid))
    said = day_line(replace(briefing, lead=replace(raid, text="Rebels flee.", attribution=None)))
    assert said == "1 new story. Leading: Rebels flee. (one side's account: the army)"


def test_without_a_bullet_neither_it_nor_a_models_line_on_its_story_leads() -> None:
    oil, raid = a_bullet("Oil rose.", sources_count=9), a_bullet("Border raided.", story_id="b")
    other = a_bullet("Army denies raid.", story_id="b")
    parts = a_section("energy", oil), a_section("security", raid, other)
    briefing = replace(a_briefing(*parts), lead=replace(raid, text="Raiders crossed."))

    assert day_line(without(briefing, {})).endswith("Leading: Raiders crossed.")
    assert day_line(without(briefing, {raid})) == "2 new stories. Leading: Oil rose."
    assert day_line(without(briefing, {raid, other})) == "1 new story. Leading: Oil rose."
    assert day_line(without(briefing, {oil})).endswith("Leading: Raiders crossed.")
    assert day_line(without(briefing, {oil, raid, other})) == "Nothing new."
