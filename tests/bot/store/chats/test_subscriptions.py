"""A channel's subscriptions: one for each set of topics, found when it is due."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.models import Subscription
from tests.support.builders import NOW, ago
from tests.support.store_desk import Desk


async def test_it_gives_back_a_subscription_as_it_was(desk: Desk) -> None:
    channel = await desk.channel()

    stored = await desk.store.subscriptions.add(
        channel.id,
        ["security", "energy"],
        time(7, 30),
        {4, 0},
        "Asia/Karachi",
        3,
        now=NOW,
        next_due=NOW + timedelta(hours=1),
    )

    assert stored == Subscription(
        stored.id,
        channel.id,
        ("security", "energy"),
        time(7, 30),
        frozenset({0, 4}),
        "Asia/Karachi",
        3,
        NOW,
        NOW + timedelta(hours=1),
    )
    assert await desk.store.subscriptions.get(stored.id) == stored
    assert await desk.store.subscriptions.of_channel(channel.id) == [stored]


async def test_the_same_topics_in_any_order_replace_it_in_place(desk: Desk) -> None:
    channel = await desk.channel()
    first = await desk.subscription(channel, "energy", "security")

    second = await desk.store.subscriptions.add(
        channel.id,
        ("security", "energy"),
        time(18),
        {0},
        "Europe/Berlin",
        7,
        now=NOW + timedelta(days=2),
        next_due=NOW + timedelta(days=3),
    )

    assert (second.id, second.created_at) == (first.id, first.created_at)
    assert (second.at, second.timezone, second.bullets) == (time(18), "Europe/Berlin", 7)
    assert await desk.store.subscriptions.of_channel(channel.id) == [second]


async def test_it_takes_many_topics_with_long_names(desk: Desk) -> None:
    channel = await desk.channel()
    names = [f"{chr(0x4E00 + number) * 60}" for number in range(100)]

    stored = await desk.subscription(channel, *names)
    again = await desk.subscription(channel, *reversed(names))

    assert set(stored.topics) == set(names)
    assert again.id == stored.id


async def test_other_topics_or_channels_stand_beside_it(desk: Desk) -> None:
    one, other = await desk.channel(), await desk.channel()
    await desk.subscription(one, "energy")
    await desk.subscription(one, "energy", "security")
    await desk.subscription(other, "energy")

    assert len(await desk.store.subscriptions.of_channel(one.id)) == 2
    every = [each.id for each in await desk.store.subscriptions.all()]
    assert len(every) == 3
    rest = await desk.store.subscriptions.all(limit=2, after=every[0])
    assert [each.id for each in rest] == every[1:]


async def test_it_finds_what_is_due_longest_due_first(desk: Desk) -> None:
    channel = await desk.channel()
    later = await desk.subscription(channel, "later", next_due=NOW)
    sooner = await desk.subscription(channel, "sooner", next_due=ago(days=3))
    await desk.subscription(channel, "not yet", next_due=NOW + timedelta(microseconds=1))

    assert await desk.store.subscriptions.due(NOW) == [sooner, later]
    assert await desk.store.subscriptions.due(NOW, limit=1) == [sooner]


async def test_nothing_is_due_in_a_disabled_channel(desk: Desk) -> None:
    channel = await desk.channel()
    subscription = await desk.subscription(channel)

    await desk.store.channels.disable(channel.id, "blocked", now=NOW)
    assert await desk.store.subscriptions.due(NOW) == []

    await desk.store.channels.enable(channel.id)
    assert await desk.store.subscriptions.due(NOW) == [subscription]


async def test_it_sets_when_it_is_due_next(desk: Desk) -> None:
    subscription = await desk.subscription(await desk.channel())

    await desk.store.subscriptions.set_next_due(subscription.id, NOW + timedelta(days=1))

    assert await desk.store.subscriptions.due(NOW) == []


REMOVALS: dict[str, tuple[list[str] | None, list[set[str]], int]] = {
    "one topic of two": (["energy"], [{"security"}, {"oil"}], 1),
    "all topics of one": (["oil"], [{"energy", "security"}], 1),
    "topics of both": (["oil", "energy"], [{"security"}], 2),
    "unknown topic": (["floods"], [{"energy", "security"}, {"oil"}], 0),
    "everything": (None, [], 2),
}


@pytest.mark.parametrize(("topics", "left", "changed"), REMOVALS.values(), ids=REMOVALS)
async def test_it_ends_topics(
    desk: Desk, topics: list[str] | None, left: list[set[str]], changed: int
) -> None:
    channel, other = await desk.channel(), await desk.channel()
    before = [
        await desk.subscription(channel, "energy", "security"),
        await desk.subscription(channel, "oil"),
    ]
    await desk.subscription(other, "energy", "oil")

    touched = await desk.store.subscriptions.remove(channel.id, topics)

    stored = await desk.store.subscriptions.of_channel(channel.id)
    assert [set(each.topics) for each in stored] == left
    assert len(touched) == changed
    assert all(each in before for each in touched)
    assert len(await desk.store.subscriptions.of_channel(other.id)) == 1


async def test_it_ends_one_and_leaves_its_topics_to_others(desk: Desk) -> None:
    channel = await desk.channel()
    one = await desk.subscription(channel, "energy")
    both = await desk.subscription(channel, "energy", "security")

    await desk.store.subscriptions.remove_one(both.id)

    assert await desk.store.subscriptions.of_channel(channel.id) == [one]


async def test_what_becomes_equal_to_another_goes(desk: Desk) -> None:
    channel = await desk.channel()
    both = await desk.subscription(channel, "energy", "security")
    one = await desk.subscription(channel, "energy")

    assert await desk.store.subscriptions.remove(channel.id, ["security"]) == [both]
    assert await desk.store.subscriptions.of_channel(channel.id) == [one]


async def test_two_that_become_equal_leave_one(desk: Desk) -> None:
    channel = await desk.channel()
    await desk.subscription(channel, "energy", "security")
    await desk.subscription(channel, "energy", "oil")

    assert len(await desk.store.subscriptions.remove(channel.id, ["security", "oil"])) == 2
    [left] = await desk.store.subscriptions.of_channel(channel.id)
    assert left.topics == ("energy",)
