"""Which articles are one: what Google News issues again, and items whose guids are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from bot.ingest.article_batches import ArticleBatches
from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker.messages import Counts
from bot.models import Article, DatePrecision, ParsedArticle, Stored, Window
from bot.store import Store
from tests.fakes.web import answer, redirect
from tests.support.builders import NOW, ago
from tests.support.feed_texts import LONG, item, page, rss
from tests.support.scorer import built_in_scorer
from tests.support.source_room import Room

ALWAYS = Window(ago(days=4_000), ago(days=-2))
ALERT = "Air raid alert in Kyiv"
GOOGLE = "https://news.google.com/rss/articles/"
FIRST, SECOND = "CBMi2AFBVV95cUxNQVQ0", "CBMi9ZZZVV95cUxNXXX7"
TEASER = "The regulator has fined the operator."
BEHIND_A_PROXY = pytest.mark.parametrize("room", ["http"], indirect=True)
"""Every name leads to the fake web."""


@pytest.fixture
def intake(store: Store) -> IngestPipeline:
    return IngestPipeline(store, built_in_scorer())


def an_alert(url: str, at: datetime, **changes: object) -> ParsedArticle:
    alert = ParsedArticle(ALERT, "Take shelter.", url=url, guid=url, published_at=at)
    return replace(alert, **changes)  # type: ignore[arg-type]


def issued(token: str, at: datetime = NOW, **changes: object) -> ParsedArticle:
    return an_alert(f"{GOOGLE}{token}?oc=5", at, **changes)


async def ingest(intake: IngestPipeline, *parsed: ParsedArticle, articles: int = 50) -> Counts:
    """Store articles as `briefbot ingest` does."""
    batches = ArticleBatches(intake, "Wire", articles=articles)
    await batches.add_all(parsed, NOW)
    return batches.outcomes.counts


async def stored(intake: IngestPipeline) -> Sequence[Article]:
    return sorted(await intake.store.articles.in_window(ALWAYS), key=lambda each: each.id)


@pytest.mark.parametrize("articles", [1, 50])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://x.com/alerts/status/1995101234567890123", "1995301234567890123"),
        ("https://mastodon.example/@alerts/114101234567890123", "114301234567890123"),
        ("https://www.bbc.com/news/articles/c4gx8v7k2y3o", "c8jq2n5w0z1t"),
        (
            "https://www.ft.com/content/0b5d1f8c-3a52-4e0e-9f5b-6a1d2c3e4f50",
            "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        ),
        ("https://apnews.com/article/0a1b2c3d4e5f60718293a4b5c6d7e8f9", "f9e8d7c6b5a4938271605f4e"),
        ("https://medium.com/@alerts/2f4a6c8e0b1d", "9e8d7c6b5a4f"),
    ],
)
async def test_two_alerts_of_one_day_are_two_articles(
    intake: IngestPipeline, first: str, second: str, articles: int
) -> None:
    again = f"{first.rpartition('/')[0]}/{second}"
    alerts = an_alert(first, ago(hours=10)), an_alert(again, NOW)
    assert await ingest(intake, *alerts, articles=articles) == Counts(new=2)
    assert await ingest(intake, *alerts, articles=articles) == Counts(unchanged=2)


@pytest.mark.parametrize("articles", [1, 50])
async def test_what_google_news_issues_again_is_one_article(
    intake: IngestPipeline, articles: int
) -> None:
    first = issued("CBMiA", ago(hours=30), category="World", author="Ida Brandt")
    second = issued("CBMiB", ago(hours=11), category="Europe", summary="Take shelter.")
    too_late = issued("CBMiC", ago(hours=9))
    others = (
        issued("CBMiD", ago(hours=29), title="Alert"),
        issued("CBMiE", ago(hours=28), text="It is over."),
        issued("CBMiF", ago(hours=27), source="Other"),
        an_alert("https://wire.example/alert", ago(hours=26)),
    )
    given = (first, second, too_late, *others)
    assert await ingest(intake, *given, articles=articles) == Counts(new=6, unchanged=1)
    found = await stored(intake)
    assert [each.category for each in found if each.author == "Ida Brandt"] == ["World"]
    assert await ingest(intake, *given, articles=articles) == Counts(unchanged=7)
    assert await stored(intake) == found


@pytest.mark.parametrize("articles", [1, 50])
async def test_each_issue_finds_its_own_first_one(intake: IngestPipeline, articles: int) -> None:
    alert = [issued(f"CBMiA{number}", ago(hours=40 * number)) for number in range(3)]
    again = [issued(f"CBMiB{number}", ago(hours=40 * number + 4)) for number in range(3)]
    both = [issued(f"CBMiC{number}", ago(hours=4), source=f"S{number}") for number in range(2)]
    also = [issued(f"CBMiD{number}", ago(hours=1), source=f"S{number}") for number in range(2)]
    given = (*alert, *both, *again, *also)
    assert await ingest(intake, *given, articles=articles) == Counts(new=5, unchanged=5)
    assert {each.published_at for each in await stored(intake)} == {
        each.published_at for each in (*alert, *both)
    }


async def test_issues_given_at_once_are_one_article(intake: IngestPipeline) -> None:
    given = [issued("CBMiA", ago(hours=5)), issued("CBMiB", ago(hours=2))]
    done = await intake.add_many(given, source="Wire", now=NOW)
    assert done == [Stored.NEW, Stored.UNCHANGED]


async def test_articles_without_a_time_of_day_are_not_taken_for_issues(
    intake: IngestPipeline,
) -> None:
    dateless = issued("CBMiB", published_at=None)
    dated = issued("CBMiA", ago(hours=12), date_precision=DatePrecision.DAY)
    for each in (dated, dateless, issued("CBMiC"), replace(dated, url=f"{GOOGLE}CBMiD", guid="D")):
        assert (await ingest(intake, each)).new == 1


def a_numbered(guid: str | None, title: str, path: str, hours: float) -> ParsedArticle:
    text = f"{title}. The council and the school of Orrin are told of it."
    url = f"https://wire.example/{path}"
    return ParsedArticle(title, text, url=url, guid=guid, published_at=ago(hours=hours))


@pytest.mark.parametrize(
    ("guid", "first", "second"),
    [
        ("1", "Orrin council meets", "Orrin school opens"),
        ("2", "Man arrested after Orrin fire", "Man arrested after Orrin robbery"),
        ("3", "Weather today", "Weather today"),
    ],
)
async def test_a_small_number_at_another_address_is_another_article(
    intake: IngestPipeline, guid: str, first: str, second: str
) -> None:
    given = a_numbered(guid, first, "first", 26), a_numbered(guid, second, "second", 2)
    assert [await ingest(intake, each) for each in given] == [Counts(new=1)] * 2
    assert await ingest(intake, *given) == Counts(unchanged=2)


@pytest.mark.parametrize(
    "guid",
    ["tag:x,2026:77", "urn:uuid:7c9e6679-7425", "20261123", "w-7", "https://wire.example/?p=12"],
)
async def test_another_guid_keeps_an_article_that_moved_and_reads_otherwise(
    intake: IngestPipeline, guid: str
) -> None:
    first = a_numbered(guid, "Election: polls open", "polls", 8)
    edited = replace(
        a_numbered(guid, "Hale wins the presidency", "hale-wins", 2), text="The count is over."
    )
    assert await ingest(intake, first) == Counts(new=1)
    assert await ingest(intake, edited) == Counts(changed=1)
    assert [each.title for each in await stored(intake)] == ["Hale wins the presidency"]


async def test_a_refresh_keeps_both_items_of_one_number(room: Room) -> None:
    forecast = {"title": "Weather today", "guid": "3"}
    await room.add(answer(rss(item(**forecast, link="https://wire.example/a1"))))
    await room.refresh()
    date = "Tue, 24 Nov 2026 09:00:00 GMT"
    tuesday = item(**forecast, link="https://wire.example/b2", date=date)
    room.web.on("/wire", answer(rss(tuesday)))
    await room.again()
    assert await room.titles() == ["Weather today"] * 2


async def test_a_refresh_keeps_two_alerts_of_one_day(room: Room) -> None:
    first, second = (f"https://x.com/alerts/status/19951012345678{number}" for number in (10, 20))
    alerts = [
        item(ALERT, link=first, guid=first, date="Mon, 23 Nov 2026 02:10:00 GMT"),
        item(ALERT, link=second, guid=second, date="Mon, 23 Nov 2026 09:40:00 GMT"),
    ]
    await room.add(answer(rss(alerts[0])))
    await room.refresh()
    room.web.on("/wire", answer(rss(*alerts)))
    await room.again(hours=9)
    assert await room.titles() == [ALERT] * 2


PAGES = {
    "found": answer(page("Fine", LONG), headers=[("Content-Type", "text/html; charset=utf-8")]),
    "gone": answer(status=404),
    "led on": redirect("http://wire.example/article-on-the-fine"),
}


@BEHIND_A_PROXY
@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("found", "found"),
        ("found", "gone"),
        ("gone", "found"),
        ("led on", "gone"),
        ("gone", "led on"),
    ],
)
async def test_a_refresh_stores_what_is_issued_again_once(
    room: Room, first: str, second: str, *, at_once: bool
) -> None:
    room.web.on("/article-on-the-fine", PAGES["found"])
    room.web.on(f"/rss/articles/{FIRST}", PAGES[first])
    room.web.on(f"/rss/articles/{SECOND}", PAGES[second])
    issues = [
        item(
            "Fine",
            link=f"http://news.google.com/rss/articles/{token}",
            guid=token,
            date=f"Mon, 23 Nov 2026 {hour}:00:00 GMT",
            text=TEASER,
        )
        for token, hour in ((FIRST, "01"), (SECOND, "09"))
    ]
    await room.add(answer(rss(*issues[: 1 + at_once])))
    await room.refresh()
    room.web.on("/wire", answer(rss(*issues)))
    await room.again(hours=9)
    (article,) = await room.articles()
    assert article.text == (TEASER if first == "gone" else LONG.strip())
    assert article.published_at.hour == 1
