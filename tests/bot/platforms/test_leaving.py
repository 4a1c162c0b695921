"""The bot is removed from a chat, or its app from a workspace."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import CHATS
from tests.support.clock import Clock
from tests.support.database_text import texts_in
from tests.support.waiting import eventually
from tests.support.whole_bot import running_bot


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("private", "kicked", "the bot was blocked"),
        ("group", "kicked", "the bot was removed from this chat"),
        ("supergroup", "left", "the bot was removed from this chat"),
    ],
)
async def test_fault_52_a_block_or_removal_stops_the_digests_and_start_says_so(
    store: Store, kind: str, status: str, reason: str
) -> None:
    address = Address(Platform.TELEGRAM, "", str(CHATS[kind]))
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/subscribe energy", kind=kind, anonymous=kind != "private")
        await tg.message(1)
        tg.remove_bot(kind=kind, status=status)

        async def stopped() -> bool:
            found = await store.channels.find(address)
            return found is not None and found.disabled == reason

        await eventually(stopped)
        tg.type("/start", kind=kind)
        said = (await tg.message(2)).text
        assert f"(1 digest) have stopped: {reason}." in said
        assert "/resume" in said
        tg.type("/resume", kind=kind, anonymous=kind != "private")
        assert (await tg.message(3)).text.startswith("Digests resumed")


async def test_a_bot_that_is_let_in_again_stops_nothing(store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/subscribe energy")
        await tg.message(1)
        tg.remove_bot(kind="private", status="member")
        tg.type("/start")
        assert "stopped" not in (await tg.message(2)).text


async def test_fault_52_forget_is_asked_and_answered_on_both_platforms(
    store: Store, database_url: str
) -> None:
    async with FakeTelegram() as tg, FakeSlack() as slack:
        slack.channels["C1"].creator = "U1"
        async with running_bot(store, Clock(), {**tg.environ, **slack.environ}):
            tg.type("/subscribe energy")
            await tg.message(1)
            tg.type("/forget")
            assert "1 digest" in (await tg.message(2)).text
            tg.type("/forget yes")
            assert (await tg.message(3)).text.startswith("Erased")
            await slack.slash("/brief", "subscribe energy")
            await slack.arrived(1)
            await slack.slash("/brief", "forget")
            assert "1 digest" in str((await slack.arrived(2))[1].payload)
            await slack.slash("/brief", "forget yes")
            assert (await slack.arrived(3))[2].text.startswith("Erased")
    left = await texts_in(database_url)
    assert [each for each in ("Ada", "U1", "C1", "T1", "energy", "Private") if each in left] == []


async def test_fault_52_app_uninstalled_erases_the_workspace(
    store: Store, database_url: str
) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.channels["C1"].creator = "U1"
        await slack.slash("/brief", "subscribe energy")
        await slack.arrived(1)
        await slack.event({"type": "app_uninstalled"})

        async def erased() -> bool:
            return await store.channels.find(Address(Platform.SLACK, "T1", "C1")) is None

        await eventually(erased)
    left = await texts_in(database_url)
    assert [each for each in ("U1", "C1", "T1") if each in left] == []


async def test_fault_63_a_revoked_token_erases_and_disables_nothing(store: Store) -> None:
    more = {"BRIEFBOT_ADMINS": "telegram:5"}
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ, **more):
        slack.channels["C1"].creator = "U1"
        await slack.slash("/brief", "subscribe energy")
        await slack.arrived(1)
        with capture_logs() as logs:
            await slack.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})

            async def seen() -> bool:
                return any(each["event"] == "token revoked" for each in logs)

            await eventually(seen)
        channel = await store.channels.find(Address(Platform.SLACK, "T1", "C1"))
        assert channel is not None
        assert channel.disabled is None
