"""Retention deletes what is old, and nothing that was told or is cited."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.models import Article, KeptAnswer, ModelCall, SendState
from bot.store import Ages, Pruned, Store, StoryPlacement
from tests.support.builders import (
    NOW,
    a_briefing,
    a_bullet,
    a_citation,
    a_section,
    a_told,
    ago,
    an_article,
)
from tests.support.store_desk import Desk

DAYS = timedelta(days=90)
ALL = Ages(DAYS, DAYS, DAYS, DAYS)
OLD = ago(days=91)


def old(title: str) -> Article:
    return an_article(title, fetched_at=OLD, published_at=OLD, topics=["energy"])


async def put(store: Store, *articles: Article) -> None:
    """Store articles, each in a story of its own that is named after it."""
    for each in articles:
        await store.articles.add(each, StoryPlacement(f"story of {each.title}", each.title))


async def titles(store: Store) -> set[str]:
    found = await store.articles.undated(999)
    rows = await store.search.find("item", limit=999)
    return {each.title for each in found} | {hit.article.title for hit in rows}


async def test_old_articles_go_and_cited_told_and_young_ones_stay(desk: Desk) -> None:
    store = desk.store
    cited, told, plain = old("Item cited"), old("Item told"), old("Item plain")
    young = an_article("Item young", topics=["energy"])
    await put(store, cited, told, plain, young)
    channel = await desk.channel()
    bullet = a_bullet(citations=[a_citation(cited)])
    await store.briefings.add(a_briefing(a_section("energy", bullet)), channel.id)
    await store.told.remember(channel.id, [replace(a_told(), story_id="story of Item told")])

    planned = await store.retention.prune(ALL, NOW, dry_run=True)
    assert planned == Pruned(articles=1, kept=2)
    assert await titles(store) == {"Item cited", "Item told", "Item plain", "Item young"}

    done = await store.retention.prune(ALL, NOW)
    assert done == Pruned(articles=1, stories=1, kept=2)
    assert await titles(store) == {"Item cited", "Item told", "Item young"}
    assert await store.stories.get("story of Item plain") is None
    assert await store.stories.get("story of Item told") is not None
    assert len(await store.search.find("plain")) == 0
    assert await store.retention.prune(ALL, NOW) == Pruned(kept=2)


async def test_the_article_behind_the_line_of_the_day_stays(desk: Desk) -> None:
    store = desk.store
    leading = old("Item leading")
    await put(store, leading)
    channel = await desk.channel()
    lead = a_bullet(citations=[a_citation(leading)])
    await store.briefings.add(replace(a_briefing(), lead=lead), channel.id)
    assert await store.retention.prune(ALL, NOW) == Pruned(kept=1)
    assert await titles(store) == {"Item leading"}


async def test_old_digests_and_their_briefings_go_but_not_open_ones(desk: Desk) -> None:
    store = desk.store
    finished, waiting = await desk.ready(), await desk.ready()
    for part in await desk.claim():
        if part.digest_id == finished.id:
            assert part.token is not None
            await store.deliveries.settle(part.id, part.token, SendState.SENT, now=NOW)
    later = NOW + DAYS + timedelta(days=1)

    assert (await store.retention.prune(ALL, later, dry_run=True)).digests == 1
    assert (await store.retention.prune(ALL, later)).digests == 1

    assert [each.id for each in await store.digests.history()] == [waiting.id]
    assert await store.deliveries.of_digest(finished.id) == []
    assert await store.briefings.get(f"briefing {waiting.id}") is not None


async def test_a_channel_keeps_its_latest_briefing_so_that_why_works(desk: Desk) -> None:
    store = desk.store
    channel, nobody = await desk.channel(), None
    for name, owner in (("first", channel.id), ("last", channel.id), ("of nobody", nobody)):
        at = ago(days=200 if name == "first" else 100)
        await store.briefings.add(replace(a_briefing(id=name), created_at=at), owner)
    digest = await desk.opened(channel)
    assert await store.digests.add_parts(digest.id, "first", ["text"])

    assert (await store.retention.prune(Ages(briefings=DAYS), NOW)).briefings == 1
    assert await store.briefings.get("first") is not None  # its digest stays
    assert await store.briefings.get("of nobody") is None
    assert await store.briefings.get("last") is not None


async def test_raw_answers_of_models_go(sqlite_store: Store) -> None:
    call = ModelCall("energy", "m", "1", "{}", answer='{"said": "answer"}')
    for name, at in (("new", NOW), ("old", OLD)):
        await sqlite_store.answers.add(name, KeptAnswer("text", 1, 1), at)
        briefing = replace(a_briefing(id=name), created_at=at, calls=(call,))
        await sqlite_store.briefings.add(briefing)

    ages = Ages(answers=DAYS)
    assert (await sqlite_store.retention.prune(ages, NOW, dry_run=True)).answers == 1
    assert (await sqlite_store.retention.prune(ages, NOW)).answers == 1
    stripped, whole = [await sqlite_store.briefings.get(each) for each in ("old", "new")]
    assert stripped is not None
    assert whole is not None
    assert stripped.calls == (replace(call, answer=""),)
    assert whole.calls == (call,)
    assert (await sqlite_store.retention.prune(ages, NOW)).answers == 0


@pytest.mark.parametrize("ages", [Ages(), Ages(articles=timedelta(days=3650))])
async def test_without_an_age_nothing_goes(ages: Ages, sqlite_store: Store) -> None:
    await put(sqlite_store, old("Item"))
    assert await sqlite_store.retention.prune(ages, NOW) == Pruned()
    assert await titles(sqlite_store) == {"Item"}


async def test_the_index_of_words_forgets_what_was_deleted(sqlite_store: Store) -> None:
    young = [an_article("Item young", topics=["energy"])]
    arrivals = [old(f"Item {' '.join(f'word{n}x{at}' for at in range(60))}") for n in range(200)]
    for some in (arrivals[:100], arrivals[100:], young):
        await sqlite_store.articles.add_many([(each, None) for each in some])
    await sqlite_store.retention.prune(ALL, NOW)
    await sqlite_store.retention.shrink()
    assert sqlite_store.file is not None
    with closing(sqlite3.connect(sqlite_store.file)) as connection:
        query = "SELECT sum(length(block)) FROM article_index_data"
        (held,) = connection.execute(query).fetchone()
    assert held < 5_000
    assert await titles(sqlite_store) == {"Item young"}


async def test_the_file_shrinks(sqlite_store: Store, tmp_path: Path) -> None:
    text = "A storm cut power to the coast. " * 300
    arrivals = [(replace(old(f"Item {n}"), text=text), None) for n in range(200)]
    await sqlite_store.articles.add_many(arrivals)
    before = sqlite_store.bytes_on_disk
    await sqlite_store.retention.prune(ALL, NOW)
    await sqlite_store.retention.shrink()
    assert sqlite_store.bytes_on_disk < before / 4
    assert await sqlite_store.articles.count() == 0
