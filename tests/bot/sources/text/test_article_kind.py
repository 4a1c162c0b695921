"""The marks of press releases and of what is paid for, and what only looks like them."""

from __future__ import annotations

from importlib.resources import files as resource

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
        ("AD FEATURE: cables for all", ""),
        ("Sponsor message: cables for all", ""),
        ("Cables for all", "Sponsor Message"),
    ],
)
def test_fault_59_marks_of_adverts_are_read_in_any_form(title: str, category: str) -> None:
    assert kind_of(title, TEXT, PLACE, [category]) is ArticleKind.ADVERT


@pytest.mark.parametrize(
    ("url", "category", "start"),
    [
        ("https://www.justice.gov/opa/volta", "", "FOR IMMEDIATE RELEASE\n\n"),
        ("https://www.sec.gov/volta", "Press Release", "For Immediate Release "),
        ("https://www.bundesbank.de/x", "Pressemitteilung", ""),
        ("https://www.bmi.bund.de/x", "Pressemitteilungen", ""),
        ("https://www.admin.ch/x", "Medienmitteilung", ""),
        ("https://www.snb.ch/x", "", "LUND--(BUSINESS WIRE)-- "),
        ("https://www.canada.ca/prnewswire/x", "news releases", ""),
        ("https://www.bankofengland.co.uk/x", "News release", ""),
        ("https://www.norges-bank.no/x", "Business Wire", ""),
    ],
)
def test_no_mark_makes_a_press_release_of_what_a_state_says(
    url: str, category: str, start: str
) -> None:
    assert kind_of("Rates stay", f"{start}{TEXT}", url, [category]) is ArticleKind.NEWS
    other = "https://river.example/prnewswire/x"
    assert kind_of("Rates stay", f"{start}{TEXT}", other) is ArticleKind.PRESS_RELEASE


def test_a_site_that_merely_ends_like_a_states_is_no_state() -> None:
    for url in ("https://notgov/x", "https://gov.example.com/x", "https://notsnb.ch/x"):
        assert kind_of("Press release: hall", TEXT, url) is ArticleKind.PRESS_RELEASE


@pytest.mark.parametrize(
    ("title", "category", "text"),
    [
        ("Rams win their way up", "Promotion", ""),
        ("Ad market shrinks", "Media/Promotions", ""),
        ("Harbour firm to buy crane maker", "Deals", ""),
        ("Minister sets tariffs", "Commerce", ""),
        ("Senate hears of the dam", "Washington; presented by Sen. Hale", ""),
        ("Chipmaker stock 40% off its peak as Amazon sells", "", ""),
        ("Amazon shares trade 30% off highs", "", ""),
        ("Sponsored by Iran: militia attacks base", "", ""),
        ("San Juan votes on statehood (PR)", "", ""),
        (
            "Mailers under scrutiny",
            "",
            "The mailer was paid for by Citizens for Progress, it says.",
        ),
        ("Regulator sues", "", "It says that influencers hid affiliate links from followers."),
        ("Court rules", "", "The memo, marked for immediate release, was leaked."),
        ("Families call", "", "For immediate release of the miners, they marched to the gate."),
    ],
)
def test_a_word_with_another_meaning_marks_nothing(title: str, category: str, text: str) -> None:
    assert kind_of(title, f"{text} {TEXT}", PLACE, [category]) is ArticleKind.NEWS


@pytest.mark.parametrize(
    "url", ["https://river.example/deals/x", "https://deals.street.example.com/x"]
)
def test_deals_in_an_address_are_offers_beside_an_offer_alone(url: str) -> None:
    assert kind_of("Harbour firm to buy crane maker", TEXT, url) is ArticleKind.NEWS
    assert kind_of("Kettles now 40% off", TEXT, url) is ArticleKind.DEALS
    assert kind_of("Kettles now 40% off", TEXT, PLACE, ["Deals"]) is ArticleKind.DEALS


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("[PR] Cables for all", "", ArticleKind.ADVERT),
        ("Cables for all [Ad]", "", ArticleKind.ADVERT),
        ("[Sponsored by Volta Kabel] Cables for all", "", ArticleKind.ADVERT),
        ("Cables for all | Presented by Volta Kabel", "", ArticleKind.ADVERT),
        ("Cables for all", "Paid for by Volta Kabel.", ArticleKind.ADVERT),
        ("Cables for all", "This page contains affiliate links.", ArticleKind.DEALS),
        ("Cables 30% off on Prime Day", "", ArticleKind.DEALS),
    ],
)
def test_plain_marks_of_what_is_paid_for_stay(title: str, text: str, kind: ArticleKind) -> None:
    assert kind_of(title, f"{text} {TEXT}", PLACE) is kind


def test_each_phrase_of_a_title_is_found_wherever_it_stands() -> None:
    rows = resource("bot.sources.text").joinpath("article_kinds.txt").read_text("utf-8")
    found = [row.split("\t") for row in rows.splitlines() if "\ttitle\t" in row]
    phrases = [(each, kind) for kind, _, said in found for each in said.split("|")]
    assert len(phrases) > 50
    for phrase, kind in phrases:
        for title in (phrase, f"The dam at Orrin: {phrase}, and more"):
            assert kind_of(title, "", None).value == kind, title
        assert kind_of(f"x{phrase}x", "", None).value != kind or not phrase.isascii()
