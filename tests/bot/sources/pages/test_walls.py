"""Walls in place of articles, told from articles that speak of the same things."""

from __future__ import annotations

import pytest

from bot.errors import RefusedInput
from bot.ingest.teasers import completed
from bot.models import ParsedArticle
from bot.sources.pages.article import parse_page
from bot.sources.pages.walls import is_same_article, wall_of, without_walls
from tests.support.builders import NOW
from tests.support.feed_texts import page

TEASER = ParsedArticle(
    "Dam at Orrin holds through the night",
    "The dam at Orrin held through the night, the river board said on Sunday.",
    url="https://river.example/dam",
)
STORY = (
    "The dam at Orrin held through the night, the river board said on Sunday.\n\n"
    "Engineers had opened two of the six gates after the water rose by four metres in a day. "
    "The villages below were empty: 2,300 people had spent the night in schools.\n\n"
    "A further metre is expected by Tuesday, the weather service said."
)

WALLS = [
    "We use cookies and similar technologies. Manage your preferences or accept all.",
    "Before you continue to River Post",
    "Subscribe to unlock this article",
    "Try unlimited access. Only 1 € for 4 weeks, then 39 € per month. Cancel anytime.",
    "Already a subscriber? Sign in to continue",
    "Verifying you are human. This may take a few seconds.",
    "Please enable JS and disable any ad blocker",
    "Create a free account to keep reading. Forgot password?",
    "Jetzt weiterlesen mit dem Abo. Monatlich kündbar.",
    "Cet article est réservé aux abonnés. Déjà abonné ?",
    "Contenido exclusivo para suscriptores",
    "Чтобы дочитать, оформите подписку",
    "この記事は会員限定です。残り文字数 812",
    "Wir verwenden Cookies. Alle akzeptieren",
    "This page enforces the GDPR, so access cannot be granted at this time.",
]
NO_WALLS = [
    "The regulator fined the company for setting cookies without consent, the third time.",
    "Subscribers to the pension fund will get 4 % more per year, the ministry said.",
    "The messages looked like a security check by the bank; 400 people signed in, police said.",
    "Robots now weld nine of ten pipes, and the human crew watches.",
    "Electricity will cost 12 euros more per month for a household of four, the regulator said.",
]


@pytest.mark.parametrize("paragraph", WALLS)
def test_fault_55_a_wall_is_known_by_its_phrases(paragraph: str) -> None:
    assert wall_of(paragraph)


@pytest.mark.parametrize("paragraph", NO_WALLS)
def test_fault_55_news_about_such_things_is_no_wall(paragraph: str) -> None:
    assert wall_of(paragraph) is None


def test_fault_55_what_stands_beside_a_wall_stays() -> None:
    found = without_walls([*STORY.split("\n\n")[:1], *WALLS[2:4]])
    assert found.paragraphs == (STORY.split("\n\n", maxsplit=1)[0],)
    assert found.wall == "paywall"


@pytest.mark.parametrize("wall", range(len(WALLS)))
def test_fault_55_a_page_that_is_a_wall_is_refused(wall: int) -> None:
    text = "\n\n".join([WALLS[wall]] * 3)
    with pytest.raises(RefusedInput, match=r"in place of an article|no article text"):
        parse_page(page("River Post", text), NOW)


def test_fault_55_a_teaser_keeps_its_text_before_a_wall_or_another_article() -> None:
    other = ParsedArticle("Welcome", "River Post brings you all that happens on the water. " * 9)
    assert completed(TEASER, other, "https://river.example/dam") is None
    begun = ParsedArticle(TEASER.title, STORY.split("\n\n", maxsplit=1)[0])
    assert completed(TEASER, begun, "https://river.example/dam") is None
    whole = completed(TEASER, ParsedArticle("x", STORY), "https://river.example/dam")
    assert whole
    assert whole.text == STORY


@pytest.mark.parametrize(
    "below",
    [
        (
            "Want the whole story? Unlock it with a subscription from 9.99 € a month.\n\n"
            "Monthly 9.99 €, yearly 89 €. No commitment."
        ),
        "This report is for members. 40,000 readers support our independent journalism.",
        "This content is blocked. Allow cookies in your settings and reload the page.",
        "Mit einem Abo lesen Sie alle Artikel, auch unterwegs, und unterstützen die Redaktion.",
        "Материал доступен по подписке. Войдите, чтобы читать дальше.",
    ],
)
def test_fault_55_an_offer_below_the_teaser_is_no_article(below: str) -> None:
    shown = ParsedArticle(TEASER.title, f"{TEASER.text}\n\n{below}{' Read on.' * 20}")
    assert completed(TEASER, shown, "https://river.example/dam") is None


def test_fault_55_a_short_article_about_offers_is_an_article() -> None:
    rest = (
        "Subscribers of the dam's warning service got the alarm at night, the river board said. "
        "A subscription is free in the villages below Orrin, and 2,300 people have one."
    )
    whole = completed(
        TEASER, ParsedArticle("x", f"{TEASER.text}\n\n{rest}"), "https://river.example/dam"
    )
    assert whole
    assert whole.text.endswith("have one.")


@pytest.mark.parametrize(
    ("title", "teaser", "text", "same"),
    [
        (TEASER.title, TEASER.text, STORY, True),
        (TEASER.title, TEASER.title, STORY, True),
        ("", "", STORY, True),
        ("大坝一夜未溃", "奥林大坝整夜保持完好。", "河务局说，奥林大坝整夜完好。", True),
        ("大坝一夜未溃", "奥林大坝整夜保持完好。", "我们使用技术改善您的体验。", False),
        ("Плотина выдержала ночь", "Плотина в Оррине выдержала ночь, сообщили инженеры.",
         "В Оррине плотина ночь выдержала: инженеры открыли ворота.", True),
        (TEASER.title, TEASER.text, "Our partners process data such as identifiers. " * 9, False),
    ],
)  # fmt: skip
def test_fault_55_a_page_is_compared_with_its_teaser(
    title: str, teaser: str, text: str, *, same: bool
) -> None:
    assert is_same_article(title, teaser, text) is same
