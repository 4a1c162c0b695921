"""Text for terminals, kept whole in golden files and held to its width and to plain characters.

BRIEFBOT_WRITE_GOLDEN=1 writes the files again.
"""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Briefing, BulletStatus, Coverage, Line, Reply, Span, Style
from bot.render.text import WIDTH, briefing_text, reply_text
from tests.support import paths
from tests.support.builders import NOW, a_briefing, a_bullet, a_citation, a_section, ago, an_article

GOLDEN = paths.GOLDEN / "text"
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202eevil\u202c \x9b2J\r\n\t<b> /why \ud800 \u200b end"


def a_full_briefing() -> Briefing:
    report = an_article(
        "Storm cuts power",
        "The storm cut power to 40,000 homes on the coast early on Monday, and the grid operator "
        "does not expect all of them back before Wednesday. More follows.",
        source="Coast Herald",
    )
    second = an_article("Coast without power", "Homes on the coast lost power.", source="BBC")
    storm = a_bullet(
        "A storm left 40,000 homes on the coast without power on Monday; the grid operator does "
        "not expect all of them to be connected again before Wednesday.",
        citations=[a_citation(report), a_citation(second)],
        sources_count=5,
        status=BulletStatus.UPDATED,
        change="40,000 homes, before 25,000",
    )
    oil = a_bullet(
        "Oil rose 2% to $71 a barrel.",
        citations=[a_citation(an_article("Oil", "Oil rose 2% to $71 a barrel.", url=None))],
        published_at=ago(hours=20),
    )
    ships = a_bullet("Two ships wait.", citations=[], status=BulletStatus.ONGOING)
    return a_briefing(
        a_section("energy", storm, oil),
        a_section("security", ships),
        a_section("floods"),
        timezone="Asia/Karachi",
        coverage=Coverage(412, 9, 14, ("Coast Herald", "Port News"), NOW - timedelta(hours=1)),
    )


def briefing() -> str:
    return briefing_text(a_full_briefing(), "Daily digest · Monday 23 November 2026")


def briefing_without_quotes() -> str:
    return briefing_text(a_full_briefing(), quotes=False)


def briefing_in_colour() -> str:
    page = "https://news.example.org/d/Xr0pB4m2Jd8-QzK_v1LwTg"
    return briefing_text(a_full_briefing(), colour=True, hint=True, page=page)


def nothing() -> str:
    empty = a_briefing(a_section("security"), coverage=Coverage(0, 0, 0, (), None))
    return briefing_text(empty, hint=True)


def many() -> str:
    bullets = [a_bullet(f"Bullet {n}: " + "no power on the coast " * 8) for n in range(1, 12)]
    return briefing_text(a_briefing(a_section("energy", *bullets)))


def wide() -> str:
    return briefing_text(a_briefing(a_section("energy", a_bullet("沿岸の停電が続く。" * 20))))


def hostile() -> str:
    article = an_article(HOSTILE, f"{HOSTILE}. Text.", source=HOSTILE)
    bullet = a_bullet(HOSTILE, citations=[a_citation(article)], change=HOSTILE)
    harmful = a_bullet(HOSTILE, citations=[a_citation(an_article(url="javascript:alert(1)"))])
    return briefing_text(a_briefing(a_section(HOSTILE, bullet, harmful)), HOSTILE)


def reply() -> str:
    lines = (
        Line((Span("daily at 07:30 in "), Span("Asia/Karachi", Style.BOLD)), item=True),
        Line((Span("from "), Span("Coast Herald", url="https://coast.example/a"))),
        Line((Span("a bad link", url="javascript:alert(1)"),), item=True),
        Line((Span("far too many words for one line of a terminal " * 4),), item=True),
        Line(()),
        Line((Span("/unsubscribe energy", Style.CODE), Span(" ends it", Style.ITALIC))),
    )
    return reply_text(Reply("Subscribed to Energy", lines, note=(Line((Span("A note."),)),)))


def reply_with_briefing() -> str:
    before = (Line((Span("Here it is."),)),)
    return reply_text(Reply("Briefing", before, a_briefing(), note=(Line((Span("A note."),)),)))


CASES = {
    each.__name__: each
    for each in (
        briefing,
        briefing_without_quotes,
        briefing_in_colour,
        nothing,
        many,
        wide,
        hostile,
        reply,
        reply_with_briefing,
    )
}


@pytest.mark.parametrize("name", CASES)
def test_it_shows_what_the_golden_file_shows(name: str) -> None:
    shown = CASES[name]() + "\n"
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("BRIEFBOT_WRITE_GOLDEN") == "1":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@settings(deadline=None)
@given(st.text(), st.text(min_size=1))
def test_no_text_of_others_reaches_the_terminal_as_a_control_character(
    text: str, title: str
) -> None:
    article = an_article(title, f"{title}. {text}", source=text)
    bullet = a_bullet(text, citations=[a_citation(article, title)], change=title)
    shown = briefing_text(a_briefing(a_section(title, bullet)), text)
    shown += reply_text(Reply(title, (Line((Span(text, url=text),)),)))
    kinds = {unicodedata.category(char) for char in shown if char not in "\n\u200c\u200d"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}


@settings(deadline=None)
@given(st.lists(st.text(alphabet="aé電 ", max_size=140), max_size=4))
def test_no_line_is_wider_than_the_terminal(texts: list[str]) -> None:
    shown = reply_text(Reply("", tuple(Line((Span(text),), item=True) for text in texts)))
    for line in shown.splitlines():
        assert sum(2 if char == "電" else 1 for char in line) <= WIDTH


def test_colours_are_all_that_colour_adds() -> None:
    painted = briefing_text(a_full_briefing(), colour=True)
    assert re.sub(r"\x1b\[\d+m", "", painted) == briefing_text(a_full_briefing())


def test_a_quote_that_only_adds_a_dateline_is_not_shown() -> None:
    article = an_article("Cuts", "PORT SENNA — Power cuts begin on Monday. More follows.")
    proof = a_citation(article, "PORT SENNA — Power cuts begin on Monday.")
    bullet = a_bullet("Power cuts begin on Monday.", citations=[proof])
    assert "PORT SENNA" not in briefing_text(a_briefing(a_section("energy", bullet)))


def test_a_reply_without_words_is_empty() -> None:
    assert reply_text(Reply()) == ""
