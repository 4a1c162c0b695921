"""Which numbers of a text are figures of the day, and how those of several sources are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from summarizer.key_figures.counted_nouns import noun_behind
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
        ("It cut power to some 40,000 homes, police and the grid said.",
         ["40,000 homes without power"]),
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
        ("Around 50 cops badly injured in clashes.", ["around 50 cops injured"]),
        ("The minibus killed two brothers riding a motorcycle.", ["2 brothers killed"]),
        ("They are among five people officials say were killed on Monday.", ["5  killed"]),
        ("Ten crew members were arrested in the port.", ["10 crew members arrested"]),
        ("Two FC men were injured in Kalat.", ["2 FC men injured"]),
        ("Drones killed at least ten people and hit targets in Tarn.", ["at least 10  killed"]),
        ("Police arrested ten drivers for racing.", ["10 drivers arrested"]),
        ("Saudi production has dropped to around 8 million bpd.",
         ["around 8 million barrels a day Saudi production oil a day"]),
        ("Yanbu's oil exports rose to about 2.4 million bpd.",
         ["about 2.4 million barrels a day Yanbu's exports oil a day"]),
        ("The 300-MW Tarn energy storage project has come online.",
         ["300 MW storage project electricity"]),
        ("Brent tops $90 as the strait stays closed.", ["above $90 Brent crude price"]),
        ("Brent crude topped $90 while WTI rose to $85.",
         ["above $90 Brent crude price", "$85 WTI crude price"]),
        ("Brent topped $100 on Monday before settling at $95.", ["$95 Brent crude price"]),
        ("At least 12 soldiers outside barracks were killed.", ["at least 12 soldiers killed"]),
        ("Police arrested 14 protesters off Yemen.", ["14 protesters arrested"]),
        ("Drones killed 10 soldiers in two camps.", ["10 soldiers killed"]),
        ("Strikes killed 12 in Yemen.", ["12  killed"]),
        ("Iran detained ten crew members of two tankers.", ["10 crew members arrested"]),
        ("Oil production rose to 3.2 million barrels a day.",
         ["3.2 million barrels a day production oil a day"]),
        ("Higher output reached 3.2 million barrels a day.",
         ["3.2 million barrels a day output oil a day"]),
        ("Monday production fell to 3.2 million barrels a day.",
         ["3.2 million barrels a day production oil a day"]),
        ("The firm started commercial operation of the 300 MW wind farm.",
         ["300 MW wind farm electricity"]),
        ("A 500 MW gas plant in Tarn was shut down after a fault.",
         ["500 MW gas plant electricity"]),
        ("Brent settled at $4.56, or 6.5pc, lower at $65.58 a barrel.",
         ["$65.58 a barrel Brent crude price"]),
        ("WTI crude rose 30 cents to $75.14.", ["$75.14 WTI crude price up 30 cents"]),
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
        "A man and his two sons were shot dead on Monday.",
        "The boy's parents and two brothers were shot dead on Monday.",
        "Two of the three militants killed on Monday were on a list.",
        "Two among the three militants killed in Tarn were known.",
        "The climber and his nine companions were killed on Monday.",
        "A man who fled with his three children amid a dispute was shot dead on Monday.",
        "“At least 25 people were martyred in the bombing",
        "Five slain hostages remain in the strip.",
        "Families mourn at least 20 dead children.",
        "The war, which has displaced 12 million people, goes on.",
        "The organisation gave tents for 400 displaced families.",
        "The feud had resulted in the deaths of 10 people.",
        "After the meal six people were hospitalised on Monday.",
        "Strikes on the region have killed 28 people in July alone.",
        "Saturday's dead included eight people killed in two strikes.",
        "He was found guilty of killing three people.",
        "The council met after two fighters died.",
        "Reaching 13GW of capacity by the end of the year.",
        "Output was paused at the 396MW Merkur farm.",
        "Officials met at the 300-megawatt Tarn hydropower project.",
        "Petrol and diesel rose as the price of oil returned to $100 a barrel.",
        "Brent fell after fighting had pushed it to $100 a barrel.",
        "The KSE-100 index rose to stand at 345,519,481 points.",
        "Iran has detained two tankers in the strait.",
        "Guards detained 12 containers of timber.",
        "Brent crude fell past $80 a barrel.",
        "The minister opened a conference on the 300 MW wind farm.",
        "The mayor hit out at the 300 MW wind project.",
        "A campaign against a 500 MW gas plant runs on Facebook.",
    ],
)
def test_it_leaves_out_what_is_planned_feared_denied_or_past(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize("word", ["Yemen", "specimen", "regimen", "omen", "abdomen"])
def test_words_that_end_like_men_are_no_plurals(word: str) -> None:
    assert noun_behind(f"12 {word}", 2) == ""
    assert noun_behind("12 gunmen", 2) == "gunmen"


def test_background_far_below_the_title_is_left_out() -> None:
    text = "The council met. It spoke of roads. Nobody voted. Four people were killed in the hall."
    assert told(text, title="Council speaks of roads") == []
    assert told(text, title="Four killed in the council's hall") == ["4  killed"]


@pytest.mark.parametrize(
    ("title", "sentence", "figures"),
    [
        ("Wreck of a plane found 74 years on", "The crash killed 52 people.", []),
        ("Town marks 10 years since attack", "86 people were killed in it.", []),
        ("Bodies returned after two months", "Three men were killed in the fight.", []),
        ("Town still mourns the flood of 2023", "The flood killed 4,000 people on Monday.", []),
        ("Worst floods since 2014 kill four", "The floods killed four people.", ["4  killed"]),
        ("Attacks fall in May, group says", "Forces killed 71 militants.", []),
        ("Driver sentenced for the crash", "The crash killed 12 people.", []),
        ("Toll of the floods rises to 393", "In Tarn, 42 people were killed.", []),
        ("Correction: bomb wounded 42, not 24", "The bomb wounded 24 people on Monday.", []),
        ("Capital buys back guns after attack", "It answers the attack that killed 15 people.", []),
        ("Attack kills 15 in Tarn", "The attack that killed 15 people was filmed.", ["15  killed"]),
        ("Attack in Tarn", "The attack that killed 15 people on Monday was filmed.",
         ["15  killed"]),
        ("Manhunt after shooting", "Police follow a shooting which left 12 people dead.", []),
        ("Mass shooting in Tarn", "Police follow a shooting which left 12 people dead.",
         ["12  killed"]),
    ],
)  # fmt: skip
def test_an_earlier_event_or_a_part_of_a_toll_is_no_figure_of_the_day(
    title: str, sentence: str, figures: list[str]
) -> None:
    assert told(sentence, title) == figures


def test_a_country_is_a_place_and_its_people_are_not() -> None:
    def place(text: str) -> str:
        return figures_of("Strike kills people", text, "en", DAY)[0].country

    assert place("Five people were killed in northern Yemen.") == "Yemen"
    assert place("Five people were killed in Israeli strikes.") == ""
    assert place("Five people were killed in Tarn, Sudan, near the border.") == "Sudan"
    assert place("Some 300 people were evacuated in France and Spain.") == ""
    assert place("Fires raged in Sicily, southern France and central Spain, killing five.") == ""
    assert place("Rebels in Yemen hit a ship in the Gulf of Aden, killing five.") == ""
    assert place("A bus registered in Poland crashed, killing five people.") == ""
    assert place("A missile hit central Israel, while jets bombed Beirut, killing five.") == ""
    assert place("Drones killed five people on the eve of a summit in Turkey.") == ""


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


def test_civilians_and_people_are_one_count_told_by_the_noun_that_all_use() -> None:
    at = datetime(2026, 6, 9, 6, tzinfo=UTC)
    rows = gathered(
        Told(each.figure, "s1", source, source, None, "en", at, each.sentence, "", "")
        for source, noun in (("Post", "civilians"), ("Wire", "people"))
        for each in figures_of("Attack", f"On Monday 24 {noun} were killed.", "en", DAY)
    )
    assert [(row.said, row.what, len(row.tellings)) for row in rows] == [("24", "killed", 2)]


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
