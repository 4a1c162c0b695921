"""Filters: which articles are about a country or a word."""

from __future__ import annotations

import pytest

from bot.models import FilterTerm, NewsFilter
from summarizer.filters import sieve_of
from summarizer.places.gazetteer import countries_by_name, names_of, title_of
from tests.support.builders import a_story, an_article

LONG = "The ministry said that the work goes on as it was planned in spring. " * 12


def about(code: str, *more: FilterTerm) -> NewsFilter:
    return NewsFilter((FilterTerm(title_of(code), code), *more))


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("IR", "Iranian oil exports rise to a record"),
        ("IR", "Tehran closes two refineries"),
        ("GB", "UK plans a gas storage site"),
        ("GB", "British grid operator warns of shortages"),
        ("US", "U.S. sanctions a shipping company"),
        ("US", "US sanctions a shipping company"),
        ("US", "American forces strike a depot"),
        ("RU", "Moscow says that it shot down nine drones"),
        ("TR", "Türkiye buys more gas"),
        ("CD", "Fighting in eastern Congo spreads"),
        ("PK", "پاکستان میں گیس کی قیمت بڑھ گئی"),
        ("UA", "Украина восстановила две подстанции"),
        ("DE", "Deutschland kauft mehr Gas"),
        ("KP", "North Korea fires two missiles"),
        ("KR", "Korean shipyards win a gas tanker order"),
        ("CI", "Ivory Coast opens a gas field"),
    ],
)
def test_an_article_is_about_a_country_by_any_of_its_names(code: str, title: str) -> None:
    assert sieve_of(about(code)).passes(an_article(title, LONG))


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("MX", "New Mexico drills fewer wells"),
        ("JE", "New Jersey plans a wind farm"),
        ("IN", "Cyclone forms over the Indian Ocean"),
        ("KR", "North Korea fires two missiles"),
        ("SD", "South Sudan restarts its oil pipeline"),
        ("US", "Let us see what the ministry says"),
        ("US", "South American grids are linked"),
        ("NE", "Nigeria repairs its grid"),
        ("PL", "Storm breaks 400 power poles"),
        ("GN", "Papua New Guinea exports more gas"),
        ("OM", "Tanker hit in the Gulf of Oman"),
        ("IE", "Northern Ireland links its grid"),
        ("KR", "The core of the dispute is the border"),
        ("GD", "A grenade wounds two at a market"),
        ("IS", "Soldiers land on the island"),
    ],
)
def test_another_name_that_holds_a_countrys_is_not_that_country(code: str, title: str) -> None:
    assert not sieve_of(about(code)).passes(an_article(title, LONG))


def test_one_mention_late_in_a_long_article_is_not_what_it_is_about() -> None:
    passing = an_article("Gas prices fall", f"{LONG} {LONG} Iran was not mentioned.")
    assert not sieve_of(about("IR")).passes(passing)


def test_words_count_in_every_inflection_and_with_the_country() -> None:
    both = sieve_of(about("IR", FilterTerm("tanker")))
    assert both.passes(an_article("Iran seizes two tankers", LONG))
    assert not both.passes(an_article("Iran builds a dam", LONG))
    assert not both.passes(an_article("Two tankers collide off Norway", LONG))


def test_articles_that_mention_the_unwanted_are_left_out_of_their_story() -> None:
    nuclear = an_article("Iran restarts a reactor", "Iran restarted a reactor on Monday.")
    oil = an_article("Iran sells more", "Iran sold more crude oil on Monday.")
    given = NewsFilter(about("IR").wanted, (FilterTerm("oil"),))
    assert sieve_of(given).kept([a_story(oil)]) == ()
    [kept] = sieve_of(given).kept([a_story(nuclear, oil)])
    assert kept.articles == (nuclear,)


def test_every_country_has_names_and_every_name_a_country() -> None:
    codes = {code for codes in countries_by_name().values() for code in codes}
    assert len(codes) >= 249
    assert all(names_of(code) and title_of(code) for code in codes)
    assert countries_by_name()["iranian"] == ("IR",)
    assert countries_by_name()["uk"] == ("GB",)
    assert "us" not in countries_by_name()
