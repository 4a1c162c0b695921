"""A thousand channels that ask for the same cost one briefing, and each keeps its own memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from threading import Barrier
from typing import Any

from bot.briefing_builder import BriefingBuilder
from bot.models import Bullet, Channel, SendState, Told, Window
from bot.store import Store
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.bot.delivery.test_sender import DUE, OUTAGE, PIPELINE, Desk
from tests.fakes.openai import honest
from tests.support.model_desk import desk as model_desk


@dataclass
class Counting:
    """The local engine, and how often it was asked to write."""

    engine: ExtractiveSummarizer = field(default_factory=ExtractiveSummarizer)
    asked: int = 0
    faults: int = 0
    together: Barrier | None = None
    """Where calls wait for each other; each is made in a thread of its own."""

    @property
    def name(self) -> str:
        return self.engine.name

    @property
    def version(self) -> str:
        return self.engine.version

    async def bullets(self, *given: Any, limit: int, read_at: datetime) -> list[Bullet]:
        self.asked += 1
        if self.asked <= self.faults:
            raise RuntimeError("a passing fault")
        if self.together:
            self.together.wait(60)
        return await self.engine.bullets(*given, limit=limit, read_at=read_at)


def counting(desk: Desk) -> Counting:
    summarizer = Counting()
    builder = BriefingBuilder(desk.store, summarizer)
    object.__setattr__(desk.digests.preparer.contents, "builder", builder)
    return summarizer


async def test_channels_that_ask_for_the_same_cost_one_briefing(store: Store) -> None:
    desk = Desk(store)
    summarizer = counting(desk)
    await desk.publish(*PIPELINE)
    for number in range(12):
        await desk.subscribe(str(number))
    await desk.tick_at(DUE)
    assert summarizer.asked == 1
    assert {"Amberline" in text for _, text in desk.telegram.sent} == {True}
    assert len(desk.telegram.sent) == 12

    desk.clock.forward(hours=12)
    await desk.publish(*OUTAGE)
    await desk.tick_at(DUE + timedelta(days=1))
    assert summarizer.asked == 2
    assert len(desk.telegram.sent) == 24
    assert {"Amberline" in text for _, text in desk.telegram.sent[12:]} == {False}


async def test_digests_are_built_side_by_side(store: Store) -> None:
    """A model that answers slowly holds up one digest, not all that come after it."""
    desk = Desk(store)
    summarizer = counting(desk)
    summarizer.together = Barrier(2)
    await desk.publish(*PIPELINE)
    one, _ = [await desk.subscribe(chat) for chat in ("1", "2")]
    [story] = await store.stories.for_topic("energy", Window(DUE - timedelta(days=2), DUE), limit=5)
    asked = Told(story.id, OUTAGE[1], desk.clock(), by_digest=True)
    await store.told.remember(one, [asked])
    await desk.tick_at(DUE)
    assert (summarizer.asked, len(desk.telegram.sent)) == (2, 2)


async def test_what_failed_once_is_tried_again_for_the_next_digest(store: Store) -> None:
    desk = Desk(store)
    summarizer = counting(desk)
    summarizer.faults = 1
    await desk.publish(*PIPELINE)
    for chat in ("1", "2", "3"):
        await desk.subscribe(chat)
    await desk.tick_at(DUE)
    states = Counter(each.state for each in await desk.history())
    assert states == {SendState.FAILED: 1, SendState.SENT: 2}


async def test_memories_of_different_moments_that_say_the_same_share_a_briefing(
    store: Store,
) -> None:
    desk = Desk(store)
    summarizer = counting(desk)
    await desk.publish(*PIPELINE)
    channels = [await desk.subscribe(chat) for chat in ("1", "2")]
    [story] = await store.stories.for_topic("energy", Window(DUE - timedelta(days=2), DUE), limit=5)
    for seconds, channel in enumerate(channels, start=1):
        at = desk.clock() + timedelta(seconds=seconds)
        await store.told.remember(channel, [Told(story.id, PIPELINE[1], at, by_digest=True)])
    await desk.publish(*OUTAGE)
    await desk.tick_at(DUE)
    assert (summarizer.asked, len(desk.telegram.sent)) == (1, 2)


async def test_what_one_channel_was_told_is_left_out_for_it_alone(store: Store) -> None:
    desk = Desk(store)
    summarizer = counting(desk)
    await desk.publish(*PIPELINE)
    knows, _ = [await desk.subscribe(chat) for chat in ("1", "2")]
    [story] = await store.stories.for_topic("energy", Window(DUE - timedelta(days=2), DUE), limit=5)
    await store.told.remember(knows, [Told(story.id, PIPELINE[1], desk.clock(), by_digest=True)])
    await desk.tick_at(DUE)
    told = {chat: "Amberline" in text for chat, text in desk.telegram.sent}
    assert told == {"1": False, "2": True}
    assert summarizer.asked == 2


async def test_a_digest_is_in_its_channels_language_and_of_its_engine(store: Store) -> None:
    desk = Desk(store)
    async with model_desk(store, honest) as at:
        builder = BriefingBuilder(store, ExtractiveSummarizer(), at.engine)
        object.__setattr__(desk.digests.preparer.contents, "builder", builder)
        await desk.publish(*PIPELINE)
        urdu, local, _usual = [await _channel(desk, chat) for chat in ("1", "2", "3")]
        await store.channels.change(urdu, replace(urdu, language="ur"))
        await store.channels.change(local, replace(local, engine="extractive"))
        await desk.tick_at(DUE)
        asked = {"Translate into: Urdu" in each.user for each in at.server.asked}
        latest = await store.briefings.latest(local.id)

    assert len(desk.telegram.sent) == 3
    assert asked == {False, True}
    assert latest is not None
    assert latest.calls == ()


async def _channel(desk: Desk, chat: str) -> Channel:
    channel = await desk.store.channels.get(await desk.subscribe(chat))
    assert channel is not None
    return channel


async def test_a_number_means_the_channels_own_briefing(store: Store) -> None:
    desk = Desk(store)
    await desk.publish(*PIPELINE)
    channels = [await desk.subscribe(chat) for chat in ("1", "2")]
    await desk.tick_at(DUE)
    briefings = [await store.briefings.latest(each) for each in channels]
    assert all(each is not None and len(each.bullets) == 1 for each in briefings)


async def test_the_second_digest_of_a_moment_leaves_out_what_the_first_told(store: Store) -> None:
    desk = Desk(store)
    await desk.publish(*PIPELINE)
    channel = await desk.subscribe("1")
    await store.subscriptions.add(
        channel, ["energy", "security"], time(7, 30), range(7), "UTC", 5, desk.clock(), DUE
    )
    await desk.tick_at(DUE)
    assert ["Amberline" in text for _, text in desk.telegram.sent] == [True, False]
