"""Articles on their way into the store: identity, dates, topics and stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ingest.pipeline import IngestPipeline
from bot.models import Article, ArticleKind, ParsedArticle, Stored, Window
from bot.models.identity import DEFAULT_SOURCE, as_article
from bot.store import Store
from bot.store.articles.records import UndatedCount
from tests.support.builders import NOW, a_parsed_article, ago
from tests.support.scorer import built_in_scorer

FIRE = ParsedArticle(
    "Fire shuts the oil refinery at Estermouth",
    "A fire shut the oil refinery at Estermouth on Sunday and sent up black smoke, its owner "
    "Norrow Oil said. No one was hurt in the fire at the refinery.",
    url="https://one.example/estermouth",
    published_at=ago(hours=5),
)
BLAZE = ParsedArticle(
    "Blaze at Estermouth oil refinery under control",
    "A fire that shut the oil refinery at Estermouth was brought under control, its owner Norrow "
    "Oil said. The refinery will stay shut for a month.",
    url="https://two.example/refinery-blaze",
    published_at=ago(hours=3),
)


@pytest.fixture
def intake(store: Store) -> IngestPipeline:
    return IngestPipeline(store, built_in_scorer())


async def put(intake: IngestPipeline, parsed: ParsedArticle) -> Article:
    await intake.add(parsed, source=None, now=NOW)
    found = await intake.store.articles.get(as_article(parsed, source=None, now=NOW).id)
    assert found is not None
    return found


async def test_an_article_is_scored_and_placed_in_a_story(intake: IngestPipeline) -> None:
    stored = await put(intake, FIRE)
    assert [score.topic for score in stored.topics] == ["energy"]
    assert stored.topics[0].reasons
    assert stored.story_id


async def test_two_outlets_on_one_event_share_a_story(intake: IngestPipeline) -> None:
    assert (await put(intake, FIRE)).story_id == (await put(intake, BLAZE)).story_id


async def test_an_article_on_something_else_begins_a_story(intake: IngestPipeline) -> None:
    other = a_parsed_article("Choir wins the national prize", "A choir of bakers won it again.")
    assert (await put(intake, FIRE)).story_id != (await put(intake, other)).story_id


async def test_what_is_put_again_is_new_changed_or_unchanged(intake: IngestPipeline) -> None:
    results = [
        await intake.add(each, source=None, now=NOW)
        for each in (FIRE, FIRE, replace(FIRE, text=f"{FIRE.text} It may reopen in May."))
    ]
    assert results == [Stored.NEW, Stored.UNCHANGED, Stored.CHANGED]


async def test_a_changed_article_stays_in_its_story(intake: IngestPipeline) -> None:
    first = await put(intake, FIRE)
    again = await put(intake, replace(FIRE, text="The refinery at Estermouth will reopen in May."))
    assert again.story_id == first.story_id
    assert again.text.endswith("in May.")


async def test_fault_54_an_undated_article_is_stored_and_never_in_a_window(
    intake: IngestPipeline,
) -> None:
    undated = replace(FIRE, published_at=None, date_stated="soon")
    article = await put(intake, undated)
    assert not article.is_dated
    assert (article.date_stated, article.topics, article.story_id) == ("soon", (), None)
    later = NOW + timedelta(days=1)
    assert await intake.add(undated, source=None, now=later) is Stored.UNCHANGED

    articles, stories = intake.store.articles, intake.store.stories
    window = Window(NOW - timedelta(days=40_000), NOW + timedelta(days=2))
    assert await articles.in_window(window) == []
    assert await stories.in_window(window) == []
    assert await articles.newest_at() is None
    assert [hit.article for hit in await intake.store.search.find("refinery")] == [article]
    assert await articles.undated() == [article]
    assert await articles.undated_counts() == [UndatedCount(article.source, 1, 1, "soon")]


async def test_fault_54_an_article_is_told_once_its_date_is_known(intake: IngestPipeline) -> None:
    undated = await put(intake, replace(FIRE, published_at=None))
    dated = await put(intake, FIRE)
    assert dated.id == undated.id
    assert dated.story_id
    assert dated.topics
    again = await put(intake, replace(FIRE, published_at=None))
    assert again.published_at == FIRE.published_at


async def test_fault_59_an_advert_is_stored_and_not_told(intake: IngestPipeline) -> None:
    told = await put(intake, FIRE)
    assert told.story_id
    advert = await put(intake, replace(FIRE, kind=ArticleKind.ADVERT, text=f"{FIRE.text} Buy now."))
    assert (advert.kind, advert.topics, advert.story_id) == (ArticleKind.ADVERT, (), None)


async def test_fault_56_what_comes_back_under_another_address_is_one_article(
    intake: IngestPipeline,
) -> None:
    first = replace(FIRE, url="https://news.example/rss/articles/CBMiAAA?oc=5", guid="CBMiAAA")
    same = replace(FIRE, url="https://news.example/rss/articles/CBMiBBB?oc=5", guid="CBMiBBB")
    assert await intake.add(first, source="Wire", now=NOW) is Stored.NEW
    assert await intake.add(same, source="Wire", now=NOW) is Stored.UNCHANGED
    edited = replace(same, text=f"{FIRE.text} Nobody was hurt.")
    assert await intake.add(edited, source="Wire", now=NOW) is Stored.CHANGED
    assert await intake.store.articles.count() == 1


async def test_fault_56_a_guid_keeps_an_article_that_moved_and_was_renamed(
    intake: IngestPipeline,
) -> None:
    first = replace(FIRE, url="https://wire.example/fire", guid="w-7")
    moved = replace(
        first, url="https://wire.example/fire-out", title="Refinery fire is out", text="It is out."
    )
    assert await intake.add(first, source="Wire", now=NOW) is Stored.NEW
    assert await intake.add(moved, source="Wire", now=NOW) is Stored.CHANGED
    assert await intake.add(moved, source="Other", now=NOW) is Stored.NEW


async def test_fault_56_a_number_with_and_without_its_slug_is_one_page(
    intake: IngestPipeline,
) -> None:
    for url, expected in (
        ("https://www.daily.example/news/1904321/refinery-shut-by-fire", Stored.NEW),
        ("https://daily.example/news/1904321", Stored.CHANGED),
        ("https://m.daily.example/news/1904321/refinery-fire-is-out/", Stored.CHANGED),
        ("https://daily.example/news/1904322", Stored.NEW),
    ):
        title = f"Fire: {url[-9:]}"
        article = replace(FIRE, url=url, title=title)
        assert await intake.add(article, source="Daily", now=NOW) is expected, url


async def test_a_date_to_come_is_not_believed_again_at_every_ingest(intake: IngestPipeline) -> None:
    ahead = replace(FIRE, published_at=NOW + timedelta(hours=12))
    assert (await put(intake, ahead)).published_at == NOW
    later = NOW + timedelta(hours=2)
    assert await intake.add(ahead, source=None, now=later) is Stored.UNCHANGED


async def test_two_files_with_one_title_and_day_are_two_articles(intake: IngestPipeline) -> None:
    first = replace(FIRE, url=None, origin="a.txt#1")
    second = replace(BLAZE, url=None, title=FIRE.title, origin="b.txt#1")
    for expected in (Stored.NEW, Stored.UNCHANGED):
        assert await intake.add(first, source=None, now=NOW) is expected
        assert await intake.add(second, source=None, now=NOW) is expected


@pytest.mark.parametrize("years", [-7000, 80])
def test_fault_35_an_article_with_an_impossible_date_is_undated(years: int) -> None:
    given = NOW.replace(year=9999 if years < 0 else NOW.year - years)
    article = as_article(replace(FIRE, published_at=given), source=None, now=NOW)
    assert not article.is_dated


@pytest.mark.parametrize(
    ("parsed", "given", "outlet"),
    [
        (replace(FIRE, source="Harbour Wire"), "Other", "Harbour Wire"),
        (FIRE, "Other", "Other"),
        (replace(FIRE, url="https://www.one.example/x"), None, "one.example"),
        (replace(FIRE, url=None), None, DEFAULT_SOURCE),
    ],
)
def test_the_outlet_is_the_articles_own_or_the_nearest_known(
    parsed: ParsedArticle, given: str | None, outlet: str
) -> None:
    assert as_article(parsed, source=given, now=NOW).source == outlet


def test_fault_36_an_article_is_known_by_its_address_whatever_else_changes() -> None:
    again = replace(FIRE, title="Another title", published_at=ago(hours=1))
    first, second = (as_article(each, source=None, now=NOW).id for each in (FIRE, again))
    assert first == second
