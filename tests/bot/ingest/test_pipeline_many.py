"""A feed's worth of articles finds its stories, as one after the other would."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest.pipeline import IngestPipeline
from bot.models import ParsedArticle, Stored, Window
from bot.sources.files.samples import sample_articles
from bot.store import Store
from tests.support.builders import NOW, a_parsed_article, ago
from tests.support.scorer import built_in_scorer

ALWAYS = Window(datetime(1990, 1, 1, tzinfo=UTC), NOW + timedelta(days=1))


@pytest.fixture
def intake(store: Store) -> IngestPipeline:
    return IngestPipeline(store, built_in_scorer())


def storms(*, hours: float = 0) -> list[ParsedArticle]:
    """Three reports of one event and one of another."""
    storm = "Storm cuts the power to 40,000 homes on the Ildrian coast"
    text = f"{storm}, the grid operator Coast Grid said. Engineers work on the Norrow line."
    reports = [
        replace(
            a_parsed_article(f"{storm}, {outlet}", text, url=f"https://{outlet}.example/storm"),
            source=outlet,
            published_at=ago(hours=hours + number),
        )
        for number, outlet in enumerate(("herald", "post", "wire"))
    ]
    other = a_parsed_article(
        "Marenda sells wheat to Sabel",
        "A ship with wheat left Marenda for Sabel.",
        url="https://a.example/wheat",
    )
    return [*reports, other]


async def put(intake: IngestPipeline, *parsed: ParsedArticle) -> list[Stored]:
    return await intake.add_many(parsed, source=None, now=NOW)


async def outlets(store: Store) -> list[list[str]]:
    found = await store.stories.in_window(ALWAYS, limit=1_000)
    return sorted(sorted(each.source for each in story.articles) for story in found)


async def test_many_at_once_find_each_others_stories(store: Store, intake: IngestPipeline) -> None:
    assert await put(intake, *storms()) == [Stored.NEW] * 4
    assert await outlets(store) == [["Coast Herald"], ["herald", "post", "wire"]]


async def test_what_comes_later_joins_what_is_stored(store: Store, intake: IngestPipeline) -> None:
    first, *others = storms()
    await put(intake, first)
    await put(intake, *others)
    assert await outlets(store) == [["Coast Herald"], ["herald", "post", "wire"]]


async def test_putting_again_changes_nothing(store: Store, intake: IngestPipeline) -> None:
    await put(intake, *storms())
    assert await put(intake, *storms()) == [Stored.UNCHANGED] * 4
    assert await store.articles.count() == 4


async def test_only_what_changed_is_written(store: Store, intake: IngestPipeline) -> None:
    await put(intake, *storms())
    first, *others = storms()
    changed = replace(first, text=f"{first.text} Power is back.")
    assert await put(intake, changed, *others) == [Stored.CHANGED, *[Stored.UNCHANGED] * 3]
    assert await outlets(store) == [["Coast Herald"], ["herald", "post", "wire"]]


async def test_one_article_given_twice_counts_once(store: Store, intake: IngestPipeline) -> None:
    first = storms()[0]
    again = replace(first, title="Another title")
    assert await put(intake, first, again) == [Stored.NEW, Stored.UNCHANGED]
    (article,) = await store.articles.in_window(ALWAYS)
    assert article.title == first.title


async def test_a_text_that_titles_of_a_source_share_joins_no_stories(
    store: Store, intake: IngestPipeline
) -> None:
    text = "Follow Coast Herald for news of the Ildrian coast, power cuts and storms. " * 20
    named = ("Storm cuts power on the coast", "Marenda sells wheat to Sabel", "Judge frees Orrin")
    pages = [
        replace(
            a_parsed_article(each, text, url=f"https://herald.example/{number}"), source="Herald"
        )
        for number, each in enumerate(named)
    ]
    await put(intake, *pages)
    assert await titles(store) == []


async def test_nothing_is_put_without_harm(intake: IngestPipeline) -> None:
    assert await put(intake) == []


async def test_at_once_or_one_by_one_the_stories_are_the_same(sqlite_store: Store) -> None:
    samples = sample_articles(NOW)
    intake = IngestPipeline(sqlite_store, built_in_scorer())
    for each in samples:
        await intake.add(each, source="one", now=NOW)
    singly = await titles(sqlite_store)
    again = [replace(each, url=f"{each.url}?again", source="Again") for each in samples]
    await put(intake, *again)
    assert await sqlite_store.articles.count() == 2 * len(samples)
    together = await titles(sqlite_store)
    assert sorted(together) == sorted(singly)


async def titles(store: Store) -> list[tuple[str, ...]]:
    """The titles in each story that has more than one, each once."""
    stories = defaultdict[str | None, set[str]](set)
    for each in await store.articles.in_window(ALWAYS, limit=10_000):
        stories[each.story_id].add(each.title)
    return [tuple(sorted(found)) for found in stories.values() if len(found) > 1]
