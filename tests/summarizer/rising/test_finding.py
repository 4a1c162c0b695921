"""Stories, countries and names that rise, each with its counts and an article that proves it."""

from __future__ import annotations

from bot.models import Article, Report, Riser, RiserKind
from summarizer.rising.finding import coverage
from summarizer.rising.naming import candidates, having, named_in
from tests.support.builders import ago, an_article
from tests.support.weeks import closed_canal, quiet_month


def reports(articles: list[Article]) -> list[Report]:
    return [
        Report(e.id, e.title, e.text[:200], e.source, e.url, e.published_at, e.story_id)
        for e in articles
    ]


def rising(now: list[Article], before: list[Article]) -> tuple[Riser, ...]:
    return coverage(reports(now), reports(before), places=5, risers=5)[1]


def test_one_event_is_told_once_with_its_newest_article() -> None:
    found = rising(closed_canal(), quiet_month())
    assert [(each.kind, each.now, each.before, each.sources) for each in found] == [
        (RiserKind.STORY, 9, 0, 3)
    ]
    assert found[0].key == "canal"
    assert found[0].proof.url == "https://news.example/canal/0"


def test_a_name_of_several_stories_rises_by_itself() -> None:
    apart = [
        an_article(
            f"Prices at hub {n} fall",
            f"Traders blame Orsted Vind for the fall at hub {n}.",
            source=f"Outlet {n % 3}",
            published_at=ago(hours=n + 1),
            story_id=f"s{n}",
        )
        for n in range(8)
    ]
    found = rising(apart, quiet_month())
    assert [(each.kind, each.title, each.now) for each in found] == [
        (RiserKind.NAME, "Orsted Vind", 8)
    ]


def test_one_outlet_alone_makes_nothing_rise() -> None:
    alone = [
        an_article(f"Canal news {n}", source="Herald", published_at=ago(hours=n), story_id="canal")
        for n in range(9)
    ]
    assert rising(alone, quiet_month()) == ()


def test_the_usual_rises_not() -> None:
    month = quiet_month()
    assert rising(month[:14], month[14:]) == ()


def test_countries_are_counted_by_article() -> None:
    every = reports([*closed_canal(), *quiet_month()])
    found, _ = coverage(every, [], places=2, risers=5)
    assert [(each.title, each.articles) for each in found] == [("Norway", 27), ("Egypt", 9)]


def test_names_are_no_countries_days_datelines_and_outlets() -> None:
    text = (
        "KARACHI: On Monday officials of Iran met people from Amberline Gas and OPEC, which said "
        "nothing about prices, the Coast Herald reported at the end of November."
    )
    assert set(named_in(text)) >= {"Amberline Gas", "OPEC"}
    shunned = {"Iran", "Monday", "November", "KARACHI"}
    assert not set(named_in(text)) & shunned
    many = reports([an_article(text, text, source="Coast Herald", url=f"u{n}") for n in range(3)])
    assert "Coast Herald" not in candidates(many, 3, {"Coast Herald"})


def test_a_name_is_found_as_whole_words_only() -> None:
    known = reports([an_article("Opecia opens", "OPEC+ met."), an_article("NOPEC", "Nothing.")])
    assert having(known, ["OPEC"]) == {"OPEC": {0}}
    assert having(known, []) == {}
