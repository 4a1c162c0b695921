"""A channel is managed from a private chat, by who may do so there."""

from __future__ import annotations

import pytest

from bot.models import Address, Channel, Platform, Role
from bot.store import Store
from handlers.services import Services
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import BOT_ID
from tests.fakes.telegram_chats import CHATS
from tests.support.clock import Clock
from tests.support.whole_bot import running_bot

CHANNEL = CHATS["channel"]
ADDRESS = Address(Platform.TELEGRAM, "", str(CHANNEL))


async def the_channel(services: Services) -> Channel:
    found = await services.store.channels.find(ADDRESS)
    assert found is not None
    return found


def a_channel(tg: FakeTelegram, *, asker: str = "creator", bot: str = "administrator") -> None:
    channel = tg.chats[CHANNEL]
    channel.username, channel.title = "energy_news", "Energy News"
    channel.members = {42: asker} | ({BOT_ID: bot} if bot else {})


async def test_a_telegram_channel_gets_its_digest_from_a_private_chat(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.type("/subscribe @energy_news energy at 8 in Karachi")
        told = await tg.message(1)
        assert told.chat == 42
        assert told.text.startswith("Energy News: Subscribed to Energy")
        channel = await the_channel(services)
        (digest,) = await services.store.subscriptions.of_channel(channel.id)
        assert (f"{digest.at:%H:%M}", digest.timezone) == ("08:00", "Asia/Karachi")
        (change,) = await services.store.changes.latest(10)
        assert (change.user_id, change.role, change.command) == ("42", Role.ADMIN, "subscribe")

        tg.press("End it", on=told)
        await tg.until(lambda: tg.sent[0].text.startswith("Energy News: Unsubscribed from Energy"))
        assert not await services.store.subscriptions.of_channel(channel.id)
        tg.type("settings length short in @energy_news")
        assert (await tg.message(2)).text.startswith("Energy News: Setting changed: length")
        assert (await the_channel(services)).bullets == 3


@pytest.mark.parametrize(
    ("asker", "bot", "posts", "words"),
    [
        ("member", "administrator", True, "Only admins of Energy News"),
        ("creator", "", True, "I am not in Energy News yet"),
        ("creator", "left", True, "I am not in Energy News yet"),
        ("creator", "administrator", False, "I may not post in Energy News"),
    ],
)
async def test_fault_48_who_or_what_lacks_rights_hears_it_in_words(
    sqlite_store: Store, asker: str, bot: str, posts: bool, words: str
) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg, asker=asker, bot=bot)
        tg.chats[CHANNEL].bot_posts = posts
        tg.type("/subscribe @energy_news energy")
        assert words in (await tg.message(1)).text
        tg.type("/subscriptions @energy_news")
        assert words in (await tg.message(2)).text
        assert await services.store.channels.find(ADDRESS) is None
        assert await services.store.changes.latest(10) == []


async def test_fault_50_rights_are_asked_for_each_time(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        a_channel(tg)
        tg.type("/subscriptions @energy_news")
        assert "Energy News\n\nThis chat has no" in (await tg.message(1)).text
        tg.chats[CHANNEL].members[42] = "member"
        tg.type("/subscriptions @energy_news")
        assert "Only admins" in (await tg.message(2)).text


async def test_a_channel_without_a_public_name_is_unknown_to_others(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        a_channel(tg, asker="member")
        tg.chats[CHANNEL].username = ""
        tg.type(f"/subscribe {CHANNEL} energy")
        secret = (await tg.message(1)).text
        tg.type("/subscribe -1000000000099 energy")
        unknown = (await tg.message(2)).text
        assert secret.splitlines()[0] == unknown.splitlines()[0].replace(
            "-1000000000099", str(CHANNEL)
        )


async def test_in_a_group_the_name_of_another_chat_means_nothing(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.member(42, "administrator")
        tg.type("/subscribe @energy_news energy", kind="group")
        await tg.message(1)
        assert await services.store.channels.find(ADDRESS) is None


async def test_who_adds_the_bot_to_a_channel_is_asked_in_private(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.add_bot(kind="channel", status="administrator")
        asked = await tg.message(1)
        assert asked.chat == 42
        assert asked.text.startswith("Energy News: What should I send")
        for label in ("Energy", "07:30", "Karachi"):
            await tg.until(lambda wanted=label: any(wanted in row for row in tg.sent[0].labels))  # type: ignore[misc]
            tg.press(label, on=tg.sent[0])
        await tg.until(lambda: tg.sent[0].text.startswith("Energy News: Subscribed"))
        channel = await the_channel(services)
        assert len(await services.store.subscriptions.of_channel(channel.id)) == 1


@pytest.mark.parametrize(("channel", "creator"), [("#energy", True), ("#board", True)])
async def test_a_slack_channel_gets_its_digest_from_a_direct_message(
    sqlite_store: Store, channel: str, creator: bool
) -> None:
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ) as services:
        id_ = "C1" if channel == "#energy" else "G1"
        slack.channels[id_].creator = "U1"
        await slack.direct(f"subscribe {channel} energy at 8 in Karachi")
        told = (await slack.arrived(1))[0]
        assert told.channel == "D1"
        assert f"{channel}: Subscribed to Energy" in said(told.payload)
        address = Address(Platform.SLACK, slack.workspace.team, id_)
        known = await services.store.channels.find(address)
        assert known is not None
        await slack.press("End it", on=told)
        await slack.until(lambda: "Unsubscribed" in said(slack.sent[-1].payload))
        assert not await services.store.subscriptions.of_channel(known.id)


async def test_fault_48_in_slack_too(sqlite_store: Store) -> None:
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ) as services:
        for number, (channel, words) in enumerate(
            [
                ("#energy", "Only workspace admins and the creator of #energy"),
                ("#board", "I am in no channel #board"),
                ("#random", "I am in no channel #random"),
            ],
            1,
        ):
            await slack.direct(f"subscribe {channel} energy")
            assert words in said((await slack.arrived(number))[-1].payload)
        assert await services.store.changes.latest(10) == []
