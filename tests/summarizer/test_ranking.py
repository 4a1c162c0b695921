"""Which stories come first, and what each is to a channel that was told before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.models import Article, BulletStatus, Told, UntoldReason
from summarizer.ranking import rank
from summarizer.standing import standing
from summarizer.stories.near_duplicates import independent
from tests.support.builders import (
    DAY,
    a_score,
    a_story,
    a_told,
    a_topic,
    ago,
    an_article,
)

TOPIC = a_topic("energy")
LONG = (
    "The grid operator said that a storm had torn down the line between the two cities and that "
    "crews would need a week to put the masts back up, while homes in the hills stay dark. "
)


def about(
    text: str = LONG, *, source: str = "Wire", hours: float = 2, score: float = 0.8
) -> Article:
    return an_article(
        f"Storm cuts power to two cities, {source} reports",
        text,
        source=source,
        published_at=ago(hours=hours),
        fetched_at=ago(hours=hours),
        topics=[a_score("energy", score)],
    )


def order(*stories: tuple[Article, ...]) -> list[str]:
    made = [a_story(*articles, id=str(at)) for at, articles in enumerate(stories)]
    return [each.story.id for each in rank(made, TOPIC, DAY, {}).events]


def news(title: str, text: str = "", *, source: str = "Wire", hours: float = 2) -> Article:
    return an_article(
        title,
        text or f"{title}, officials said on Monday.",
        source=source,
        published_at=ago(hours=hours),
        fetched_at=ago(hours=hours),
        topics=[a_score("energy")],
    )


OUTAGE = news("Blackout leaves two million homes in Karsova without electricity")


@pytest.mark.parametrize(
    "less",
    [
        news("Corrin Energy appoints new head of its gas pipeline unit"),
        news("Energy minister lauds gas cooperation at pipeline ceremony in Vesk"),
        news("Opinion: why our electricity grid needs more wind power"),
        news("Ten things to know about solar panels and your electricity bill"),
    ],
    ids=["an appointment", "a ceremony", "an opinion", "a list"],
)
def test_an_act_that_many_feel_comes_before(less: Article) -> None:
    assert order((less,), (OUTAGE,))[0] == "1"


def test_what_is_passed_over_is_listed_with_a_reason() -> None:
    opinion = news("Opinion: why our electricity grid needs more wind power")
    filler = [news(f"Gas pipeline {n} shut after explosion near town {n}") for n in range(14)]
    made = [a_story(each, id=str(at)) for at, each in enumerate([opinion, *filler])]
    passed = rank(made, TOPIC, DAY, {}, most=3).passed
    reasons = {each.title: each.reason for each in passed}
    assert "is no report of news" in reasons[opinion.title]


def test_it_counts_copies_of_one_text_and_one_outlet_once() -> None:
    copies = [about(source="A"), about(f"VESK (Wire) — {LONG}", source="B")]
    others = [about(LONG[::-1], source="C"), about("Another day. " * 40, source="C")]
    assert len(independent([*copies, *others])) == 2


@pytest.mark.parametrize(
    ("one", "other", "groups"),
    [
        ("UN News", "UN News (via Global Issues)", 1),
        ("Inter Press Service", "Inter Press Service via Global Issues", 1),
        ("Tolby Now!", "tolby now! (YouTube)", 1),
        ("Tolby Post", "Vesk Post (via Global Issues)", 2),
        ("(YouTube)", "(Telegram)", 2),
    ],
)
def test_an_outlet_reports_once_by_whomever_it_comes(one: str, other: str, groups: int) -> None:
    reports = [about(source=one), about(LONG[::-1], source=other)]
    assert len(independent(reports)) == groups


def test_it_leaves_out_what_is_off_the_topic_or_outside_the_window() -> None:
    off = an_article("Estermouth Rovers win the Coastal Cup", "They won it.", topics=["security"])
    old = about(hours=30)
    assert rank([a_story(off, id="1"), a_story(old, id="2")], TOPIC, DAY, {}).events == ()


def test_a_story_not_told_before_is_new() -> None:
    assert rank([a_story(about())], TOPIC, DAY, {}).events[0].status is BulletStatus.NEW


def test_a_story_that_brings_nothing_since_is_ongoing() -> None:
    told = a_told(text=LONG, at=ago(hours=1))
    found = rank([a_story(about(hours=2))], TOPIC, DAY, {"story-1": told}).events[0]
    assert (found.status, found.change, found.later) == (BulletStatus.ONGOING, None, ())


def test_a_story_told_again_in_other_words_of_the_same_is_ongoing() -> None:
    told = a_told(text=LONG, at=ago(hours=3))
    story = a_story(about(hours=4), about(LONG, source="Post", hours=1))
    assert rank([story], TOPIC, DAY, {"story-1": told}).events[0].status is BulletStatus.ONGOING


def test_a_story_with_a_new_figure_is_updated_and_says_so() -> None:
    told = a_told(text="A storm killed 24 people on the coast.", at=ago(hours=3))
    first = about("A storm killed 24 people on the coast.", hours=4)
    later = about("The death toll of the storm has risen to 31.", source="Post", hours=1)
    found = rank([a_story(first, later)], TOPIC, DAY, {"story-1": told}).events[0]
    assert found.status is BulletStatus.UPDATED
    assert str(found.change) == "death toll rises to 31 from 24"
    assert found.later == (later.id,)


def test_what_was_told_comes_after_what_is_new() -> None:
    told = {"0": a_told("0", LONG, at=ago(hours=1))}
    stories = [a_story(about(hours=2), id="0"), a_story(OUTAGE, id="1")]
    assert [each.story.id for each in rank(stories, TOPIC, DAY, told).events] == ["1", "0"]


def test_what_was_told_keeps_its_place_where_the_new_need_not_come_first() -> None:
    told = {"0": a_told("0", LONG, at=ago(hours=1))}
    stories = [a_story(about(hours=2), id="0"), a_story(OUTAGE, id="1")]
    again = rank(stories, TOPIC, DAY, told, new_first=False).events
    assert [(each.story.id, each.score) for each in again] == [
        (each.story.id, each.score) for each in rank(stories, TOPIC, DAY, {}).events
    ]
    assert {each.story.id: each.status for each in again}["0"] is BulletStatus.ONGOING


def test_the_order_is_the_same_for_the_same_stories() -> None:
    stories = [a_story(about(source=str(at)), id=str(at)) for at in range(6)]
    ranked = rank(stories, TOPIC, DAY, {}).events
    assert ranked == rank(stories[::-1], TOPIC, DAY, {}).events


def test_what_was_fetched_at_the_moment_of_telling_was_known() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=2))}
    found = standing(a_story(about(hours=2)), told["story-1"])
    assert found.later == ()


def test_where_all_was_fetched_later_the_time_of_publication_counts() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=3))}
    early = replace(about(source="A", hours=5), fetched_at=ago(hours=1))
    late = replace(about(source="B", hours=2), fetched_at=ago(hours=1))
    found = standing(a_story(early, late), told["story-1"])
    assert found.later == (late.id,)


def test_where_something_was_fetched_before_the_time_of_fetching_counts() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=3))}
    before = about(source="A", hours=5)
    delayed = replace(about(source="B", hours=4), fetched_at=ago(hours=1))
    found = standing(a_story(before, delayed), told["story-1"])
    assert found.later == (delayed.id,)


WORDS = [
    "copper",
    "meadow",
    "lantern",
    "harvest",
    "violin",
    "glacier",
    "orchard",
    "saddle",
    "timber",
    "kettle",
    "anchor",
    "pillow",
]


@pytest.mark.parametrize(
    ("count", "status"), [(12, BulletStatus.UPDATED), (11, BulletStatus.ONGOING)]
)
def test_a_dozen_words_that_were_not_known_are_an_update(count: int, status: BulletStatus) -> None:
    told = {"story-1": a_told(text="A storm hit the coast.", at=ago(hours=3))}
    later = replace(about(" ".join(WORDS[:count]), source="Wire", hours=1), title=LONG[:90])
    found = standing(a_story(about(hours=5), later), told["story-1"])
    assert found.status is status


def test_a_small_window_tells_no_explainer_and_says_why() -> None:
    explainer = news(
        "What the past got right about oil shocks: five lessons",
        "In 1979 oil doubled. Why it took years to adjust is a lesson that we often forget.",
    )
    found = rank([a_story(explainer)], TOPIC, DAY, {})
    assert [found.events, [each.reason for each in found.passed]] == [(), [UntoldReason.NO_NEWS]]


@pytest.mark.parametrize(
    "title",
    [
        "Explosion stops gas exports from Norrow terminal",
        "Karsova raises electricity prices by 9%",
        "Ildria signs pipeline deal with Vesk",
    ],
)
def test_a_clear_headline_alone_is_told_in_a_small_window(title: str) -> None:
    assert len(rank([a_story(news(title, title))], TOPIC, DAY, {}).events) == 1


STRIKE = "Dockers at Norholm port vote for a strike over pay"
MEMORY = f"Norholm port opens a second terminal for gas tankers\n{STRIKE}"
"""What was told of one story, the latest first."""


def test_a_report_whose_headline_was_told_brings_nothing_new() -> None:
    told = a_told(text=MEMORY, at=ago(hours=3))
    again = news("Norholm port dockers vote for strike over pay", " ".join(WORDS), hours=1)
    found = standing(a_story(news(STRIKE, hours=4), again), told)
    assert (found.status, found.later) == (BulletStatus.ONGOING, ())


def test_a_headline_that_was_told_weighs_less_and_another_of_its_story_does_not() -> None:
    again = OUTAGE
    other = news("Explosion shuts gas pipeline near Vesk", " ".join(WORDS))
    filler = [
        news(f"{each.title()} fair opens in Corrin", f"{each} {at}")
        for at, each in enumerate(WORDS)
    ]
    stories = [a_story(again, other, id="0"), *(a_story(each, id=each.id) for each in filler)]
    told = {"0": a_told("0", f"{MEMORY}\n{again.title}", at=ago(hours=3))}

    def scores(memory: dict[str, Told]) -> dict[str, float]:
        found = rank(stories, TOPIC, DAY, memory).events
        return {each.best.title: each.score for each in found if each.best}

    first, then = scores({}), scores(told)
    assert then.get(again.title, 0.0) < first[again.title]
    assert then[other.title] == first[other.title]


def test_an_event_of_two_stories_knows_what_was_told_of_both() -> None:
    again = news(STRIKE, " ".join(WORDS), source="Post", hours=1)
    copy = news(STRIKE, " ".join(WORDS[::-1]), hours=1)
    stories = [a_story(again, id="0"), a_story(copy, id="1")]
    told = {
        "0": a_told("0", "Norholm port opens a second terminal", at=ago(hours=3)),
        "1": a_told("1", STRIKE, at=ago(hours=3)),
    }
    [event] = rank(stories, TOPIC, DAY, told).events
    assert event.told == f"{told['0'].text}\n{STRIKE}"
    assert (event.status, event.later) == (BulletStatus.ONGOING, ())
