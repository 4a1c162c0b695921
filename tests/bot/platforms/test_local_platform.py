"""The local chats of docs/starting.md: what is typed reaches the bot, its answers are shown."""

from __future__ import annotations

import pytest

from bot.store import Store
from tests.support.clock import Clock
from tests.support.local_platform import LocalSlack, LocalTelegram
from tests.support.waiting import until
from tests.support.whole_bot import running_bot


@pytest.mark.parametrize("kind", [LocalTelegram, LocalSlack])
async def test_what_is_typed_and_pressed_is_answered(
    kind: type[LocalTelegram | LocalSlack], sqlite_store: Store
) -> None:
    local = kind(0)
    command = "/brief " if kind is LocalSlack else "/"
    shown: list[str] = []

    def seen(words: str) -> bool:
        shown.extend(local.news())
        return any(words in each for each in shown)

    async with local.server, running_bot(sqlite_store, Clock(), local.server.environ):
        local.say(f"{command}subscribe energy at 07:30")
        await until(lambda: seen("New digest: Energy"))
        local.say("!Brief me now: Energy")
        await until(lambda: seen("No news on Energy"))
