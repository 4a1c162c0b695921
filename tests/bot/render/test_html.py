"""The web page of a briefing: whole, without script, and safe against what articles hold."""

from __future__ import annotations

from html.parser import HTMLParser

from bot.models import BulletStatus
from bot.render.html import briefing_html
from tests.support.builders import a_briefing, a_bullet, a_citation, a_section, an_article

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


class Tags(HTMLParser):
    """Notes each tag with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_it_numbers_bullets_through_its_sections_and_folds_the_proof_under_them() -> None:
    energy = a_section("energy", a_bullet("Oil rose."), a_bullet("Gas fell."))
    security = a_section("security", a_bullet("A truce held."))
    page = briefing_html(a_briefing(energy, security))
    starts = [attributes.get("start") for tag, attributes in Tags(page).seen if tag == "ol"]
    assert starts == ["1", "3"]
    assert page.count("<details>") == 3
    assert "<h1>Energy and Security</h1>" in page


def test_an_empty_section_is_told() -> None:
    assert "Nothing new on Energy" in briefing_html(a_briefing(a_section("energy")))


def test_status_and_change_are_shown() -> None:
    bullet = a_bullet("The toll rose.", status=BulletStatus.UPDATED, change="31 killed, not 24")
    assert "Updated: 31 killed, not 24." in briefing_html(a_briefing(a_section("energy", bullet)))


def test_fault_39_markup_in_articles_stays_text() -> None:
    article = an_article(HOSTILE, f"{HOSTILE} was said.", source=HOSTILE)
    bullet = a_bullet(HOSTILE, citations=[a_citation(article, f"{HOSTILE} was said.")])
    tags = {tag for tag, _ in Tags(briefing_html(a_briefing(a_section("energy", bullet)))).seen}
    assert tags.isdisjoint({"script", "img"})


def test_fault_40_only_web_addresses_are_linked() -> None:
    article = an_article("Title", "Some text.", url="javascript:alert(1)")
    bullet = a_bullet("Some text.", citations=[a_citation(article, "Some text.")])
    page = briefing_html(a_briefing(a_section("energy", bullet)))
    assert "javascript" not in page
    assert not [tag for tag, _ in Tags(page).seen if tag == "a"]
