"""An alert through the SDKs' network code: it arrives, explains itself, is followed at a tap."""

from __future__ import annotations

from functools import partial

from bot.app import adapters, digests_for, watching_for
from bot.ingest.pipeline import IngestPipeline
from bot.models import Address, Platform
from bot.store import Store
from bot.watching.service import Watching
from handlers import dispatch
from handlers.permissions import FindRole
from handlers.services import Services
from tests.bot.watching.test_alerts import SEIZED
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.telegram import FakeTelegram
from tests.support.builders import a_parsed_article
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.whole_bot import services_of


class Desk:
    """The adapter of one platform, and the loops of digests and alerts beside it."""

    def __init__(self, store: Store, **environ: str) -> None:
        self.clock = Clock()
        self.services: Services = services_of(store, self.clock, **environ)
        roles: dict[Platform, FindRole] = {}
        [self.adapter] = adapters(
            self.services, partial(dispatch.answer, self.services, roles=roles)
        )
        roles[Platform(self.adapter.name)] = self.adapter.role_of
        running = {Platform(self.adapter.name): self.adapter}
        self.digests = digests_for(self.services, running)
        self.watching: Watching = watching_for(self.services, running, self.digests)

    async def arrives(self, title: str, text: str, url: str) -> None:
        self.clock.forward(seconds=10)
        article = a_parsed_article(title, text, url=url, published_at=self.clock())
        pipeline = IngestPipeline(self.services.store, self.services.scorer)
        await pipeline.add(article, source=None, now=self.clock())
        await self.watching.tick()
        await self.digests.tick()


async def test_an_alert_is_pressed_in_telegram(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg:
        tg.chat(42)
        desk = Desk(sqlite_store, **tg.environ)
        await desk.adapter.start()
        try:
            chat = Chat(desk.services, Address(Platform.TELEGRAM, "", "42"))
            await chat.say('/watch "strait of karsova"')
            await desk.watching.tick()
            await desk.arrives(*SEIZED)
            [alert] = tg.sent
            assert alert.text.startswith("🔔 New: “strait of karsova”\n\n1. Tanker seized")
            assert alert.labels == [
                ["Proof", "Story so far"],
                ["🔔 Alert here when this changes"],
                ["No alerts for 8 hours", "Alerts of this chat"],
            ]
            tg.press("Proof", on=alert)
            assert "Proof of bullet 1" in (await tg.message(2)).text
            query = tg.press("🔔 Alert here when this changes", on=alert)
            told = (await tg.notice(query)).text or (await tg.message(3)).text  # late: a message
            assert "each change of" in told
        finally:
            await desk.adapter.stop()


async def test_an_alert_is_pressed_in_slack(sqlite_store: Store) -> None:
    async with FakeSlack() as slack:
        slack.channels["C1"].creator = "U1"
        desk = Desk(sqlite_store, **slack.environ)
        await desk.adapter.start()
        try:
            chat = Chat(desk.services, Address(Platform.SLACK, "T1", "C1"))
            await chat.say('/watch "strait of karsova"')
            await desk.watching.tick()
            await desk.arrives(*SEIZED)
            [alert] = slack.sent
            assert "🔔 New: “strait of karsova”" in said(alert.payload)
            assert "Tanker seized in the Strait of Karsova" in said(alert.payload)
            await slack.press("Proof", on=alert)
            assert "Proof of bullet 1" in said((await slack.arrived(2))[-1].payload)
            await slack.press("Alerts of this chat", on=alert)
            await slack.until(
                lambda: any("Alerts of this chat" in said(each.payload) for each in slack.sent)
            )
        finally:
            await desk.adapter.stop()
