"""What a headline is taken for, and the signs that are named for it."""

from __future__ import annotations

from summarizer.newsworthiness.articles import read_article
from summarizer.newsworthiness.headlines import main_clause
from summarizer.newsworthiness.reasons import explain
from tests.support.builders import an_article


def test_a_firm_that_is_named_like_an_act_attacks_nobody() -> None:
    firm = an_article(
        "Shell drills exploration well in Mediterranean",
        "The well was drilled by the oil major Shell, which reported gas.",
    )
    guns = an_article("Troops shell border town", "Troops began to shell a border town.")
    reasons = explain([firm, guns], "security")
    assert reasons[firm.id].score.on_topic < 0.3
    assert reasons[guns.id].score.on_topic > 0.7


def test_without_articles_there_are_no_reasons() -> None:
    assert explain([], "security") == {}


def test_to_strike_oil_is_no_strike() -> None:
    assert main_clause("Petrona strikes oil off Ildria", "energy").kind == "routine"
    assert main_clause("Drones strike oil depot in Ildria", "energy").kind == "hard"


def test_what_the_weather_kills_is_no_security_news() -> None:
    flood = an_article("Flash floods kill nine in Vesk valley")
    raid = an_article("Gunmen kill nine in Vesk valley")
    reasons = explain([flood, raid], "security")
    assert reasons[flood.id].score.worth < 0.1 < reasons[raid.id].score.worth


def test_the_text_of_another_page_is_not_read() -> None:
    page = "Jets bombed a weapons store in the desert on Saturday evening, the ministry said. " * 5
    article = an_article("No call yet about stalled trade accord", page)
    assert read_article(article).body == ()


def test_reasons_name_the_parts_and_their_signs() -> None:
    raid = an_article("Gunmen kill nine soldiers in Vesk valley")
    lines = list(explain([raid], "security")[raid.id].lines())
    assert [line.split(" 0.")[0] for line in lines] == ["worth", "on topic", "news", "importance"]
    assert "title strong +" in lines[1]
