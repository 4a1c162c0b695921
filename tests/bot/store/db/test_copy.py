"""A database moves into another with all it holds, and goes on counting there."""

from __future__ import annotations

import pytest

from bot.errors import StoreError
from bot.store import Store
from tests.support.builders import NOW, a_briefing, a_told, an_article
from tests.support.store_desk import Desk


@pytest.fixture
async def target(empty_database_url: str) -> Store:
    store = Store.open(empty_database_url)
    await store.migrate()
    return store


async def test_it_takes_all_and_goes_on_counting(
    desk: Desk, database_url: str, target: Store
) -> None:
    digest = await desk.ready(parts=2)
    channel = await desk.store.channels.get(digest.channel_id)
    assert channel is not None
    await desk.store.told.remember(channel.id, [a_told()])
    article = an_article("Amberline pipeline opens", topics=["energy"])
    await desk.store.articles.add(article)
    await desk.store.close()
    counts: dict[str, int] = {}

    await target.copy_from(database_url, lambda table, rows: counts.update({table: rows}))

    assert (counts["deliveries"], counts["articles"], counts["told"]) == (2, 1, 1)
    assert await target.articles.get(article.id) is not None
    assert [hit.article.id for hit in await target.search.find("pipeline")] == [article.id]
    assert await target.channels.get(channel.id) == channel
    assert await target.briefings.get(f"briefing {digest.id}") == a_briefing(
        id=f"briefing {digest.id}"
    )
    there = Desk(target, desk.numbers)
    assert (await there.ready()).id > digest.id
    assert len(await there.claim(NOW)) == 2
    await target.close()


async def test_it_makes_no_database_to_copy_from(target: Store) -> None:
    with pytest.raises(StoreError, match=r"no database .*absent\.db"):
        await target.copy_from("sqlite:///absent.db", lambda _table, _rows: None)
    await target.close()


async def test_it_writes_over_nothing(desk: Desk, database_url: str, target: Store) -> None:
    await desk.channel()
    await target.channels.ensure((await desk.channel()).address, title="", timezone="UTC")
    await desk.store.close()
    with pytest.raises(StoreError, match="not empty"):
        await target.copy_from(database_url, lambda _table, _rows: None)
    await target.close()
