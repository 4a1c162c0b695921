"""A withdrawn bullet: every channel that got it is told once, and it is never told again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.models import Briefing, Channel, Platform, SendState, withdrawal_of
from bot.store import Store
from bot.store.chats import withdrawals
from bot.store.chats.briefings import read_briefings
from bot.store.db.engine import Database
from bot.store.delivery import new_digests
from bot.watching import corrections as watching
from bot.watching.corrections import CorrectionWriter
from handlers.services import Services
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.clock import Clock
from tests.support.dialog import OPERATOR, Chat
from tests.support.ledger import Ledger
from tests.support.news import ARREST, STORM, stored
from tests.support.whole_bot import services_of


class Room:
    """Chats, an operator, and what corrects."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.telegram = ScriptedMessenger()
        self.ledger = Ledger(store, {Platform.TELEGRAM: self.telegram})
        self.clock: Clock = self.ledger.clock
        self.clock.now = Clock().now
        self.services: Services = services_of(store, self.clock)
        self.operator = Chat(self.services, an_address("1"), OPERATOR)

    def chat(self, name: str) -> Chat:
        return Chat(self.services, an_address(name))

    def writer(self) -> CorrectionWriter:
        return CorrectionWriter(self.store, {Platform.TELEGRAM: self.telegram}, self.clock)

    async def told(self) -> dict[str, list[str]]:
        """What each chat was sent, once corrections and the ledger have run."""
        await self.writer().write()
        for _ in range(4):
            await self.ledger.send(seconds=30)
        found: dict[str, list[str]] = {}
        for chat, text in self.telegram.sent:
            found.setdefault(chat, []).append(text)
        return found

    async def channel(self, name: str) -> Channel:
        found = await self.store.channels.find(an_address(name))
        assert found is not None
        return found


@pytest.fixture
async def room(store: Store) -> Room:
    await stored(store, STORM, ARREST)
    return Room(store)


async def test_each_chat_that_got_it_is_told_once_and_the_others_nothing(room: Room) -> None:
    for name in ("10", "11"):
        assert "40,000 homes" in await room.chat(name).say("/brief energy")
    await room.chat("12").say("/brief security")
    await room.operator.say("/brief energy")
    answer = await room.operator.say("/withdraw 1 the operator has corrected its figure")
    assert "Withdrawn: bullet 1" in answer
    assert "3 chats got it" in answer

    told = await room.told()
    assert sorted(told) == ["1", "10", "11"]
    for texts in told.values():
        (text,) = texts
        assert "⚠️ Correction" in text
        assert "40,000 homes" in text
        assert "The reason: the operator has corrected its figure" in text
    assert await room.told() == told
    assert "withdrawn before" in await room.operator.say("/withdraw 1")
    assert await room.told() == told


async def test_it_is_not_told_again_and_why_says_that_it_was_withdrawn(room: Room) -> None:
    chat = room.chat("10")
    await chat.say("/brief energy")
    await room.operator.say("/brief energy")
    await room.operator.say("/withdraw 1 wrong figure")
    assert "Withdrawn on" in (why := await chat.say("/why 1"))
    assert "wrong figure" in why
    assert "40,000" not in await chat.say("/brief energy")
    assert "40,000" not in await chat.say("/ask how many homes lost power?")
    assert "Nine arrested after attack" in await chat.say("/brief security")
    assert "wrong figure" in await room.operator.say("/withdraw")


async def test_a_copy_of_the_words_at_another_outlet_is_left_out_too(
    room: Room, store: Store
) -> None:
    await room.operator.say("/brief energy")
    await room.operator.say("/withdraw 1")
    await store.articles.add(replace(STORM, id="copy", source="Other Wire", story_id="copy"))
    assert "40,000" not in await room.chat("10").say("/brief energy")


async def test_fault_48_only_operators_withdraw(room: Room) -> None:
    chat = room.chat("10")
    await chat.say("/brief energy")
    assert "only operators" in await chat.say("/withdraw 1")
    assert await room.store.withdrawals.latest(1) == []


async def test_two_processes_and_a_crash_tell_it_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("10", "11", "12"):
        await room.chat(name).say("/brief energy")
    await room.operator.say("/brief energy")
    await room.operator.say("/withdraw 1")

    def dies(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as crash:
        crash.setattr(new_digests, "new_parts", dies)
        with pytest.raises(ZeroDivisionError):
            await room.writer().write()
    counts = await asyncio.gather(*(room.writer().write() for _ in range(3)))
    assert sum(counts) == 4
    told = await room.told()
    assert {name: len(texts) for name, texts in told.items()} == dict.fromkeys(
        ("1", "10", "11", "12"), 1
    )


async def test_quiet_hours_put_it_off_and_a_disabled_chat_hears_it_when_it_is_back(
    room: Room,
) -> None:
    quiet, gone = room.chat("10"), room.chat("11")
    for each in (quiet, gone, room.operator):
        await each.say("/brief energy")
    now = room.clock()
    until = (now + timedelta(hours=1)).time().replace(second=0, microsecond=0)
    await quiet.say(f"/settings quiet {time(now.hour):%H:%M}-{until:%H:%M}")
    channel = await room.channel("11")
    await room.store.channels.disable(channel.id, "blocked", now=now)
    await room.operator.say("/withdraw 1")
    assert sorted(await room.told()) == ["1"]
    room.clock.forward(hours=2)
    await room.store.channels.enable(channel.id)
    assert sorted(await room.told()) == ["1", "10", "11"]


async def test_a_digest_that_was_being_made_is_corrected_after_it(room: Room) -> None:
    shown = await room.operator.ask("/brief energy")
    assert shown is not None
    assert shown.briefing is not None
    await room.operator.say("/withdraw 1")
    await room.told()
    digest = await room.ledger.opened(an_address("20"))
    late = replace(shown.briefing, id="late")
    await room.store.briefings.add(late, digest.channel_id)
    assert await room.store.digests.add_parts(digest.id, late.id, ["the digest"])
    assert (await room.told())["20"][0] == "the digest"
    assert "⚠️ Correction" in (await room.told())["20"][1]
    assert len((await room.told())["20"]) == 2
    assert (await room.ledger.state(digest))[0] is SendState.SENT


async def test_chats_that_cannot_be_told_now_keep_no_others_waiting(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "AT_ONCE", 2)
    names = [f"{number}" for number in range(10, 18)]
    for name in names:
        await room.chat(name).say("/brief energy")
    await room.operator.say("/brief energy")
    await room.operator.say("/withdraw 1")
    refused = {*names[:3], *names[4:7]}
    writer = replace(room.writer(), allowed=lambda address: address.chat not in refused)
    assert await writer.write() == 3
    assert sorted(await room.told()) == ["1", *names]


async def test_a_crash_right_after_a_withdrawal_leaves_nobody_untold(room: Room) -> None:
    await room.chat("10").say("/brief energy")
    shown = await room.operator.ask("/brief energy")
    assert shown is not None
    assert shown.briefing is not None
    bullet = shown.briefing.bullets[0]
    assert await room.store.withdrawals.add(withdrawal_of(bullet, "", room.clock()))
    room.clock.forward(hours=12)
    assert sorted(await room.told()) == ["1", "10"]


async def test_looking_again_reads_new_briefings_alone_and_writes_only_new_readers(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await room.operator.ask("/brief energy")
    assert shown is not None
    assert shown.briefing is not None
    room.clock.forward(hours=2)
    await room.operator.say("/withdraw 1")
    assert sorted(await room.told()) == ["1"]
    read: list[str] = []
    written: list[object] = []
    writing = Database.writing

    async def reads(connection: AsyncConnection, ids: Sequence[str]) -> list[Briefing]:
        read.extend(ids)
        return await read_briefings(connection, ids)

    def writes(database: Database) -> AbstractAsyncContextManager[AsyncConnection]:
        written.append(database)
        return writing(database)

    with monkeypatch.context() as spies:
        spies.setattr(withdrawals, "read_briefings", reads)
        spies.setattr(Database, "writing", writes)
        assert await room.writer().write() == 0
        assert (read, written) == ([], [])
        late = replace(shown.briefing, id="late", created_at=room.clock())
        await room.store.briefings.add(late, (await room.channel("1")).id)
        written.clear()
        assert await room.writer().write() == 0
        assert (read, written) == (["late"], [])


async def test_a_digest_that_is_sent_again_is_corrected(room: Room) -> None:
    shown = await room.operator.ask("/brief energy")
    assert shown is not None
    assert shown.briefing is not None
    digest = await room.ledger.opened(an_address("20"))
    await room.store.briefings.add(replace(shown.briefing, id="old"), digest.channel_id)
    assert await room.store.digests.add_parts(digest.id, "old", ["the digest"])
    await room.store.digests.abandon(digest.channel_id, "blocked", now=room.clock())
    room.clock.forward(hours=2)
    await room.operator.say("/withdraw 1")
    assert "20" not in await room.told()
    assert await room.store.digests.send_again(digest.id, room.clock())
    assert len((await room.told())["20"]) == 2
