"""What N means: the briefing that was replied to, else the latest one, which is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.support.builders import ago
from tests.support.clock import Clock
from tests.support.news import ARREST, STORM, stored
from tests.support.waiting import eventually
from tests.support.whole_bot import running_bot

SOLDIERS = "Nine arrested after attack"
HOMES = "40,000 homes"


async def test_in_telegram_n_is_of_the_message_that_was_replied_to(store: Store) -> None:
    await stored(store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/brief security", kind="group")
        security = await tg.message(1)
        tg.type("/brief energy", kind="group")
        energy = await tg.message(2)

        tg.type("/why 1", kind="group", reply_to=security.message_id)
        proof = await tg.message(3)
        assert SOLDIERS in proof.text
        assert "bullet 1 of the briefing of Mon 23 Nov, 12:00, on Security." in proof.text
        tg.type("/why 1", kind="group", reply_to=energy.message_id)
        assert HOMES in (await tg.message(4)).text
        tg.type("/why 1", kind="group")
        latest = (await tg.message(5)).text
        assert HOMES in latest
        assert "of the briefing of Mon 23 Nov, 12:00, on Energy." in latest
        tg.type("/story 1", kind="group", reply_to=proof.message_id)
        assert ARREST.title in (await tg.message(6)).text


async def test_in_slack_n_is_of_the_thread_that_it_was_typed_in(store: Store) -> None:
    await stored(store, STORM, ARREST)
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        await slack.slash("/brief", "security")
        security = (await slack.arrived(1))[0]
        await slack.mention("energy")
        await slack.arrived(2)

        await slack.mention("why 1", thread=security.ts)
        proof = (await slack.arrived(3))[2]
        assert SOLDIERS in str(proof.payload)
        assert proof.thread == security.ts
        await slack.mention("why 1")
        assert HOMES in str((await slack.arrived(4))[3].payload)
        await slack.mention("energy", thread="77.0")
        await slack.mention("security", thread="88.0")
        await slack.arrived(6)
        await slack.mention("why 1", thread="77.0")
        assert HOMES in str((await slack.arrived(7))[6].payload)
        await slack.mention("story 1", thread="88.0")
        assert ARREST.title in str((await slack.arrived(8))[7].payload)


async def test_a_wrong_number_names_the_briefing_that_was_meant(store: Store) -> None:
    await stored(store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/brief security")
        security = await tg.message(1)
        tg.type("/brief all")
        await tg.message(2)
        tg.type("/why 2", reply_to=security.message_id)
        assert "That briefing has one bullet" in (await tg.message(3)).text
        tg.type("/why 2")
        assert HOMES in (await tg.message(4)).text


async def test_a_reply_to_another_message_means_the_latest_briefing(store: Store) -> None:
    await stored(store, STORM)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/brief energy")
        await tg.message(1)
        tg.type("/why 1", reply_to=5)
        assert "of the briefing of Mon 23 Nov, 12:00, on Energy." in (await tg.message(2)).text


async def test_a_message_of_another_chat_is_not_found(store: Store) -> None:
    await stored(store, STORM, ARREST)
    async with FakeTelegram() as tg, running_bot(store, Clock(), tg.environ):
        tg.type("/brief security", kind="group")
        foreign = await tg.message(1)
        tg.type("/brief energy")
        await tg.message(2)
        tg.type("/why 1", reply_to=foreign.message_id)
        assert HOMES in (await tg.message(3)).text


async def test_numbers_are_remembered_for_thirty_days(store: Store) -> None:
    await stored(store, replace(STORM, published_at=ago(hours=1)))
    clock = Clock()
    address = Address(Platform.TELEGRAM, "", "42")
    async with FakeTelegram() as tg, running_bot(store, clock, tg.environ):
        tg.type("/brief energy")
        first = await tg.message(1)
        channel = await store.channels.find(address)
        assert channel is not None

        async def kept() -> bool:
            return await store.briefing_messages.find(channel.id, str(first.message_id)) is not None

        async def known(later: timedelta) -> bool:
            now = clock() + later
            await store.briefing_messages.add(address, "9", await _any(store, channel.id), now=now)
            return await kept()

        await eventually(kept)
        assert await known(timedelta(days=29, hours=23))
        assert not await known(timedelta(days=30, hours=1))


async def _any(store: Store, channel_id: int) -> str:
    briefing = await store.briefings.latest(channel_id)
    assert briefing is not None
    return briefing.id
