"""Links to pages: kept as fingerprints, renewed and ended channel by channel."""

from __future__ import annotations

from sqlalchemy import select

from bot.page_links import is_token, new_token
from bot.store import LinkCount, PageScope, Store
from bot.store.db.engine import Database
from bot.store.db.reader_tables import page_links
from tests.support.builders import NOW, a_briefing, ago, an_address


async def a_channel_id(store: Store, chat: str = "1") -> int:
    return (await store.channels.ensure(an_address(chat), title="Room", timezone="UTC")).id


async def test_a_token_opens_what_its_link_is_for(store: Store) -> None:
    channel = await a_channel_id(store)
    digest, archive = new_token(), new_token()
    await store.page_links.renew(channel, archive, NOW)
    await store.briefings.add(a_briefing(id="b"), channel, token=digest)
    assert await store.page_links.open(digest, ago(days=1)) == PageScope(channel, "b")
    assert await store.page_links.open(archive, ago(days=1)) == PageScope(channel, None)
    assert await store.page_links.open(new_token(), ago(days=1)) is None
    assert await store.page_links.counts(ago(days=1)) == {channel: LinkCount(1, NOW)}


async def test_renewing_ends_the_links_of_that_channel_alone(store: Store) -> None:
    channel, other = await a_channel_id(store), await a_channel_id(store, "2")
    old, new, theirs = new_token(), new_token(), new_token()
    await store.briefings.add(a_briefing(id="b"), channel, token=old)
    await store.briefings.add(a_briefing(id="c"), other, token=theirs)
    await store.page_links.renew(channel, new, NOW)
    opened = [await store.page_links.open(each, ago(days=1)) for each in (old, new, theirs)]
    assert opened == [None, PageScope(channel, None), PageScope(other, "c")]
    assert await store.page_links.end(channel) == 1
    assert await store.page_links.open(new, ago(days=1)) is None


async def test_a_link_goes_with_its_briefing_and_its_channel(store: Store) -> None:
    channel = await a_channel_id(store)
    token = new_token()
    await store.briefings.add(a_briefing(id="b"), channel, token=token)
    await store.channels.forget(channel)
    assert await store.page_links.open(token, ago(days=1)) is None


async def test_no_token_is_stored(database_url: str, store: Store) -> None:
    channel = await a_channel_id(store)
    token = new_token()
    assert is_token(token)
    assert not is_token(token + "\n")
    await store.page_links.renew(channel, token, NOW)
    database = Database(database_url)
    async with database.reading() as connection:
        rows = (await connection.execute(select(page_links))).all()
    await database.close()
    assert token not in str(rows)
