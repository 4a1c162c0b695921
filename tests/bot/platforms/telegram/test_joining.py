"""The bot introduces itself in a group that it is added to, once."""

from __future__ import annotations

import pytest

from bot.store import Store
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_chats import CHATS
from tests.support.clock import Clock
from tests.support.whole_bot import running_bot


@pytest.mark.parametrize(("kind", "status"), [("group", "member"), ("supergroup", "administrator")])
async def test_a_group_is_greeted_once_and_a_topic_can_be_chosen(
    sqlite_store: Store, kind: str, status: str
) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        update = tg.add_bot(kind=kind, status=status)
        greeting = await tg.message(1)
        assert greeting.chat == CHATS[kind]
        assert "Welcome to briefbot" in greeting.text
        tg.again(update)
        tg.member(42, "administrator", kind=kind)
        tg.press("Energy every day", on=greeting)
        await tg.until(lambda: any("at what time?" in each.text for each in tg.sent))
        assert len(tg.sent) == 1


async def test_a_promotion_is_no_reason_to_speak(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        tg.add_bot(status="administrator", was="member")
        tg.type("/help")
        assert "Commands" in (await tg.message(1)).text
