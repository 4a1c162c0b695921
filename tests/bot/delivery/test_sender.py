from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.briefing_builder import BriefingBuilder
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.limits import limits_of
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.outcomes import Outcomes, Policy, retry_pause
from bot.delivery.recovery import Recovery
from bot.delivery.sender import Sender
from bot.digests.contents import Contents
from bot.digests.due import open_due
from bot.digests.prepare import Preparer
from bot.digests.service import Digests
from bot.digests.weekly_picture import WeeklyPictures
from bot.errors import DeliveryError
from bot.ingest.pipeline import IngestPipeline
from bot.models import Delivery, Digest, Platform, Receipt, SendState
from bot.store import Lane, Limits, Store
from bot.store.delivery.digest_close import outcome
from bot.trends.counting import TrendCounter
from summarizer.extractive.engine import ExtractiveSummarizer
from summarizer.topics.config import load_topics
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import a_parsed_article, an_address
from tests.support.clock import Clock
from tests.support.scorer import built_in_scorer
from tests.support.store_desk import claim_all

DUE = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
LIMIT = timedelta(hours=6)
SETTLE = timedelta(minutes=1)
ALL_DAYS = frozenset(range(7))


async def no_sleep(_seconds: float) -> None:
    """Slots come at once: the tests hold the clock."""


class Desk:
    """A store, a clock, a platform and the digests between them."""

    def __init__(
        self,
        store: Store,
        *,
        parts: int = 1,
        traceable: bool = False,
        policy: Policy | None = None,
        platform: Platform = Platform.TELEGRAM,
        limits: Callable[[Lane], Limits] = limits_of,
    ) -> None:
        self.store = store
        self.clock = Clock(DUE - timedelta(hours=1))
        self.telegram = ScriptedMessenger(parts=parts, traceable=traceable)
        messengers = {platform: self.telegram}
        builder = BriefingBuilder(store, ExtractiveSummarizer())
        topics = {topic.name: topic for topic in load_topics()}
        self.policy = policy or Policy(LIMIT, SETTLE)
        self.operator = ScriptedMessenger()
        notices = NoticeWriter(
            store,
            {Platform.SLACK: self.operator},
            [an_address("U1", platform=Platform.SLACK)],
            self.clock,
        )
        outcomes = Outcomes(
            store,
            self.clock,
            self.policy,
            notices,
            Installations(store, messengers, notices, self.clock),
        )
        sender = Sender(outcomes, messengers, no_sleep)
        contents = Contents(store, builder, topics)
        lanes = Dispatcher(store, sender, self.clock, limits=limits, sleep=no_sleep)
        self.charts = WeeklyPictures(store, contents, TrendCounter(store), self.clock, "en")
        lanes.pictures.make = self.charts.payload
        self.digests = Digests(
            store,
            Preparer(
                store,
                contents,
                messengers,
                LIMIT,
                self.clock,
                notices,
            ),
            Recovery(outcomes, messengers),
            lanes,
            notices,
            self.clock,
            LIMIT,
        )

    async def subscribe(self, chat: str, platform: Platform = Platform.TELEGRAM) -> int:
        address = an_address(chat, platform=platform)
        channel = await self.store.channels.ensure(address, title="", timezone="UTC")
        await self.store.subscriptions.add(
            channel.id, ["energy"], time(7, 30), ALL_DAYS, "UTC", 5, self.clock(), DUE
        )
        return channel.id

    async def publish(self, title: str, text: str, url: str) -> None:
        parsed = a_parsed_article(
            title, text, url=url, published_at=self.clock() - timedelta(hours=1)
        )
        scorer = built_in_scorer()
        await IngestPipeline(self.store, scorer).add(parsed, source=None, now=self.clock())

    async def tick_at(self, now: datetime) -> None:
        self.clock.now = now
        await self.digests.tick()

    async def history(self) -> list[Digest]:
        return await self.store.digests.history()


PIPELINE = (
    "Marenda opens the Amberline gas pipeline",
    "Marenda opened the 640-kilometre Amberline gas pipeline on Sunday, the energy ministry said.",
    "https://news.example/amberline",
)
OUTAGE = (
    "Power outage in Tolvar leaves 40,000 homes dark",
    "A power outage left 40,000 homes in Tolvar without electricity on Monday, the grid said.",
    "https://news.example/tolvar",
)


async def test_a_due_digest_arrives_once(store: Store) -> None:
    desk = Desk(store)
    await desk.publish(*PIPELINE)
    await desk.subscribe("1")
    await desk.tick_at(DUE - timedelta(seconds=1))
    assert desk.telegram.sent == []
    for minutes in (0, 1, 60):
        await desk.tick_at(DUE + timedelta(minutes=minutes))
    assert len(desk.telegram.sent) == 1
    assert "Amberline" in desk.telegram.sent[0][1]
    assert [each.state for each in await desk.history()] == [SendState.SENT]


async def test_the_next_day_does_not_repeat_what_was_told(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    await desk.publish(*PIPELINE)
    await desk.tick_at(DUE)
    desk.clock.forward(hours=12)
    await desk.publish(*OUTAGE)
    await desk.tick_at(DUE + timedelta(days=1))
    first, second = (text for _, text in desk.telegram.sent)
    assert "Amberline" in first
    assert "Tolvar" in second
    assert "Amberline" not in second


async def test_an_article_that_comes_in_late_is_not_lost(store: Store) -> None:
    """Published before the first digest, fetched after it."""
    desk = Desk(store)
    await desk.subscribe("1")
    await desk.publish(*PIPELINE)
    await desk.tick_at(DUE)
    desk.clock.forward(minutes=5)
    await desk.publish(*OUTAGE)
    await desk.tick_at(DUE + timedelta(days=1))
    await desk.tick_at(DUE + timedelta(days=2))
    _, second, third = (text for _, text in desk.telegram.sent)
    assert "Tolvar" in second
    assert "Amberline" not in second
    assert "nothing new" in third


async def test_a_day_without_news_is_told_too(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    await desk.tick_at(DUE)
    assert "nothing new" in desk.telegram.sent[0][1]


async def test_parts_arrive_in_order(store: Store) -> None:
    desk = Desk(store, parts=3)
    await desk.subscribe("1")
    await desk.tick_at(DUE)
    assert [text[-3:] for _, text in desk.telegram.sent] == ["(1)", "(2)", "(3)"]


async def test_a_permanent_error_disables_the_channel_and_fails_the_rest(store: Store) -> None:
    desk = Desk(store, parts=3)
    channel_id = await desk.subscribe("1")
    desk.telegram.faults.append(DeliveryError("bot was blocked by the user", permanent=True))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE + timedelta(days=1))
    assert desk.telegram.tried == ["1"]
    channel = await store.channels.get(channel_id)
    assert channel is not None
    assert channel.disabled == "bot was blocked by the user"
    states = {each.local_date.day: each.state for each in await desk.history()}
    assert states == {23: SendState.FAILED}


async def test_an_uncertain_send_is_not_repeated(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    desk.telegram.faults.append(DeliveryError("no answer came", uncertain=True))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE + timedelta(hours=1))
    assert desk.telegram.tried == ["1"]
    (digest,) = await desk.history()
    assert (digest.state, digest.reason) == (SendState.UNCERTAIN, "no answer came")


async def test_a_pause_that_the_platform_asks_for_is_kept_and_holds_up_nobody_else(
    store: Store,
) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    await desk.subscribe("2")
    desk.telegram.faults.append(DeliveryError("too many requests", retry_after=30))
    await desk.tick_at(DUE)
    assert len(desk.telegram.sent) == 1
    await desk.tick_at(DUE + timedelta(seconds=29))
    assert len(desk.telegram.sent) == 1
    await desk.tick_at(DUE + timedelta(seconds=30))
    assert sorted(chat for chat, _ in desk.telegram.sent) == ["1", "2"]


async def test_a_safe_error_is_tried_again_and_given_up_at_last(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("1")
    desk.telegram.faults.extend(DeliveryError("connection refused") for _ in range(3))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE + timedelta(hours=1))
    await desk.tick_at(DUE + timedelta(hours=7))
    assert desk.telegram.sent == []
    (digest,) = await desk.history()
    assert (digest.state, digest.reason) == (SendState.FAILED, "connection refused")


async def test_a_platform_that_does_not_run_skips_with_a_reason_in_the_end(store: Store) -> None:
    desk = Desk(store)
    await desk.subscribe("C1", Platform.SLACK)
    await desk.tick_at(DUE)
    assert [each.state for each in await desk.history()] == [SendState.PENDING]
    await desk.tick_at(DUE + timedelta(hours=7))
    (digest,) = await desk.history()
    assert (digest.state, digest.reason) == (SendState.SKIPPED, "slack is not running")


async def crash_while_sending(desk: Desk) -> Delivery:
    """Claim the due digest's only part and never come back to it."""
    await desk.subscribe("1")
    await open_due(desk.store, DUE, LIMIT)
    await desk.digests.preparer.prepare_pending(DUE)
    (claimed,) = await claim_all(desk.store, DUE)
    return claimed


async def test_fault_02_what_a_crash_left_half_sent_is_uncertain_where_nobody_can_look(
    store: Store,
) -> None:
    desk = Desk(store)
    await crash_while_sending(desk)
    await desk.tick_at(DUE + timedelta(minutes=2))
    assert [each.state for each in await desk.history()] == [SendState.UNCERTAIN]
    assert desk.telegram.tried == []


async def test_fault_03_what_had_arrived_before_the_crash_is_not_sent_again(store: Store) -> None:
    desk = Desk(store, traceable=True)
    claimed = await crash_while_sending(desk)
    desk.telegram.found[claimed.id] = Receipt("m1")
    await desk.tick_at(DUE + timedelta(minutes=2))
    assert [each.state for each in await desk.history()] == [SendState.SENT]
    assert desk.telegram.tried == []


async def test_a_process_without_the_platform_leaves_its_digests_alone(store: Store) -> None:
    """A terminal chat beside the running bot, or one process a platform."""
    desk, beside = Desk(store, traceable=True), Desk(store, platform=Platform.TERMINAL)
    claimed = await crash_while_sending(desk)
    await desk.subscribe("2")
    await beside.tick_at(DUE + timedelta(minutes=2))
    states = {each.state for each in await desk.history()}
    assert states == {SendState.SENDING, SendState.PENDING}
    desk.telegram.found[claimed.id] = Receipt("m1")
    await desk.tick_at(DUE + timedelta(minutes=3))
    assert {each.state for each in await desk.history()} == {SendState.SENT}
    assert [chat for chat, _ in desk.telegram.sent] == ["2"]


async def test_fault_04_a_lost_answer_is_looked_up_and_what_is_missing_sent(store: Store) -> None:
    desk = Desk(store, traceable=True)
    await desk.subscribe("1")
    desk.telegram.faults.append(DeliveryError("no answer came", uncertain=True))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE + timedelta(minutes=2))
    assert len(desk.telegram.sent) == 1
    assert [each.state for each in await desk.history()] == [SendState.SENT]


async def test_fault_05_nothing_is_looked_up_before_the_platform_has_had_its_time(
    store: Store,
) -> None:
    desk = Desk(store, traceable=True)
    await desk.subscribe("1")
    desk.telegram.faults.append(DeliveryError("no answer came", uncertain=True))
    await desk.tick_at(DUE)
    await desk.tick_at(DUE + timedelta(seconds=59))
    assert desk.telegram.sent == []
    assert [each.state for each in await desk.history()] == [SendState.SENDING]


@pytest.mark.parametrize(
    ("attempts", "retry_after", "seconds"),
    [(1, None, 5), (2, None, 10), (4, None, 40), (90, None, 900), (1, 30.0, 30), (9, 1.5, 1.5)],
)
def test_pauses_double_unless_the_platform_says(
    attempts: int, retry_after: float | None, seconds: float
) -> None:
    assert retry_pause(attempts, retry_after) == timedelta(seconds=seconds)


def test_a_digest_is_as_good_as_its_worst_part() -> None:
    sent, failed, uncertain = SendState.SENT, SendState.FAILED, SendState.UNCERTAIN
    assert outcome([sent, sent]) is sent
    assert outcome([sent, uncertain]) is uncertain
    assert outcome([uncertain, failed, sent]) is failed
