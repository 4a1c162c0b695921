"""A channel's own topics are its own."""

from __future__ import annotations

from dataclasses import replace

from tests.support.builders import a_topic
from tests.support.store_desk import Desk


async def test_it_gives_back_a_topic_as_it_was(desk: Desk) -> None:
    channel = await desk.channel()
    topic = a_topic(
        "hochwasser", terms={"flüsse": 1.5, "deich bricht": 2}, exclusions=["flut an mails"]
    )

    await desk.store.topics.add(replace(topic, channel_id=channel.id))

    assert await desk.store.topics.of_channel(channel.id) == [replace(topic, channel_id=channel.id)]


async def test_it_replaces_a_topic_of_the_same_name(desk: Desk) -> None:
    channel = await desk.channel()
    await desk.store.topics.add(a_topic("floods", terms={"flood": 1.0}, channel_id=channel.id))
    better = a_topic("floods", terms={"flood": 1.0, "dyke": 1.0}, channel_id=channel.id)

    await desk.store.topics.add(better)

    assert await desk.store.topics.of_channel(channel.id) == [better]


async def test_it_keeps_channels_apart(desk: Desk) -> None:
    one, other = await desk.channel(), await desk.channel()
    await desk.store.topics.add(a_topic("floods", channel_id=one.id))

    assert await desk.store.topics.of_channel(other.id) == []
    assert not await desk.store.topics.remove(other.id, "floods")


async def test_it_removes_a_topic_once(desk: Desk) -> None:
    channel = await desk.channel()
    await desk.store.topics.add(a_topic("floods", channel_id=channel.id))

    assert await desk.store.topics.remove(channel.id, "floods")
    assert not await desk.store.topics.remove(channel.id, "floods")
    assert await desk.store.topics.of_channel(channel.id) == []
