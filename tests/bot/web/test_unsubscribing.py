"""The link in a mail: opening it ends nothing, pressing its button or one click does."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from bot.models import Address, Channel, Platform
from bot.page_links import unsubscribe_address
from tests.support.page_room import PageRoom


@pytest.fixture
async def channel(room: PageRoom) -> Channel:
    address = Address(Platform.MAIL, "", "ana@readers.example")
    return await room.store.channels.ensure(address, title="", timezone="UTC")


@pytest.fixture
async def link(room: PageRoom, channel: Channel) -> str:
    key = await room.store.channel_keys.ensure(channel.id, room.now)
    return unsubscribe_address("", channel.id, key)


async def disabled(room: PageRoom, channel: Channel) -> str | None:
    found = await room.store.channels.get(channel.id)
    assert found is not None
    return found.disabled


async def test_a_program_that_opens_the_link_ends_nothing_and_one_click_does(
    room: PageRoom, browser: httpx.AsyncClient, channel: Channel, link: str
) -> None:
    page = await browser.get(link)
    assert page.status_code == 200
    assert "ana@readers.example" in page.text
    assert '<form method="post">' in page.text
    assert await disabled(room, channel) is None
    for _ in range(2):
        done = await browser.post(link, data={"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert await disabled(room, channel) == "its reader unsubscribed"
    assert "<form" not in (await browser.get(link)).text


async def test_a_link_of_another_channel_or_after_a_new_key_ends_nothing(
    room: PageRoom, browser: httpx.AsyncClient, channel: Channel, link: str
) -> None:
    mark = link.rpartition("/")[2]
    chat = unsubscribe_address("", room.channel.id, await _key(room, room.channel))
    for path in (f"/unsubscribe/999/{mark}", f"/unsubscribe/{channel.id}/{'0' * 32}", chat):
        assert (await browser.post(path)).status_code == 404
    await room.store.channel_keys.renew(channel.id, room.now)
    assert (await browser.post(link)).status_code == 404
    assert await disabled(room, channel) is None
    assert await disabled(room, replace(channel, id=room.channel.id)) is None


async def _key(room: PageRoom, channel: Channel) -> str:
    return await room.store.channel_keys.ensure(channel.id, room.now)
