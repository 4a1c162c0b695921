"""Which numbers of a text are figures of the day, and how those of several sources are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from summarizer.key_figures.gathering import Told, gathered, leading
from summarizer.key_figures.reading import figures_of

DAY = date(2026, 6, 9)


def told(text: str, title: str = "Attack kills people") -> list[str]:
    """Each figure with its kind, as it is told."""
    return [
        " ".join([each.figure.said, each.figure.of, each.figure.kind, each.figure.change]).strip()
        for each in figures_of(title, text, "en", DAY)
    ]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("At least 31 people were killed in Tarn on Monday.", ["at least 31  killed"]),
        ("Three soldiers were killed and 12 others were wounded.",
         ["3 soldiers killed", "12  injured"]),
        ("The floods have displaced more than 4,200 families.",
         ["more than 4,200 families displaced"]),
        ("About 18,000 homes were without power on Tuesday.", ["about 18,000 homes without power"]),
        ("The attack cut power to some 40,000 homes.", ["40,000 homes without power"]),
        ("Police arrested 14 suspects overnight.", ["14 suspects arrested"]),
        ("No fewer than 40 people were killed in Tarn on Monday.",
         ["no fewer than 40  killed"]),
        ("Gold rose 1% to $4,050 an ounce.", ["$4,050 an ounce Gold price up 1%"]),
        ("The grid has a shortfall of 900 megawatts.", ["900 MW shortfall electricity"]),
        ("Production fell to about 3.2 million barrels per day.",
         ["about 3.2 million barrels a day production oil a day"]),
        ("Brent crude fell 1.4% to $82.10 a barrel.",
         ["$82.10 a barrel Brent crude price down 1.4%"]),
        ("The KSE-100 index rose by 640 points, or 0.5pc, to 128,400.20.",
         ["128,400.2 KSE-100 index up 0.5%"]),
    ],
)  # fmt: skip
def test_it_reads_what_a_sentence_states_as_having_happened(
    sentence: str, figures: list[str]
) -> None:
    assert told(sentence) == figures


@pytest.mark.parametrize(
    "sentence",
    [
        "A collapse of the dam could kill 400 people.",
        "The plan would leave 18,000 homes without power.",
        "The group claims that it killed 40 soldiers.",
        "The quake of 2013 killed 825 people.",
        "The war has killed 61,000 people since it began.",
        "Relatives of 16 men killed in the crash asked for an inquiry.",
        "The company plans a 500-megawatt wind farm.",
        "The cartel agreed to cut output by 411,000 barrels per day.",
        "Analysts expect Brent crude to fall to $60 a barrel.",
        "The ministry denied that 12 people were killed.",
        "Some 470 dogs were killed.",
        "Fewer than 40 people were killed in Tarn on Monday.",
        "Less than 18,000 homes were without power on Tuesday.",
        "The blast almost killed 12 people.",
        "A plot to kill 12 people was foiled.",
        "12 people were killed in a mock attack during a drill.",
        "In an exercise on Tuesday, 200 people were evacuated.",
        "He recalled the bombing in Tarn, in which 202 people were killed.",
        "The fire that killed 72 people at Orlan Tower led to new rules.",
        "18,000 homes had been without power before crews restored it.",
        "All 14 suspects arrested on Tuesday were released without charge.",
        "All 300 people evacuated from the hotel on Tuesday returned home.",
        "Residents told of 200 people killed, but the army put the figure at 15.",
        "The toll was lowered from 40 people killed to 12.",
        "He killed three people and himself on Monday.",
        "The water was 25 feet above the dead level.",
    ],
)
def test_it_leaves_out_what_is_planned_feared_denied_or_past(sentence: str) -> None:
    assert told(sentence) == []


def test_background_far_below_the_title_is_left_out() -> None:
    text = "The council met. It spoke of roads. Nobody voted. Four people were killed in the hall."
    assert told(text, title="Council speaks of roads") == []
    assert told(text, title="Four killed in the council's hall") == ["4  killed"]


def test_a_country_is_a_place_and_its_people_are_not() -> None:
    def place(text: str) -> str:
        return figures_of("Strike kills people", text, "en", DAY)[0].country

    assert place("Five people were killed in northern Yemen.") == "Yemen"
    assert place("Five people were killed in Israeli strikes.") == ""
    assert place("Five people were killed in Tarn, Sudan, near the border.") == "Sudan"


def article(source: str, number: str, hours: int = 0) -> list[Told]:
    """What an article on one story states, some hours after the first one."""
    at = datetime(2026, 6, 9, 6, tzinfo=UTC) + timedelta(hours=hours)
    text = f"{number} people were killed in Tarn on Monday."
    return [
        Told(each.figure, "s1", source + str(hours), source, None, "en", at, each.sentence,
             each.country, each.dateline)
        for each in figures_of("Attack", text, "en", DAY)
    ]  # fmt: skip


def test_two_sources_that_differ_are_a_range_with_both_named() -> None:
    (row,) = gathered([*article("Post", "24"), *article("Wire", "31", 2)])
    assert row.said == "24–31"
    assert [(each.source, each.figure.said) for each in row.tellings] == [
        ("Post", "24"),
        ("Wire", "31"),
    ]


def test_a_later_count_takes_the_place_of_an_earlier_one() -> None:
    (row,) = gathered(
        [*article("Post", "24"), *article("Post", "29", 3), *article("Wire", "31", 14)]
    )
    assert row.said == "31"
    assert [each.source for each in row.tellings] == ["Wire"]


def test_the_strip_has_one_figure_of_a_story() -> None:
    text = "Three soldiers were killed and 12 others were wounded."
    at = datetime(2026, 6, 9, 6, tzinfo=UTC)
    rows = gathered(
        Told(each.figure, "s1", "a", "Post", None, "en", at, each.sentence, "", "")
        for each in figures_of("Attack", text, "en", DAY)
    )
    assert len(rows) == 2
    assert [row.what for row in leading(rows)] == ["soldiers killed"]
