"""Which stories come first, and what each is to a channel that was told before."""

from __future__ import annotations

import pytest

from bot.models import Article, BulletStatus
from summarizer.ranking import rank
from summarizer.stories.near_duplicates import independent
from tests.support.builders import DAY, a_score, a_story, a_told, a_topic, ago, an_article

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
