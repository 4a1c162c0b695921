"""The words that every renderer shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.languages import speaking
from bot.models import BulletStatus, Coverage, Engine, ModelCall, Window
from bot.render import wording as words
from bot.render.bullets import Outlet
from bot.render.times import moment, span
from tests.support.builders import (
    NOW,
    a_briefing,
    a_bullet,
    a_citation,
    a_section,
    ago,
    an_article,
)


def test_it_numbers_bullets_through_all_sections() -> None:
    briefing = a_briefing(
        a_section("energy", a_bullet("a"), a_bullet("b")),
        a_section("cyber"),
        a_section("security", a_bullet("c")),
    )
    parts = list(words.parts(briefing))
    assert [[bullet.number for bullet in part.bullets] for part in parts] == [[1, 2], [], [3]]
    assert [bullet.text for bullet in briefing.bullets] == ["a", "b", "c"]
    assert [part.icon for part in parts] == ["⚡", "📰", "🛡️"]


def test_it_names_each_outlet_once_and_counts_the_others() -> None:
    citations = [
        a_citation(an_article("One", source="Harbour Wire", url="javascript:x")),
        a_citation(an_article("Two", source="Harbour Wire", url="https://harbour.example/2")),
        a_citation(an_article("Three", source="Border\u202e Post", url=None)),
        a_citation(an_article("Four", source="Coast Herald")),
    ]
    bullet = a_bullet(citations=citations, sources_count=5)
    numbered = next(words.parts(a_briefing(a_section("energy", bullet)))).bullets[0]
    assert numbered.outlets == (
        Outlet("Harbour Wire", "https://harbour.example/2"),
        Outlet("Border Post", None),
    )
    assert (numbered.more, numbered.about) == (3, "+3 · 5 outlets · published 10:00")


@pytest.mark.parametrize(
    ("status", "change", "mark"),
    [
        (BulletStatus.NEW, None, ""),
        (BulletStatus.ONGOING, None, "Ongoing"),
        (BulletStatus.UPDATED, None, "Updated"),
        (BulletStatus.UPDATED, " death toll rises to 31 ", "Updated: death toll rises to 31"),
    ],
)
def test_it_marks_what_is_not_new(status: BulletStatus, change: str | None, mark: str) -> None:
    bullet = a_bullet(status=status, change=change)
    assert next(words.parts(a_briefing(a_section("energy", bullet)))).bullets[0].mark == mark


@pytest.mark.parametrize(
    ("instant", "zone", "shown"),
    [
        (NOW - timedelta(hours=2), "UTC", "10:00"),
        (NOW - timedelta(hours=2), "Asia/Karachi", "15:00"),
        (NOW - timedelta(hours=13), "UTC", "22 Nov, 23:00"),
        (NOW - timedelta(hours=13), "Asia/Karachi", "04:00"),
        (NOW - timedelta(days=365), "UTC", "23 Nov 2025, 12:00"),
    ],
)
def test_it_tells_times_in_the_briefings_zone(instant: datetime, zone: str, shown: str) -> None:
    assert moment(instant, a_briefing(timezone=zone)) == shown


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (1, "the last hour"),
        (5, "the last 5 hours"),
        (24, "the last 24 hours"),
        (168, "the last 7 days"),
    ],
)
def test_it_names_a_window_that_ends_now(hours: int, shown: str) -> None:
    window = Window(NOW - timedelta(hours=hours), NOW)
    assert span(a_briefing(window=window)) == shown


def test_it_dates_a_window_that_ended_earlier() -> None:
    window = Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 8, tzinfo=UTC))
    briefing = a_briefing(a_section("energy"), window=window)
    assert span(briefing) == "1 Nov, 00:00 to 7 Nov, 23:59"
    empty = next(words.parts(briefing)).empty
    assert empty == "Nothing new on Energy from 1 Nov, 00:00 to 7 Nov, 23:59."


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Your digest", "Your digest"),
        ("", "Energy and Security"),
        (" \u200b", "Energy and Security"),
    ],
)
def test_it_heads_a_briefing_with_its_topics_where_no_heading_is_given(
    given: str, shown: str
) -> None:
    assert words.heading(a_briefing(a_section("energy"), a_section("security")), given) == shown


@pytest.mark.parametrize(
    ("failing", "tail"),
    [
        ((), ""),
        (("A",), "; not reached: A"),
        (("A", "B", "C", "D", "E"), "; not reached: A, B, C and 2 more"),
    ],
)
def test_it_tells_what_a_briefing_was_made_from(failing: tuple[str, ...], tail: str) -> None:
    coverage = Coverage(1412, 9, 1, failing, ago(hours=1))
    said = words.coverage(a_briefing(coverage=coverage))
    assert said == f"Read: 1,412 articles from 1 source; used: 9{tail}"


@pytest.mark.parametrize(
    ("articles", "sources", "told"),
    [
        (3, 3, "قُرئت 3 مقالات من 3 مصادر، واستُخدم منها 3"),
        (1, 1, "قُرئ مقال واحد من مصدر واحد، واستُخدم منها 1"),
        (12, 2, "قُرئ 12 مقالًا من مصدرين، واستُخدم منها 9"),
    ],
)
def test_arabic_counts_what_was_read_in_a_sentence(articles: int, sources: int, told: str) -> None:
    used = min(articles, 9)
    with speaking("ar"):
        said = words.coverage(
            a_briefing(coverage=Coverage(articles, used, sources, (), ago(hours=1)))
        )
    assert said == told


@pytest.mark.parametrize(("count", "told"), [(2, "1 and 2: the"), (3, "1 to 3: the")])
def test_it_names_the_first_and_the_last_proof(count: int, told: str) -> None:
    said = words.proofs(count).format(first=1, last=count)
    assert said.startswith(told)


def test_it_says_so_where_no_article_came_in() -> None:
    coverage = Coverage(0, 0, 0, (), None)
    said = words.coverage(a_briefing(a_section("energy"), coverage=coverage))
    assert said == "No articles in the last 24 hours"


MODEL = Engine("openai", "1", "gpt-9", "bullets-1")
CALL = ModelCall("s", "gpt-9", "bullets-1", "{}", "")


@pytest.mark.parametrize(
    ("engines", "engine", "told"),
    [
        (
            ["extractive", "extractive"],
            None,
            "written by the local engine: the language model gave",
        ),
        (["openai", "openai"], MODEL, "written by gpt-9"),
        (["openai"], replace(MODEL, language="ur"), "gpt-9; of a translation only figures, names"),
        (
            ["openai", "extractive", "extractive"],
            MODEL,
            "written by gpt-9; bullets 2 and 3 by the local e",
        ),
    ],
)
def test_it_tells_who_worded_what(engines: list[str], engine: Engine | None, told: str) -> None:
    bullets = [replace(a_bullet(str(at)), engine=each) for at, each in enumerate(engines)]
    made = replace(a_briefing(a_section("energy", *bullets)), calls=(CALL,))
    said = words.coverage(replace(made, engine=engine or made.engine))
    assert told in said
    assert said.startswith("Read: ")


def test_where_no_model_was_asked_it_tells_of_none() -> None:
    assert "worded" not in words.coverage(a_briefing(a_section("energy", a_bullet("a"))))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.1, "Ongoing, told today"),
        (0.6, "Ongoing, told yesterday"),
        (1, "Ongoing, told yesterday"),
        (3, "Ongoing, told on Friday"),
        (6, "Ongoing, told on Tuesday"),
        (7, "Ongoing, told on 16 Nov"),
        (400, "Ongoing, told on 19 Oct 2025"),
    ],
)
def test_a_status_says_when_a_digest_told_the_story(days: float, said: str) -> None:
    bullet = replace(a_bullet(status=BulletStatus.ONGOING), told_at=ago(days=days))
    (part,) = words.parts(a_briefing(a_section("energy", bullet)))
    assert part.bullets[0].mark == said
