"""A channel is managed from a private chat, by who may do so there."""

from __future__ import annotations

from itertools import chain

import pytest

from bot.models import Address, Channel, Platform, Role
from bot.store import Store
from handlers.choices import HOURS, ZONES, zone_rows
from handlers.elsewhere import is_private
from handlers.parsing.subscribe import parse_subscribe
from handlers.services import Services
from summarizer.topics.config import load_topics
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_api import BOT_ID
from tests.fakes.telegram_chats import CHATS
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import NOW
from tests.support.clock import Clock
from tests.support.whole_bot import running_bot

ALL = "All of these in one"
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
        assert told.text.startswith("Energy News: New digest: Energy")
        channel = await the_channel(services)
        (digest,) = await services.store.subscriptions.of_channel(channel.id)
        assert (f"{digest.at:%H:%M}", digest.timezone) == ("08:00", "Asia/Karachi")
        (change,) = await services.store.changes.latest(10)
        assert (change.user_id, change.role, change.command) == ("42", Role.ADMIN, "subscribe")

        tg.press("End Energy digest, 08:00", on=told)
        await tg.until(lambda: tg.sent[0].text.startswith("Energy News: End this digest: Energy?"))
        assert await services.store.subscriptions.of_channel(channel.id)
        tg.press("Yes, end this digest", on=tg.sent[0])
        await tg.until(lambda: tg.sent[0].text.startswith("Energy News: Digest ended: Energy"))
        assert not await services.store.subscriptions.of_channel(channel.id)
        tg.type("settings length short in @energy_news")
        assert (await tg.message(2)).text.startswith("Energy News: Setting changed: bullets")
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
        assert "Energy News\n\nThis chat gets no" in (await tg.message(1)).text
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


@pytest.mark.parametrize(
    ("bot", "posts", "refused"),
    [("administrator", False, ""), ("left", True, ""), ("administrator", True, "getChatMember")],
)
async def test_a_stranger_learns_no_title_of_a_private_channel(
    sqlite_store: Store, bot: str, posts: bool, refused: str
) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ):
        a_channel(tg, asker="left", bot=bot)
        tg.chats[CHANNEL].username, tg.chats[CHANNEL].bot_posts = "", posts
        if refused:
            tg.refuse(Refusal(500, "Internal Server Error"), method=refused, times=9)
        tg.type(f"/subscribe {CHANNEL} energy")
        told = (await tg.message(1)).text
        assert "Energy News" not in told
        assert told.startswith((f"I know no channel or group {CHANNEL}", "I cannot check"))


async def test_a_private_channel_is_unknown_before_it_is_not_allowed(sqlite_store: Store) -> None:
    environ = {"BRIEFBOT_CHATS": "telegram:42"}
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ, **environ):
        a_channel(tg, asker="left")
        tg.chats[CHANNEL].username = ""
        tg.type(f"/subscribe {CHANNEL} energy")
        assert (await tg.message(1)).text.startswith(f"I know no channel or group {CHANNEL}")


@pytest.mark.parametrize("public", [True, False])
async def test_an_editor_manages_a_telegram_channel(sqlite_store: Store, public: bool) -> None:
    more = {"BRIEFBOT_EDITORS": "telegram:42"}
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ, **more) as bot:
        a_channel(tg, asker="member")
        tg.chats[CHANNEL].username = "energy_news" if public else ""
        tg.type(f"/subscribe {'@energy_news' if public else CHANNEL} energy")
        assert (await tg.message(1)).text.startswith("Energy News: New digest: Energy")
        (change,) = await bot.store.changes.latest(10)
        assert change.role == Role.EDITOR


async def test_an_editor_hears_what_the_bot_lacks(sqlite_store: Store) -> None:
    more = {"BRIEFBOT_EDITORS": "telegram:42"}
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ, **more):
        a_channel(tg, asker="member")
        tg.chats[CHANNEL].bot_posts = False
        tg.type("/subscribe @energy_news energy")
        assert (await tg.message(1)).text.startswith("I may not post in Energy News")


async def test_in_a_group_the_name_of_another_chat_means_nothing(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.member(42, "administrator")
        tg.type("/subscribe @energy_news energy", kind="group")
        await tg.message(1)
        assert await services.store.channels.find(ADDRESS) is None


async def test_an_anonymous_admin_is_in_no_private_chat(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.type("/subscribe @energy_news energy", kind="supergroup", anonymous=True)
        told = (await tg.message(1)).text
        assert "I do not understand “energy_news”" in told
        assert "Energy News" not in told
        assert await services.store.channels.find(ADDRESS) is None


@pytest.mark.parametrize(
    ("chat", "person", "private"),
    [("42", "42", True), ("-42", "-42", False), ("-1000000000043", "-1000000000043", False)],
)
def test_only_a_person_has_a_private_chat(chat: str, person: str, private: bool) -> None:
    assert is_private(Address(Platform.TELEGRAM, "", chat), person) is private


async def test_who_adds_the_bot_to_a_channel_is_asked_in_private(sqlite_store: Store) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        tg.add_bot(kind="channel", status="administrator")
        asked = await tg.message(1)
        assert asked.chat == 42
        assert asked.text.startswith("Energy News: A digest every day")
        for label in ("Energy", "07:30", "Karachi 17:00"):
            await tg.until(lambda wanted=label: any(wanted in row for row in tg.sent[0].labels))  # type: ignore[misc]
            tg.press(label, on=tg.sent[0])
        await tg.until(lambda: tg.sent[0].text.startswith("Energy News: New digest"))
        channel = await the_channel(services)
        assert len(await services.store.subscriptions.of_channel(channel.id)) == 1


@pytest.mark.parametrize(
    "topic", [ALL, "Security", "A" * 32, "خ" * 32], ids=["all", "built-in", "a", "kh"]
)
async def test_no_button_of_the_setup_of_a_channel_vanishes(
    sqlite_store: Store, topic: str
) -> None:
    async with FakeTelegram() as tg, running_bot(sqlite_store, Clock(), tg.environ) as services:
        a_channel(tg)
        for number, name in enumerate(("a" * 32, "خ" * 32), 1):
            tg.type(f"/topics add {name}: flood in @energy_news")
            await tg.message(number)
        tg.type(f"/setup {CHANNEL}")
        asked = await tg.message(3)
        assert list(chain(*asked.labels)) == ["Security", "Energy", "A" + "a" * 31, "خ" * 32, ALL]
        label = next(each for each in list(chain(*asked.labels)) if each.lower() == topic.lower())
        tg.press(label, on=asked)
        await tg.until(lambda: [*HOURS, "Other time…", "‹ Back"] == list(chain(*tg.sent[2].labels)))
        tg.press("07:30", on=tg.sent[2])
        ends = ["Other city…", "‹ Back"]
        await tg.until(lambda: ends == list(chain(*tg.sent[2].labels))[len(ZONES) :])
        assert "Karachi 17:00" in chain(*tg.sent[2].labels)
        tg.press("Los Angeles 04:00", on=tg.sent[2])
        await tg.until(lambda: tg.sent[2].text.startswith("Energy News: New digest"))
        assert tg.sent[2].labels[1] == ["Add another digest", "Digests of this chat"]
        channel = await the_channel(services)
        (digest,) = await services.store.subscriptions.of_channel(channel.id)
        assert digest.timezone == "America/Los_Angeles"
        assert len(digest.topics) == (4 if topic == ALL else 1)
        assert topic == ALL or digest.topics == (topic.casefold(),)
        tg.press("Digests of this chat", on=tg.sent[2])
        await tg.until(lambda: tg.sent[2].text.startswith("Energy News: Digests"))
        about = list(chain(*tg.sent[2].labels[:2]))
        assert topic == ALL or any(each.endswith(", 07:30") for each in about)


@pytest.mark.parametrize(
    ("command", "zone"),
    [
        (button.command.removeprefix("setup "), zone)
        for button, (_, zone) in zip(
            chain(*zone_rows("setup all 07:30", NOW)[:-1]), ZONES, strict=True
        )
    ],
)
def test_each_city_of_a_button_is_read_as_its_zone(command: str, zone: str) -> None:
    assert parse_subscribe(command, load_topics()).timezone == zone


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
        assert f"{channel}: New digest: Energy" in said(told.payload)
        address = Address(Platform.SLACK, slack.workspace.team, id_)
        known = await services.store.channels.find(address)
        assert known is not None
        await slack.press("End Energy digest, 08:00", on=told)
        await slack.until(lambda: "End this digest: Energy?" in said(slack.sent[0].payload))
        await slack.press("Yes, end this digest", on=slack.sent[0])
        await slack.until(lambda: "Digest ended" in said(slack.sent[-1].payload))
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


@pytest.mark.parametrize("named", ["#board", "#G1"])
@pytest.mark.parametrize("right", ["admin", "creator", "editor"])
async def test_a_private_slack_channel_is_unknown_outside(
    sqlite_store: Store, named: str, right: str
) -> None:
    more = {"BRIEFBOT_EDITORS": "slack:U1"} if right == "editor" else {}
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ, **more):
        slack.workspace.flags["U1"] = {"is_admin": right == "admin"}
        board = slack.channels["G1"]
        board.creator = "U1" if right == "creator" else "U9"
        board.people = ("U2",)
        await slack.direct(f"subscribe {named} energy")
        assert f"I am in no channel {named}" in said((await slack.arrived(1))[-1].payload)
        board.people = ("U2", "U1")
        await slack.direct(f"subscribe {named} energy")
        assert "#board: New digest" in said((await slack.arrived(2))[-1].payload)


async def test_an_operator_manages_a_private_slack_channel_from_outside(
    sqlite_store: Store,
) -> None:
    more = {"BRIEFBOT_ADMINS": "slack:U1"}
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ, **more):
        slack.channels["G1"].people = ()
        await slack.direct("subscribe #board energy")
        assert "#board: New digest" in said((await slack.arrived(1))[-1].payload)


async def test_where_slack_does_not_say_who_is_in_a_private_channel_nobody_may(
    sqlite_store: Store,
) -> None:
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"is_admin": True}
        slack.refuse("conversations.members", "fetch_members_failed")
        await slack.direct("subscribe #board energy")
        assert "I cannot check right now" in said((await slack.arrived(1))[-1].payload)


async def test_an_editor_manages_a_slack_channel(sqlite_store: Store) -> None:
    more = {"BRIEFBOT_EDITORS": "slack:U1"}
    async with FakeSlack() as slack, running_bot(sqlite_store, Clock(), slack.environ, **more):
        await slack.direct("subscribe #energy energy")
        assert "#energy: New digest: Energy" in said((await slack.arrived(1))[-1].payload)
