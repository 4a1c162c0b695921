"""The invented articles that a new user sees first."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from rapidfuzz import fuzz

from bot.models import ParsedArticle
from bot.sources.dates.parser import read_date
from bot.sources.files.samples import sample_articles
from bot.sources.text.clean import clean_line, clean_text
from bot.sources.text.urls import clean_url
from tests.support.builders import NOW
from tests.support.paths import ROOT

RECORDS = [
    json.loads(line)
    for line in (ROOT / "config/sample/articles.jsonl").read_text(encoding="utf-8").splitlines()
]
ARTICLES = sample_articles(NOW)


class Label(NamedTuple):
    event: str
    topics: frozenset[str]


LABELS = {
    url: Label(label["event"], frozenset(label["topics"]))
    for url, label in json.loads(
        Path(__file__).with_name("sample_events.json").read_text(encoding="utf-8")
    ).items()
}


def label(article: ParsedArticle) -> Label:
    assert article.url is not None
    return LABELS[article.url]


def by_event() -> dict[str, list[ParsedArticle]]:
    events: dict[str, list[ParsedArticle]] = defaultdict(list)
    for article in ARTICLES:
        events[label(article).event].append(article)
    return events


def test_every_article_is_marked_as_invented_and_leads_nowhere() -> None:
    assert all(record["invented"] is True for record in RECORDS)
    assert all((urlsplit(each.url or "").hostname or "").endswith(".example") for each in ARTICLES)


def test_every_article_is_complete_and_already_plain() -> None:
    for each in ARTICLES:
        assert each.text == clean_text(each.text)
        assert each.title == clean_line(each.title, 300)
        assert each.url == clean_url(each.url)
        assert each.source
        assert each.author
        assert 60 <= len(each.text.split()) <= 220


def test_articles_are_dated_within_ten_days_before_now() -> None:
    assert all(0.5 <= record["hours_ago"] <= 240 for record in RECORDS)
    dates = [each.published_at for each in ARTICLES if each.published_at]
    assert dates == sorted(dates)
    assert NOW - timedelta(days=10) <= dates[0]
    assert dates[-1] < NOW
    stated = read_date(dates[0].isoformat(), NOW)
    assert stated is not None
    assert stated.at == dates[0]


def test_there_are_enough_articles_outlets_and_kinds() -> None:
    assert len(ARTICLES) >= 100
    assert len({each.url for each in ARTICLES}) == len(ARTICLES) == len(LABELS)
    assert len({each.source for each in ARTICLES}) >= 8
    kinds = [label(each).topics for each in ARTICLES]
    assert sum("security" in kind for kind in kinds) >= 40
    assert sum("energy" in kind for kind in kinds) >= 35
    assert sum(len(kind) == 2 for kind in kinds) >= 5
    assert sum(not kind for kind in kinds) >= 30


@pytest.mark.parametrize("topic", ["security", "energy"])
def test_the_last_day_has_at_least_five_stories_of_each_topic(topic: str) -> None:
    day = [
        each
        for each in ARTICLES
        if each.published_at and each.published_at > NOW - timedelta(days=1)
    ]
    assert len({label(each).event for each in day if topic in label(each).topics}) >= 5


def test_many_events_are_told_by_several_outlets() -> None:
    told = [{each.source for each in articles} for articles in by_event().values()]
    assert sum(len(outlets) >= 2 for outlets in told) >= 30
    assert sum(len(outlets) >= 3 for outlets in told) >= 12


@pytest.mark.parametrize(
    "trap", ["social security", "securities regulator", "energy drink", "high-energy"]
)
def test_traps_are_on_no_topic(trap: str) -> None:
    caught = [each for each in ARTICLES if trap in f"{each.title} {each.text}".lower()]
    assert caught
    assert all(not label(each).topics for each in caught)


def test_five_attacks_on_one_day_are_five_stories() -> None:
    towns = ("Kolvitz", "Dunmarrow", "Pellin", "Quarrin", "Tolby")
    attacks = {
        label(each).event: each.published_at
        for each in reversed(ARTICLES)
        for town in towns
        if town.lower() == label(each).event.split("-")[0] and "security" in label(each).topics
    }
    dates = [date for date in attacks.values() if date]
    assert len(attacks) == 5
    assert max(dates) - min(dates) < timedelta(hours=24)


def test_one_article_is_a_syndicated_copy_and_one_a_correction() -> None:
    texts = [each.text for each in ARTICLES]
    assert sum(fuzz.ratio(one, other) > 95 for one, other in combinations(texts, 2)) == 1
    assert any(each.title.startswith("Correction:") for each in ARTICLES)


def test_figures_rise_over_days() -> None:
    titles = [each.title for each in by_event()["brannock-market-bombing"]]
    assert [number for title in titles for number in ("24", "29", "31") if number in title] == [
        "24", "24", "29", "31", "31",
    ]  # fmt: skip
