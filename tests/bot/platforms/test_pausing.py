"""A paused chat gets no digest, on either platform, and the next one after it is resumed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.app import adapters, digests_for
from bot.models import Address, Platform, SendState
from bot.store import Store
from handlers import dispatch
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.clock import Clock
from tests.support.dialog import Chat
from tests.support.news import stored
from tests.support.whole_bot import services_of


async def paused_and_resumed(
    store: Store, server: FakeTelegram | FakeSlack, environ: Mapping[str, str], address: Address
) -> None:
    await stored(store)
    clock = Clock()
    services = services_of(store, clock, **environ)
    [adapter] = adapters(services, lambda command: dispatch.answer(services, command))
    chat = Chat(services, address)
    await adapter.start()
    try:
        digests = digests_for(services, {Platform(adapter.name): adapter})
        await chat.hears(
            ("/subscribe energy at 12:30", "New digest…"), ("/pause until tomorrow", "…paused…")
        )
        clock.forward(minutes=30)
        await digests.tick()
        [skipped] = await store.digests.history()
        assert (skipped.state, skipped.reason) == (SendState.SKIPPED, "paused")
        assert not server.sent
        await chat.hears(("/resume", "Digests resumed…"))
        clock.now += timedelta(days=1)
        await digests.tick()
        assert len(server.sent) == 1
        latest, _ = await store.digests.history()
        assert latest.state is SendState.SENT
    finally:
        await adapter.stop()


async def test_a_paused_digest_is_skipped_on_telegram(store: Store) -> None:
    async with FakeTelegram() as tg:
        tg.chat(42)
        address = Address(Platform.TELEGRAM, "", "42")
        await paused_and_resumed(store, tg, tg.environ, address)


async def test_a_paused_digest_is_skipped_on_slack(store: Store) -> None:
    async with FakeSlack() as slack:
        address = Address(Platform.SLACK, "T1", "C1")
        await paused_and_resumed(store, slack, slack.environ, address)
