"""The whole bot: both platforms in one loop, through their SDKs, over a real database."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.app import App
from bot.briefing_builder import BriefingBuilder
from bot.errors import PlatformError
from bot.ingest.pipeline import IngestPipeline
from bot.languages import OFFERED
from bot.languages.catalogues import catalogue
from bot.models import Platform, SendState
from bot.store import Store, Unanswered
from config.settings import Settings, load_settings
from handlers.services import Services
from summarizer.extractive.engine import ExtractiveSummarizer
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.builders import a_parsed_article, an_address
from tests.support.clock import Clock
from tests.support.scorer import built_in_scorer
from tests.support.waiting import eventually

EARLY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
QUICK = {"BRIEFBOT_TICK_SECONDS": "0.05", "BRIEFBOT_REQUEST_SECONDS": "2"}


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock(EARLY)


async def news(services: Services) -> None:
    """One article on energy and one on security, an hour old."""
    intake = IngestPipeline(services.store, services.scorer)
    for title, text in (
        (
            "Marenda opens the Amberline gas pipeline",
            "Marenda opened the 640-kilometre Amberline gas pipeline on Sunday, the ministry said.",
        ),
        (
            "Insurgents attack an army base near Vesk",
            "Insurgents attacked an army base near Vesk and killed six soldiers, the army said.",
        ),
    ):
        parsed = a_parsed_article(
            title,
            text,
            url=f"https://news.example/{title.split()[0]}",
            published_at=services.clock() - timedelta(hours=1),
        )
        await intake.add(parsed, source=None, now=services.clock())


@asynccontextmanager
async def running(store: Store, settings: Settings, clock: Clock) -> AsyncIterator[Services]:
    services = Services(
        settings=settings,
        store=store,
        scorer=built_in_scorer(),
        builder=BriefingBuilder(store, ExtractiveSummarizer()),
        clock=clock,
    )
    await news(services)
    app = App(services)
    try:
        await app.start()
        yield services
    finally:
        await app.stop()


async def test_both_platforms_answer_and_each_gets_its_digest_once(
    store: Store, telegram: FakeTelegram, slack: FakeSlack, clock: Clock
) -> None:
    settings = load_settings({**QUICK, **telegram.environ, **slack.environ})
    slack.channels["C1"].creator = "U1"
    async with running(store, settings, clock):
        telegram.type("/brief energy")
        assert "Amberline" in (await telegram.message(1)).text
        telegram.type("/subscribe energy at 07:30")
        assert "First digest: Mon 23 Nov, 07:30" in (await telegram.message(2)).text
        await slack.slash("/brief", "security")
        assert "Vesk" in str((await slack.arrived(1))[0].payload)
        await slack.slash("/brief", "subscribe security at 07:30")
        assert "07:30" in str((await slack.arrived(2))[1].payload)

        clock.forward(hours=1, minutes=30)
        assert "Amberline" in (await telegram.message(3)).text
        assert "Vesk" in str((await slack.arrived(3))[2].payload)
        clock.forward(hours=1)
        telegram.type("/subscriptions")
        assert "Tue 24 Nov" in (await telegram.message(4)).text
    states = [each.state for each in await store.digests.history()]
    assert states == [SendState.SENT, SendState.SENT]
    assert len(telegram.sent) == 4
    assert len(slack.sent) == 3


async def test_two_digests_of_one_minute_are_both_reachable(
    store: Store, telegram: FakeTelegram, slack: FakeSlack, clock: Clock
) -> None:
    settings = load_settings({**QUICK, **telegram.environ, **slack.environ})
    slack.channels["C1"].creator = "U1"
    async with running(store, settings, clock):
        for number, topic in enumerate(("energy", "security"), 1):
            telegram.type(f"/subscribe {topic} at 07:30")
            await telegram.message(number)
            await slack.slash("/brief", f"subscribe {topic} at 07:30")
            await slack.arrived(number)
        clock.forward(hours=1, minutes=30)
        await slack.arrived(3)
        clock.forward(minutes=0.5)
        await telegram.message(4)
        await slack.arrived(4)
        # What has arrived is written down a moment later: nobody presses sooner, this test does.
        await eventually(partial(_sent, store, 4))
        for number, (word, digest) in enumerate(_digests(telegram.sent[2:4]), 5):
            telegram.type("/why 1", reply_to=digest.message_id)
            assert word in (await telegram.message(number)).text
        for number, (word, digest) in enumerate(_digests(slack.sent[2:4]), 5):
            await slack.mention("why 1", thread=digest.ts)
            assert word in str((await slack.arrived(number))[-1].payload)


async def _sent(store: Store, count: int) -> bool:
    """Whether that many digests, and no others, have ended as sent."""
    return [each.state for each in await store.digests.history()] == [SendState.SENT] * count


def _digests(sent: Sequence[Any]) -> list[tuple[str, Any]]:
    """Each digest with a word of its news."""
    return [("Amberline" if "Amberline" in str(each) else "Vesk", each) for each in sent]


async def test_who_asked_a_process_that_was_killed_hears_of_it_on_both_platforms(
    store: Store, telegram: FakeTelegram, slack: FakeSlack, clock: Clock
) -> None:
    settings = load_settings({**QUICK, **telegram.environ, **slack.environ})
    before = EARLY - timedelta(minutes=16)
    for address in (an_address("42"), an_address("C1", platform=Platform.SLACK, workspace="T1")):
        assert await store.inbox.claim(Unanswered("777", address, "subscribe", before), "killed")
    async with running(store, settings, clock):
        told = [(await telegram.message(1)).text, (await slack.arrived(1))[0].text]
    assert all("interrupted before I could answer your “subscribe”" in each for each in told)


async def test_unsubscribing_ends_the_digests(
    store: Store, telegram: FakeTelegram, clock: Clock
) -> None:
    settings = load_settings({**QUICK, **telegram.environ})
    async with running(store, settings, clock):
        telegram.type("/subscribe energy at 07:30")
        await telegram.message(1)
        telegram.type("/unsubscribe")
        await telegram.message(2)
        clock.forward(days=1, hours=2)
        telegram.type("/subscriptions")
        await telegram.message(3)
        assert await store.digests.history() == []


async def test_a_wrong_token_for_one_platform_does_not_stop_the_other(
    store: Store, telegram: FakeTelegram, slack: FakeSlack, clock: Clock
) -> None:
    wrong = {"SLACK_BOT_TOKEN": "xoxb-wrong"}
    settings = load_settings({**QUICK, **telegram.environ, **slack.environ, **wrong})
    async with running(store, settings, clock):
        telegram.type("/brief energy")
        assert "Amberline" in (await telegram.message(1)).text


async def test_it_says_so_when_no_platform_can_be_started(
    store: Store, telegram: FakeTelegram, clock: Clock
) -> None:
    wrong = {"TELEGRAM_BOT_TOKEN": "999:not-the-token"}
    settings = load_settings({**QUICK, **telegram.environ, **wrong})
    with pytest.raises(PlatformError, match="TELEGRAM_BOT_TOKEN"):
        async with running(store, settings, clock):
            pass


async def test_no_chat_waits_until_a_catalogue_is_read(
    sqlite_store: Store, slack: FakeSlack, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []

    def read(*given: Any, **options: Any) -> Catalog:
        readers.append(threading.current_thread())
        return read_po(*given, **options)

    monkeypatch.setattr(pofile, "read_po", read)
    catalogue.cache_clear()
    async with running(sqlite_store, load_settings({**QUICK, **slack.environ}), clock):
        assert catalogue.cache_info().currsize == len(OFFERED)
    assert len(readers) == len(OFFERED) - 1
    assert threading.main_thread() not in readers
