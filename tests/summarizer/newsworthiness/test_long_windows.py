"""A briefing on a week: what lasted comes first, and two days are two events."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.models import Article, Window
from summarizer.ranking import rank
from tests.support.builders import NOW, a_score, a_story, a_topic, ago, an_article

WEEK = Window(NOW - timedelta(days=7), NOW)
TOPIC = a_topic("security")


def news(title: str, days: float, source: str = "Wire") -> Article:
    return an_article(
        title,
        f"{title}, officials said.",
        source=source,
        published_at=ago(hours=24 * days),
        fetched_at=ago(hours=24 * days),
        topics=[a_score("security")],
    )


QUIET = [
    news(f"Council of {town} opens its {thing} to visitors", days=1 + at / 9)
    for at, (town, thing) in enumerate(
        [
            ("Vesk", "library"),
            ("Quarrin", "orchard"),
            ("Ashmere", "museum"),
            ("Lindale", "swimming pool"),
            ("Karsova", "town hall"),
            ("Tervane", "herb garden"),
            ("Ildria", "tram depot"),
            ("Marenda", "observatory"),
            ("Norrow", "lighthouse"),
            ("Varden", "cider mill"),
            ("Corrin", "skating rink"),
            ("Estermouth", "aquarium"),
        ]
    )
]


def told(*articles: Article) -> list[str]:
    stories = [a_story(each, id=each.title) for each in (*articles, *QUIET)]
    return [each.best.title for each in rank(stories, TOPIC, WEEK, {}).events if each.best]


def test_an_event_that_others_went_on_to_report_comes_before_one_of_the_last_hours() -> None:
    raid = news("Gunmen kill nine soldiers in raid on Quarrin barracks", days=4)
    later = [
        news(f"Quarrin barracks raid: soldiers {what}", days, "Post")
        for days, what in [(3, "bury nine killed"), (2, "search for gunmen"), (1, "seize gunmen")]
    ]
    other = news("Gunmen kill eight policemen in ambush near Tervane bridge", days=0.2)
    assert told(raid, other)[0] == other.title
    assert told(raid, *later, other)[0] != other.title


@pytest.mark.parametrize(("days", "events"), [(1.2, 1), (5, 2)])
def test_what_is_days_apart_is_less_likely_one_event(days: float, events: int) -> None:
    first = news("Gunmen storm army depot near Ashmere and kill four soldiers", days)
    second = news("Attack on Ashmere depot kills two guards", 1, "Post")
    assert len({first.title, second.title} & set(told(first, second))) == events


def test_one_event_in_much_the_same_words_on_two_days_is_told_once() -> None:
    raid = news("Gunmen kill nine soldiers in raid on Quarrin barracks", days=3)
    again = news("Quarrin barracks raid by gunmen kills nine, sparks protest", 1, "Post")
    found = told(raid, again)
    assert len({raid.title, again.title} & set(found)) == 1
    other = news("Gunmen kill eight policemen in ambush near Tervane bridge", 1, "Post")
    assert {raid.title, other.title} <= set(told(raid, other))
