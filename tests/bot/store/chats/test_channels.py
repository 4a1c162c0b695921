"""A channel is one address, met again and again."""

from __future__ import annotations

import asyncio

import pytest

from bot.models import Address, Platform
from bot.store import Store
from tests.support.builders import NOW, a_briefing, a_told, a_topic, an_address
from tests.support.store_desk import Desk


async def test_it_makes_a_channel_once(store: Store) -> None:
    first = await store.channels.ensure(an_address(), title="News room", timezone="Asia/Karachi")
    again = await store.channels.ensure(an_address(), title="News room", timezone="UTC")

    assert again == first
    assert first.timezone == "Asia/Karachi"
    assert await store.channels.get(first.id) == first
    assert await store.channels.find(an_address()) == first


async def test_it_makes_one_channel_of_many_first_messages(store: Store) -> None:
    made = await asyncio.gather(
        *(store.channels.ensure(an_address(), title="", timezone="UTC") for _ in range(6))
    )

    assert len({channel.id for channel in made}) == 1


@pytest.mark.parametrize(("title", "kept"), [("Newer", "Newer"), ("", "News room")])
async def test_it_takes_a_new_title_but_no_empty_one(store: Store, title: str, kept: str) -> None:
    await store.channels.ensure(an_address(), title="News room", timezone="UTC")

    assert (await store.channels.ensure(an_address(), title=title, timezone="UTC")).title == kept


OTHERS = [
    Address(Platform.TELEGRAM, "", "101"),
    Address(Platform.TELEGRAM, "", "100", "7"),
    Address(Platform.SLACK, "", "100"),
    Address(Platform.TELEGRAM, "T1", "100"),
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
async def test_it_keeps_addresses_apart(store: Store, other: Address) -> None:
    await store.channels.ensure(an_address("100"), title="", timezone="UTC")

    assert await store.channels.find(other) is None
    assert (await store.channels.ensure(other, title="", timezone="UTC")).address == other


async def test_it_remembers_why_a_channel_is_disabled(desk: Desk) -> None:
    channel = await desk.channel()

    await desk.store.channels.disable(channel.id, "chat not found", now=NOW)
    disabled = await desk.store.channels.get(channel.id)
    await desk.store.channels.enable(channel.id)
    enabled = await desk.store.channels.get(channel.id)

    assert disabled is not None
    assert disabled.disabled == "chat not found"
    assert enabled == channel


async def test_it_sets_the_time_zone(desk: Desk) -> None:
    channel = await desk.channel()

    await desk.store.channels.set_timezone(channel.id, "Europe/Berlin")

    stored = await desk.store.channels.get(channel.id)
    assert stored is not None
    assert stored.timezone == "Europe/Berlin"


@pytest.mark.parametrize("unknown", [0, -1, 2**62, 10**30])
async def test_it_knows_no_other_number(store: Store, unknown: int) -> None:
    assert await store.channels.get(unknown) is None


async def test_fault_52_it_forgets_all_of_a_channel_and_nothing_else(desk: Desk) -> None:
    store = desk.store
    gone, kept = await desk.channel("gone"), await desk.channel("kept")
    for channel in (gone, kept):
        await desk.ready(channel)
        await store.topics.add(a_topic("floods", channel_id=channel.id))
        await store.told.remember(channel.id, [a_told()])
        await store.briefings.add(a_briefing(id=f"asked {channel.id}", created_at=NOW), channel.id)

    await store.paces.pause((gone.address.platform, ""), "gone", NOW, now=NOW)
    assert await desk.paced(gone) == 1
    await store.channels.forget(gone.id)

    assert await store.channels.find(gone.address) is None
    assert await desk.paced(gone) == 0
    assert await _traces(store, gone.id) == [0, 0, 0, 0, 0]
    assert await _traces(store, kept.id) == [1, 1, 1, 1, 1]
    assert {each.channel_id for each in await desk.claim()} == {kept.id}


async def test_a_forgotten_number_is_never_given_again(desk: Desk) -> None:
    first = await desk.channel()
    await desk.store.channels.forget(first.id)

    assert (await desk.channel()).id > first.id


async def _traces(store: Store, channel_id: int) -> list[int]:
    return [
        len(await store.subscriptions.of_channel(channel_id)),
        len(await store.digests.history(channel_id)),
        len(await store.topics.of_channel(channel_id)),
        len(await store.told.of_channel(channel_id, ["story-1"])),
        int(await store.briefings.latest(channel_id) is not None),
    ]
