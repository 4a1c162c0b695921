"""Which stories come first, and what each is to a channel that was told before."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.models import Article, BulletStatus
from summarizer.ranking import rank
from summarizer.stories.near_duplicates import independent
from tests.support.builders import (
    DAY,
    a_score,
    a_story,
    a_told,
    a_topic,
    a_window,
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
        f"{source} on the storm",
        text,
        source=source,
        published_at=ago(hours=hours),
        fetched_at=ago(hours=hours),
        topics=[a_score("energy", score)],
    )


def order(*stories: tuple[Article, ...]) -> list[str]:
    made = [a_story(*articles, id=str(at)) for at, articles in enumerate(stories)]
    return [each.story.id for each in rank(made, TOPIC, DAY, {})]


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ((about(source="A"),), (about(source="A"), about(LONG[::-1], source="B"))),
        ((about(hours=20),), (about(hours=1),)),
        ((about(score=0.5),), (about(score=0.95),)),
        ((about("A fair opened. " + LONG),), (about("A blast killed 40 people. " + LONG),)),
        (
            (about(source="A"), about(source="B"), about(source="C")),
            (about(source="A"), about(LONG[::-1], source="B")),
        ),
    ],
    ids=["more outlets", "newer", "more on the topic", "graver", "copies count once"],
)
def test_it_puts_first(less: tuple[Article, ...], more: tuple[Article, ...]) -> None:
    assert order(less, more) == ["1", "0"]


def test_it_counts_copies_of_one_text_and_one_outlet_once() -> None:
    copies = [about(source="A"), about(f"VESK (Wire) — {LONG}", source="B")]
    others = [about(LONG[::-1], source="C"), about("Another day. " * 40, source="C")]
    assert len(independent([*copies, *others])) == 2


def test_it_leaves_out_what_is_off_the_topic_or_outside_the_window() -> None:
    off = an_article(topics=["security"])
    old = about(hours=30)
    assert rank([a_story(off, id="1"), a_story(old, id="2")], TOPIC, DAY, {}) == []


def test_a_story_not_told_before_is_new() -> None:
    assert rank([a_story(about())], TOPIC, DAY, {})[0].status is BulletStatus.NEW


def test_a_story_that_brings_nothing_since_is_ongoing() -> None:
    told = a_told(text=LONG, at=ago(hours=1))
    found = rank([a_story(about(hours=2))], TOPIC, DAY, {"story-1": told})[0]
    assert (found.status, found.change, found.later) == (BulletStatus.ONGOING, None, ())


def test_a_story_told_again_in_other_words_of_the_same_is_ongoing() -> None:
    told = a_told(text=LONG, at=ago(hours=3))
    story = a_story(about(hours=4), about(LONG, source="Post", hours=1))
    assert rank([story], TOPIC, DAY, {"story-1": told})[0].status is BulletStatus.ONGOING


def test_a_story_with_a_new_figure_is_updated_and_says_so() -> None:
    told = a_told(text="A storm killed 24 people on the coast.", at=ago(hours=3))
    first = about("A storm killed 24 people on the coast.", hours=4)
    later = about("The death toll of the storm has risen to 31.", source="Post", hours=1)
    found = rank([a_story(first, later)], TOPIC, DAY, {"story-1": told})[0]
    assert found.status is BulletStatus.UPDATED
    assert found.change == "death toll rises to 31 from 24"
    assert found.later == (later.id,)


def test_what_was_told_comes_after_what_is_new() -> None:
    told = {"0": a_told("0", LONG, at=ago(hours=1))}
    stories = [a_story(about(hours=2), id="0"), a_story(about(hours=2), id="1")]
    assert [each.story.id for each in rank(stories, TOPIC, DAY, told)] == ["1", "0"]


def test_what_was_told_keeps_its_place_where_the_new_need_not_come_first() -> None:
    told = {"0": a_told("0", LONG, at=ago(hours=1))}
    stories = [a_story(about(hours=2), id="0"), a_story(about(hours=3), id="1")]
    again = rank(stories, TOPIC, DAY, told, new_first=False)
    assert [(each.story.id, each.score) for each in again] == [
        (each.story.id, each.score) for each in rank(stories, TOPIC, DAY, {})
    ]
    assert again[0].status is BulletStatus.ONGOING


def test_the_order_is_the_same_for_the_same_stories() -> None:
    stories = [a_story(about(source=str(at)), id=str(at)) for at in range(6)]
    ranked = rank(stories, TOPIC, DAY, {})
    assert ranked == rank(stories[::-1], TOPIC, DAY, {})


CALM = "The fair in the valley opened with a walk and some music for all its many visitors. " * 3


def weight(*articles: Article) -> float:
    (found,) = rank([a_story(*articles)], TOPIC, DAY, {})
    return found.score


def test_outlets_topic_and_newness_add_up() -> None:
    one = about(CALM, source="A", hours=6, score=0.7)
    assert weight(one) == pytest.approx(1.0 * 1 + 1.0 * 0.7 + 0.8 * 0.75)
    other = about(CALM[::-1], source="B", hours=12, score=0.9)
    assert weight(one, other) == pytest.approx(math.log2(3) + 0.9 + 0.8 * 0.75)


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("The embargo began. ", 0.5 / 4),
        ("The blackout, the shortage, the embargo and the blast went on. ", 0.5),
        ("The blackout, the shortage, the embargo, the bomb and the blast went on. ", 0.5),
        ("A landslide killed 10 people. ", 0.5 / 4 + 0.7 * math.log(11) / math.log(101)),
        ("A landslide killed 100 people. ", 0.5 / 4 + 0.7),
        ("A blackout, an explosion and an embargo killed 100 people. ", 1.0),
    ],
)
def test_grave_words_and_the_dead_add_to_the_weight(said: str, severity: float) -> None:
    calm = weight(about(CALM, hours=2))
    assert weight(about(said + CALM, hours=2)) - calm == pytest.approx(0.8 * severity)


@pytest.mark.parametrize("grave", ["An embargo began. ", "A landslide took 10 lives, killed 10. "])
def test_grave_news_counts_near_the_start_of_the_last_three_articles(grave: str) -> None:
    far = about(CALM * 4 + grave, hours=2)
    assert weight(far) == pytest.approx(weight(about(CALM * 4, hours=2)))
    calm = [about(f"{CALM} {n}" * 3, source="A", hours=4 - n) for n in range(3)]
    first = about(grave + CALM, source="A", hours=5)
    second = about(grave + CALM, source="A", hours=3.5)
    assert weight(first, *calm) == pytest.approx(weight(*calm))
    assert weight(calm[0], second, *calm[1:]) > weight(*calm)


def test_what_was_told_weighs_half() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=1))}
    (found,) = rank([a_story(about(hours=2))], TOPIC, DAY, told)
    assert found.score == pytest.approx(weight(about(hours=2)) / 2)


def test_a_short_window_counts_as_an_hour() -> None:
    window = a_window(hours=0.5)
    (found,) = rank([a_story(about(CALM, hours=0.25))], TOPIC, window, {})
    assert found.score == pytest.approx(1.0 + 0.8 + 0.8 * 0.75)


def test_what_was_fetched_at_the_moment_of_telling_was_known() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=2))}
    (found,) = rank([a_story(about(hours=2))], TOPIC, DAY, told)
    assert found.later == ()


def test_where_all_was_fetched_later_the_time_of_publication_counts() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=3))}
    early = replace(about(source="A", hours=5), fetched_at=ago(hours=1))
    late = replace(about(source="B", hours=2), fetched_at=ago(hours=1))
    (found,) = rank([a_story(early, late)], TOPIC, DAY, told)
    assert found.later == (late.id,)


def test_where_something_was_fetched_before_the_time_of_fetching_counts() -> None:
    told = {"story-1": a_told(text=LONG, at=ago(hours=3))}
    before = about(source="A", hours=5)
    delayed = replace(about(source="B", hours=4), fetched_at=ago(hours=1))
    (found,) = rank([a_story(before, delayed)], TOPIC, DAY, told)
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
    told = {"story-1": a_told(text=LONG, at=ago(hours=3))}
    later = replace(about(" ".join(WORDS[:count]), source="Wire", hours=1), title=LONG[:90])
    (found,) = rank([a_story(about(hours=5), later)], TOPIC, DAY, told)
    assert found.status is status
