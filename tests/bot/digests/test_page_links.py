"""Each digest ends with a link of its own to its page, where the bot has pages."""

from __future__ import annotations

from datetime import timedelta

from bot.store import Store
from tests.bot.delivery.test_sender import DUE, PIPELINE, Desk
from tests.bot.digests.test_shared import counting
from tests.support.page_room import BASE, LINK, linking


async def test_equal_digests_are_rendered_once_and_each_has_its_own_link(store: Store) -> None:
    desk = Desk(store)
    counting(desk)
    messenger = linking(desk, BASE)
    await desk.publish(*PIPELINE)
    for number in range(3):
        await desk.subscribe(str(number))
    await desk.tick_at(DUE)
    assert messenger.rendered == 1
    tokens = [found[1] for _, text in desk.telegram.sent if (found := LINK.search(text))]
    assert len(set(tokens)) == 3
    opened = [await store.page_links.open(token, DUE - timedelta(days=1)) for token in tokens]
    digests = {each.channel_id: each.briefing_id for each in await store.digests.history()}
    assert {each.channel_id: each.briefing_id for each in opened if each} == digests
    assert len(digests) == 3
    assert await store.page_links.open(tokens[0], desk.clock() + timedelta(hours=1)) is None


async def test_without_a_web_address_no_link_is_made(store: Store) -> None:
    desk = Desk(store)
    counting(desk)
    linking(desk, "")
    await desk.publish(*PIPELINE)
    await desk.subscribe("1")
    await desk.tick_at(DUE)
    assert [LINK.search(text) for _, text in desk.telegram.sent] == [None]
    assert await store.page_links.counts(DUE - timedelta(days=1)) == {}
