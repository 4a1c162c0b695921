"""A channel's memory: the latest it was told of each story."""

from __future__ import annotations

from dataclasses import replace

from tests.support.builders import NOW, a_told, ago
from tests.support.store_desk import Desk


async def test_it_remembers_the_latest_of_each_story(desk: Desk) -> None:
    channel = await desk.channel()
    old, new = a_told(text="24 died", at=ago(days=1)), a_told(text="31 died", at=NOW)
    other = a_told("story-2")
    await desk.store.told.remember(channel.id, [new, old, other])

    asked = ["story-1", "story-2", "story-3"]

    assert await desk.store.told.of_channel(channel.id, asked) == {
        "story-1": new,
        "story-2": other,
    }
    assert await desk.store.told.of_channel(channel.id, []) == {}


async def test_an_older_message_does_not_replace_a_newer_one(desk: Desk) -> None:
    channel = await desk.channel()
    await desk.store.told.remember(channel.id, [a_told(text="31 died", at=NOW)])
    await desk.store.told.remember(channel.id, [a_told(text="24 died", at=ago(days=1))])

    [told] = (await desk.store.told.of_channel(channel.id, ["story-1"])).values()

    assert told.text == "31 died"


async def test_it_never_forgets_that_a_digest_told_it(desk: Desk) -> None:
    channel = await desk.channel()
    digest = a_told(at=ago(days=1), by_digest=True)
    asked = replace(digest, at=NOW, by_digest=False)
    await desk.store.told.remember(channel.id, [digest])
    await desk.store.told.remember(channel.id, [asked])

    [told] = (await desk.store.told.of_channel(channel.id, ["story-1"])).values()

    assert told == replace(asked, by_digest=True)


async def test_it_keeps_channels_apart(desk: Desk) -> None:
    one, other = await desk.channel(), await desk.channel()
    await desk.store.told.remember(one.id, [a_told()])
    await desk.store.told.remember(one.id, [])

    assert await desk.store.told.of_channel(other.id, ["story-1"]) == {}
