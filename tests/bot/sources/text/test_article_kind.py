"""The marks of press releases and of what is paid for, and what only looks like them."""

from __future__ import annotations

import pytest

from bot.models import ArticleKind
from bot.sources.text.article_kind import kind_of

TEXT = "Volta Kabel opens a second hall in Lund, and 40 people find work there, the town says."
PLACE = "https://river.example/news/volta"

RELEASE_TITLES = [
    "PRESS RELEASE: Volta Kabel opens a hall",
    "[Press Release] Volta Kabel opens a hall",
    "Volta Kabel opens a hall (press release)",
    "Volta Kabel opens a hall | Press Release",
    "Press release from Volta Kabel: a new hall",
    "Pressemitteilung: Volta Kabel baut aus",
    "Medienmitteilung – Volta Kabel baut aus",
    "Communiqué de presse : Volta Kabel s'agrandit",
    "Nota de prensa: Volta Kabel crece",
    "Comunicato stampa: Volta Kabel cresce",
    "Persbericht: Volta Kabel groeit",
    "Pressmeddelande: Volta Kabel växer",
    "Пресс-релиз: Volta Kabel растёт",
    "プレスリリース：Volta Kabel",
    "EQS-News: Volta Kabel AG: ein gutes Jahr",
]


@pytest.mark.parametrize("title", RELEASE_TITLES)
def test_fault_59_a_title_says_that_it_is_a_press_release(title: str) -> None:
    assert kind_of(title, TEXT, PLACE) is ArticleKind.PRESS_RELEASE


@pytest.mark.parametrize(
    "credit",
    ["GLOBE NEWSWIRE", "Business Wire", "By PR Newswire", "Volta via ACCESSWIRE", "Newsfile Corp.",
     "Press Releases", "Pressemitteilungen", "News/Press Release", "Communiqués de presse"],
)  # fmt: skip
def test_fault_59_an_author_outlet_or_category_is_one_of_press_releases(credit: str) -> None:
    assert kind_of("Volta Kabel grows", TEXT, PLACE, [credit]) is ArticleKind.PRESS_RELEASE


@pytest.mark.parametrize(
    "start",
    ["LUND, Nov. 22, 2026 (GLOBE NEWSWIRE) --", "LUND--(BUSINESS WIRE)--", "LUND /PRNewswire/ --",
     "LUND, SE / ACCESSWIRE / November 22, 2026 /", "(Newsfile Corp. - November 22, 2026)",
     "For immediate release."],
)  # fmt: skip
def test_fault_59_a_dateline_names_the_paid_wire(start: str) -> None:
    assert kind_of("Volta Kabel grows", f"{start} {TEXT}", PLACE) is ArticleKind.PRESS_RELEASE


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.globenewswire.com/en/volta.html", ArticleKind.PRESS_RELEASE),
        ("https://fr.prnewswire.com/volta.html", ArticleKind.PRESS_RELEASE),
        ("https://river.example/prnewswire/volta", ArticleKind.PRESS_RELEASE),
        ("https://sponsored.river.example/volta", ArticleKind.ADVERT),
        ("https://river.example/sponsored_content/volta", ArticleKind.ADVERT),
        ("https://notprnewswire.com/volta", ArticleKind.NEWS),
        ("https://deals.example/volta", ArticleKind.NEWS),
    ],
)
def test_fault_59_an_address_says_what_it_leads_to(url: str, kind: ArticleKind) -> None:
    assert kind_of("Volta Kabel grows", TEXT, url) is kind


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("Minister: press release was wrong, court says", ""),
        ("Army's press release contradicts witnesses", ""),
        ("Business Wire is sold to a rival", ""),
        ("Volta Kabel grows", "The firm said so in a press release on Friday."),
        ("Volta Kabel grows", "In a statement carried by Business Wire, the firm denied it."),
        ("Volta Kabel grows", "The firm pays PR Newswire and GlobeNewswire for its notices."),
    ],
)
def test_news_about_press_releases_is_news(title: str, start: str) -> None:
    assert kind_of(title, f"{start} {TEXT}", PLACE, ["Press freedom"]) is ArticleKind.NEWS


@pytest.mark.parametrize(
    "url",
    ["https://www.energy.gov/news", "https://mod.gov.uk/x", "https://www.nato.int/x", "https://x.gouv.fr/",
     "https://ec.europa.eu/x"],
)  # fmt: skip
def test_what_a_state_releases_is_news(url: str) -> None:
    assert kind_of("Press release: grid closed", TEXT, url, ["Press Releases"]) is ArticleKind.NEWS
    assert kind_of("Sponsored: grid", TEXT, url) is ArticleKind.ADVERT


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("*Sponsored* Cables for all", ""),
        ("- Anzeige - Kabel für alle", ""),
        ("Paid Partnership: cables for all", ""),
        ("From our partners: cables for all", ""),
        ("Cables for all", "sponsored-post"),
        ("Cables for all", "Sponsored_Content"),
        ("Cables for all", "News/Sponsored"),
        ("Cables for all", "Sponsored by Volta Kabel"),
        ("Cables for all", "#ad"),
    ],
)
def test_fault_59_marks_of_adverts_are_read_in_any_form(title: str, category: str) -> None:
    assert kind_of(title, TEXT, PLACE, [category]) is ArticleKind.ADVERT
