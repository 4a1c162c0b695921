"""A briefing as Markdown: links, numbers, and no markup from a source."""

from __future__ import annotations

from dataclasses import replace

from bot.render.markdown import briefing_markdown
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

HOSTILE = "# Storm *cut* `power` [here](javascript:x) <b>to</b> 1. the & coast_line"


def test_it_has_headings_numbered_bullets_and_links() -> None:
    article = an_article("Storm", "A storm cut power. It ended.", url="https://coast.example/a>b")
    bullet = a_bullet("A storm cut power.", citations=[a_citation(article)])
    lines = briefing_markdown(a_briefing(a_section("energy", bullet))).splitlines()
    assert lines[0] == "# Energy"
    assert "## Energy" in lines
    assert "1. A storm cut power.  " in lines
    assert any(
        line.startswith("   [Coast Herald](<https://coast.example/a%3Eb>)") for line in lines
    )


def test_nothing_of_a_source_acts_as_markup() -> None:
    bullet = replace(a_bullet(), text=HOSTILE)
    text = briefing_markdown(a_briefing(a_section("energy", bullet)))
    assert "\\# Storm \\*cut\\* \\`power\\` \\[here\\](javascript:x) \\<b\\>to\\</b\\>" in text
    assert "&amp; coast\\_line" in text


def test_an_empty_section_says_so() -> None:
    assert "## Energy" in briefing_markdown(a_briefing(a_section("energy")))
