"""What goes in as an article comes out as the same article."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.models import Article, Stored, Window
from bot.store import Store, StoryPlacement
from tests.support.builders import DAY, NOW, a_score, a_window, ago, an_article

FULL = an_article(
    "Strom fällt aus – 停電 ⚡",
    "Ein Absatz.\n\nNoch einer – mit 👩‍🚒 und \u202eUmkehr.",
    category="Energy",
    author="Ada",
    summary="Kurz.",
    language="de",
    topics=[a_score("security", 0.4, "because"), a_score("energy", 0.9, "a", "b")],
)


async def test_it_gives_back_what_was_put(store: Store) -> None:
    assert await store.articles.add(FULL, StoryPlacement("s1", "Headline")) is Stored.NEW

    best_first = tuple(reversed(FULL.topics))
    expected = replace(FULL, topics=best_first, story_id="s1")
    assert await store.articles.get(FULL.id) == expected


async def test_it_knows_nothing_of_an_article_that_is_not_there(store: Store) -> None:
    assert await store.articles.get("nowhere") is None
    assert await store.articles.newest_at() is None
    assert await store.articles.count() == 0


async def test_it_says_unchanged_when_only_the_fetch_is_new(store: Store) -> None:
    await store.articles.add(FULL)

    again = replace(FULL, fetched_at=NOW + timedelta(hours=1))

    assert await store.articles.add(again) is Stored.UNCHANGED
    assert await store.articles.count() == 1


CHANGES = {
    "text": {"text": "Other text.", "content_hash": "other"},
    "url": {"url": "https://news.example/moved"},
    "no category": {"category": None},
    "date": {"published_at": ago(hours=3)},
    "source": {"source": "Another outlet"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_it_stores_a_change(store: Store, change: dict[str, object]) -> None:
    await store.articles.add(FULL, StoryPlacement("s1", "Headline"))

    changed: Article = replace(FULL, **change)  # type: ignore[arg-type]

    assert await store.articles.add(changed) is Stored.CHANGED
    stored = await store.articles.get(FULL.id)
    assert stored == replace(changed, topics=tuple(reversed(FULL.topics)), story_id="s1")


async def test_it_replaces_the_topic_scores_of_an_unchanged_article(store: Store) -> None:
    await store.articles.add(FULL)

    rescored = replace(FULL, topics=(a_score("energy", 0.5, "new words"),))

    assert await store.articles.add(rescored) is Stored.UNCHANGED
    stored = await store.articles.get(FULL.id)
    assert stored is not None
    assert stored.topics == (a_score("energy", 0.5, "new words"),)
    assert await store.articles.in_window(DAY, topic="security") == []


async def test_it_moves_the_topic_scores_with_the_date(store: Store) -> None:
    await store.articles.add(an_article(topics=["energy"], published_at=ago(days=3)))
    await store.articles.add(an_article(topics=["energy"], published_at=ago(hours=1)))

    assert len(await store.articles.in_window(DAY, topic="energy")) == 1
    assert await store.articles.counts_by_topic(a_window(hours=96)) == {"energy": 1}


async def test_it_keeps_the_order_of_the_ids_and_skips_unknown_ones(store: Store) -> None:
    stored = [an_article(f"Title {number}") for number in range(3)]
    for each in stored:
        await store.articles.add(each)

    ids = [stored[2].id, "nowhere", stored[0].id, stored[2].id]

    assert [each.title for each in await store.articles.many(ids)] == ["Title 2", "Title 0"]


async def test_it_lists_a_window_newest_first_and_leaves_out_its_end(store: Store) -> None:
    window = Window(ago(hours=3), ago(hours=1))
    for hours in (0.5, 1, 2, 3, 4):
        await store.articles.add(an_article(f"{hours} h", published_at=ago(hours=hours)))

    assert [each.title for each in await store.articles.in_window(window)] == ["2 h", "3 h"]
    assert [each.title for each in await store.articles.in_window(window, limit=1)] == ["2 h"]
    assert await store.articles.count(window) == 2


async def test_it_counts_sources_topics_and_languages_of_a_window(store: Store) -> None:
    await store.articles.add(an_article("One", source="A", topics=["energy", "security"]))
    await store.articles.add(an_article("Two", source="A", topics=["energy"], language="ur"))
    await store.articles.add(an_article("Three", source="B", language=None))
    await store.articles.add(an_article("Old", source="C", published_at=ago(days=9)))

    assert await store.articles.count_sources(DAY) == 2
    assert await store.articles.counts_by_topic(DAY) == {"energy": 2, "security": 1}
    assert await store.articles.counts_by_language(DAY) == {"en": 1, "ur": 1}
    assert await store.articles.count() == 4
    assert await store.articles.newest_at() == ago(hours=2)


async def test_it_returns_every_instant_in_utc(store: Store) -> None:
    local = datetime(2026, 11, 23, 15, 30, 1, 234567, timezone(timedelta(hours=5, minutes=30)))
    await store.articles.add(an_article(published_at=local))

    stored = await store.articles.get(an_article().id)

    assert stored is not None
    assert stored.published_at == local
    assert stored.published_at.tzinfo is UTC


async def test_it_drops_what_no_database_takes(store: Store) -> None:
    hostile = an_article(
        "N\x00UL and \ud800 alone",
        "a\x00b\udfffc 👍",
        id="hostile\x00",
        source="S\x00" + "x" * 5_000,
        author="\ud83d",
        topics=[a_score("energy", 0.5, "rea\x00son\ud800")],
    )

    assert await store.articles.add(hostile) is Stored.NEW
    assert await store.articles.add(hostile) is Stored.UNCHANGED
    stored = await store.articles.get("hostile")
    assert stored is not None
    assert (stored.title, stored.text, stored.author) == ("NUL and  alone", "abc 👍", "")
    assert stored.source.startswith("Sxxx")
    assert stored.topics == (a_score("energy", 0.5, "reason"),)


async def test_it_takes_an_article_of_two_million_characters(store: Store) -> None:
    words = " ".join(f"{number:x}{chr(0x4E00 + number % 9000)}" for number in range(280_000))
    huge = an_article("Huge", words[:2_000_000])

    assert await store.articles.add(huge) is Stored.NEW
    assert await store.articles.get(huge.id) == huge


async def test_it_takes_many_articles_at_once(store: Store) -> None:
    together = [an_article(f"Title {number % 5}", topics=["energy"]) for number in range(20)]

    await asyncio.gather(*(store.articles.add(each) for each in together))

    assert await store.articles.count() == 5
    assert await store.articles.counts_by_topic(DAY) == {"energy": 5}


async def test_articles_with_a_title_are_found_near_each_of_several_times(store: Store) -> None:
    for years in range(0, 12, 3):
        for source in ("Wire", "Other"):
            at = ago(days=365 * years)
            name = f"{source}-{years}"
            await store.articles.add(
                an_article("Dam holds", id=name, source=source, published_at=at)
            )
    await store.articles.add(an_article("Dam bursts", source="Wire", published_at=NOW))
    given = [
        an_article("Dam holds", source=source, published_at=ago(days=days, hours=19))
        for days, source in ((0, "Wire"), (365 * 9, "Wire"), (365 * 9 + 1, "Other"))
    ]
    found = await store.articles.with_titles_of(given, timedelta(hours=20))
    assert sorted((each.source, each.published_at.year) for each in found) == [
        ("Other", 2017),
        ("Other", 2026),
        ("Wire", 2017),
        ("Wire", 2026),
    ]
