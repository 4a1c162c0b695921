"""Alerts: new stories that a chat watches for, and changes of stories that it follows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digests.quiet import QuietHours
from bot.models import Channel, FilterTerm, NewsFilter, Platform, SendState
from bot.store import Store
from bot.store.articles.story_placement import StoryPlacement
from bot.watching.alerts import AlertWriter
from bot.watching.arrivals import ArrivalMatcher
from bot.watching.corrections import CorrectionWriter
from bot.watching.service import Watching
from summarizer.topics.config import load_topics
from tests.bot.delivery.test_sender import Desk
from tests.support.builders import an_address, an_article

NIGHT = QuietHours(time(22), time(7))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STRAIT = NewsFilter((FilterTerm("strait of karsova"),))

SEIZED = (
    "Tanker seized in the Strait of Karsova",
    "Marines seized the tanker Aurelia in the Strait of Karsova on Monday, the coast guard said.",
    "https://news.example/aurelia",
)
FREED = (
    "Tanker seized in the Strait of Karsova is freed",
    (
        "The tanker Aurelia, seized in the Strait of Karsova, was freed on Monday after a payment "
        "of 4 million dollars, the coast guard said."
    ),
    "https://other.example/aurelia-freed",
)
FERRIES = (
    "Storm stops all ferries between Norrland and Sudhaven",
    (
        "A storm with winds of 130 kilometres an hour stopped all 14 ferries across the Strait of "
        "Karsova on Friday; two passengers were hurt, the operator Norlink said."
    ),
    "https://news.example/ferries",
)


class WatchDesk(Desk):
    """A desk whose chats watch and follow as well."""

    def __init__(self, store: Store, *, a_day: int = 5) -> None:
        super().__init__(store)
        self.clock.now = NOON
        topics = {topic.name: topic for topic in load_topics()}
        writer = AlertWriter(
            store,
            self.digests.preparer.contents.builder,
            topics,
            {Platform.TELEGRAM: self.telegram},
            a_day,
            NIGHT,
        )
        corrections = CorrectionWriter(store, {Platform.TELEGRAM: self.telegram}, self.clock)
        self.watching = Watching(
            store, ArrivalMatcher(store, topics), writer, self.clock, corrections
        )
        self.digests.lanes.postpone_by(self.watching.held_until)

    async def watch(
        self, chat: str = "1", given: NewsFilter = STRAIT, *, zone: str = "UTC"
    ) -> Channel:
        channel = await self.store.channels.ensure(an_address(chat), title="", timezone=zone)
        await self.store.watches.add(channel.id, (), given, self.clock())
        await self.watching.tick()
        return channel

    async def arrives(self, title: str, text: str, url: str) -> None:
        """An article arrives, and ten seconds pass."""
        await self.publish(title, text, url)
        await self.tick(seconds=10)

    async def tick(self, **later: float) -> None:
        self.clock.forward(**later)
        await self.watching.tick()
        await self.digests.tick()


async def test_a_new_story_is_told_at_once_and_once(store: Store) -> None:
    desk = WatchDesk(store)
    channel = await desk.watch()
    await desk.arrives(*SEIZED)
    [(chat, text)] = desk.telegram.sent
    assert chat == "1"
    assert "Tanker seized in the Strait of Karsova (1)" in text
    for _ in range(3):
        await desk.tick(hours=1)
    assert len(desk.telegram.sent) == 1
    [digest] = await store.digests.history(channel.id)
    assert (digest.state, digest.subscription_id) == (SendState.SENT, None)
    briefing = await store.briefings.latest(channel.id)
    assert briefing is not None
    [bullet] = briefing.bullets
    assert bullet.citations


async def test_a_later_article_of_the_same_story_is_no_second_alert(store: Store) -> None:
    desk = WatchDesk(store)
    await desk.watch()
    await desk.arrives(*SEIZED)
    await desk.arrives(*FREED)
    assert len(desk.telegram.sent) == 1
    await desk.arrives(*FERRIES)
    assert len(desk.telegram.sent) == 2
    assert "ferries" in desk.telegram.sent[1][1]


async def test_what_was_there_before_the_watch_is_not_told(store: Store) -> None:
    desk = WatchDesk(store)
    await desk.publish(*SEIZED)
    desk.clock.forward(minutes=1)
    await desk.watch()
    await desk.arrives(*FREED)
    assert desk.telegram.sent == []


async def test_a_digest_does_not_repeat_an_alert_nor_an_alert_a_digest(store: Store) -> None:
    desk = WatchDesk(store)
    channel = await desk.watch(given=NewsFilter((FilterTerm("Iran", "IR"),)))
    await desk.arrives(
        "Iranian refinery stops after a fire",
        "A fire stopped the refinery in Abadan in Iran on Monday, the oil ministry said.",
        "https://news.example/abadan",
    )
    assert len(desk.telegram.sent) == 1
    due = desk.clock() + timedelta(minutes=5)
    await store.subscriptions.add(
        channel.id, ["energy"], time(12, 5), range(7), "UTC", 5, desk.clock(), due
    )
    await desk.tick_at(due)
    assert "nothing new" in desk.telegram.sent[1][1]


async def test_no_alert_comes_at_night_and_the_nights_come_in_the_morning(store: Store) -> None:
    desk = WatchDesk(store)
    await desk.watch(zone="Asia/Karachi")
    desk.clock.now = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # 23:00 in Karachi
    await desk.arrives(*SEIZED)
    await desk.tick(hours=7)
    assert desk.telegram.sent == []
    await desk.tick(hours=1, minutes=1)  # 07:01 in Karachi
    assert len(desk.telegram.sent) == 1


async def test_an_alert_that_an_outage_moved_into_the_night_waits(store: Store) -> None:
    desk = WatchDesk(store)
    await desk.watch()
    desk.clock.now = datetime(2026, 11, 23, 21, 59, 45, tzinfo=UTC)
    await desk.publish(*SEIZED)
    await desk.watching.tick()
    desk.clock.forward(minutes=1)
    await desk.digests.tick()
    assert desk.telegram.sent == []


async def test_quiet_hours_of_the_chat_replace_those_of_the_night(store: Store) -> None:
    desk = WatchDesk(store)
    channel = await desk.watch()
    desk.clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    after = replace(channel, quiet_from=time(), quiet_until=time())
    await store.channels.change(channel, after)
    await desk.arrives(*SEIZED)
    assert len(desk.telegram.sent) == 1


async def test_a_chat_may_be_paused_muted_or_want_none(store: Store) -> None:
    desk = WatchDesk(store)
    later = NOON + timedelta(hours=3)
    for number, change in enumerate(
        ({"paused_until": later}, {"alerts_muted_until": later}, {"alerts_a_day": 0}), 1
    ):
        channel = await desk.watch(str(number))
        await store.channels.change(channel, replace(channel, **change))  # type: ignore[arg-type]
    await desk.watch("9")
    await desk.arrives(*SEIZED)
    await desk.tick(hours=4)
    assert [chat for chat, _ in desk.telegram.sent] == ["9"]


async def test_an_opinion_is_no_alert_until_there_is_news(store: Store) -> None:
    desk = WatchDesk(store)
    await desk.watch()
    await desk.arrives(
        "Opinion: what the Strait of Karsova teaches us about trade",
        "I have often wondered what the Strait of Karsova means to us. We should think about it.",
        "https://news.example/opinion",
    )
    assert desk.telegram.sent == []


async def test_a_followed_story_is_told_once_for_each_change(store: Store) -> None:
    desk = WatchDesk(store)
    channel = await desk.watch()
    await desk.arrives(*SEIZED)
    briefing = await store.briefings.latest(channel.id)
    assert briefing is not None
    [bullet] = briefing.bullets
    now = desk.clock()
    await store.watches.follow(channel.id, bullet.story_id, "Tanker", bullet.text, now, now)
    await desk.tick(minutes=5)
    await desk.arrives(*FREED)
    [_, (_, text)] = desk.telegram.sent
    assert "4 million dollars" in text
    assert "Changed: Tanker" in text
    for _ in range(3):
        await desk.tick(minutes=30)
    again = (FREED[0], FREED[1], "https://third.example/aurelia-free")
    await desk.arrives(*again)
    assert len(desk.telegram.sent) == 2


async def test_a_thousand_stories_keep_to_the_day_the_night_and_once(sqlite_store: Store) -> None:
    desk = WatchDesk(sqlite_store, a_day=3)
    zones = {"1": "UTC", "2": "Asia/Karachi", "3": "America/New_York"}
    for chat, zone in zones.items():
        await desk.watch(chat, zone=zone)
    sent: list[tuple[str, datetime]] = []
    for step in range(34):
        desk.clock.now = NOON + timedelta(hours=3 * step)
        await sqlite_store.articles.add_many(
            [
                (
                    an_article(
                        f"Navy finds mine number {number} in the Strait of Karsova",
                        f"The navy found mine number {number} in the Strait of Karsova on Monday, "
                        "the defence ministry said.",
                        published_at=desk.clock(),
                        fetched_at=desk.clock(),
                    ),
                    StoryPlacement(f"s{number}", f"Mine {number}"),
                )
                for number in range(30 * step, 30 * step + 30)
            ]
        )
        before = len(desk.telegram.sent)
        await desk.watching.tick()
        await desk.digests.lanes.send_ready()
        sent += [(chat, desk.clock()) for chat, _ in desk.telegram.sent[before:]]
    local = [(chat, at.astimezone(ZoneInfo(zones[chat]))) for chat, at in sent]
    a_day = Counter((chat, at.date()) for chat, at in local)
    assert max(a_day.values()) == 3
    assert len(a_day) >= 3 * 4
    assert all(7 <= at.hour < 22 for _, at in local)
    texts = Counter(desk.telegram.sent)
    assert max(texts.values()) == 1
