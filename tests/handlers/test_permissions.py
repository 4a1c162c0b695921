"""Who may do what, by role, command and platform."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from structlog.testing import capture_logs

from bot.models import Address, Command, Platform, Reply, Role, User
from bot.store import Store
from config.settings import load_settings
from handlers import dispatch
from handlers.commands import COMMANDS
from handlers.services import Services
from tests.support.clock import Clock
from tests.support.dialog import OPERATOR, PERSON, Chat
from tests.support.whole_bot import services_of

PLACES = {
    "telegram": Address(Platform.TELEGRAM, "", "-42"),
    "slack": Address(Platform.SLACK, "T1", "C1"),
    "terminal": Address(Platform.TERMINAL, "", "local"),
}
CHANGES = (
    "/subscribe energy 08:00",
    "/setup energy",
    "/setup energy 08:00 in Berlin",
    '/setup energy"gas"07:30 in Karachi',
    '/setup energy""07:30 in Karachi',
    '/setup energy":"7:30 in Karachi',
    '/setup energy in Karachi 8pm"daily"',
    "/unsubscribe energy",
    "/pause 7d",
    "/settings time 09:00",
    "/settings learning reset",
    "/settings zone Karachi",
    "/topics add floods: flood",
    "/topics remove floods",
    "/mute football",
    "/mute 3h",
    "/mute alerts",
    "/watch energy",
    "/unwatch",
    "/unwatch 1",
    "/follow 1",
    "/unmute football",
    "/unmute alerts",
    "/resume",
    "/forget",
    "/forget yes",
)
READING = (
    "/brief",
    "/bullets energy",
    "/help",
    "/start",
    "/setup",
    "/try",
    "/pause",
    "/stop",
    "/subscriptions",
    "/topics",
    "/settings",
    "/settings time",
    "/settings learning",
    "/mute",
    "/unmute",
    "/watch",
    "/why 1",
    "/story 1",
    "/more",
    "/like 1",
    "/dislike 1",
    "/buttons",
    "/form settings",
    "/home",
    "/trends",
    "/search storm",
    "/ask How many homes lost power?",
    "/sources",
    "/status",
)
"""Votes are of readers, who are asked for them; they move an order and end nothing."""

OPERATING = ("/sources add https://news.example/feed", "/resend 1", "/withdraw 1")
SORRY = ("Sorry, only", "Sorry, I cannot check")

ROLES = {
    "member": (PERSON, Role.MEMBER),
    "unknown": (PERSON, Role.UNKNOWN),
    "admin": (PERSON, Role.ADMIN),
    "editor": (User("77", "Eve"), Role.MEMBER),
    "operator": (OPERATOR, Role.UNKNOWN),
}


def _may(role: str, typed: str, platform: str) -> bool:
    if typed in READING:
        return True
    if typed in OPERATING:
        return role == "operator"
    return platform == "terminal" or role in {"admin", "editor", "operator"}


@pytest.fixture
def services(sqlite_store: Store) -> Services:
    """On one database: who may what is decided above the store."""
    return services_of(sqlite_store, Clock())


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands do nothing but say so: what counts is who gets as far as that."""

    async def done(_command: Command, _services: Services) -> Reply:
        return Reply.saying("done")

    stubs = {spec.name: replace(spec, handle=done) for spec in COMMANDS}
    monkeypatch.setattr(dispatch, "_BY_NAME", stubs)


def test_the_table_has_every_command() -> None:
    known = {typed.split()[0].removeprefix("/") for typed in (*CHANGES, *READING, *OPERATING)}
    assert known == {spec.name for spec in COMMANDS}


@pytest.mark.usefixtures("unserved")
@pytest.mark.parametrize(("role", "platform"), list(product(ROLES, PLACES)))
async def test_fault_48_each_role_may_do_what_the_table_says(
    services: Services, role: str, platform: str
) -> None:
    settings = load_settings(
        {"BRIEFBOT_EDITORS": "telegram:77 slack:U77", "BRIEFBOT_COMMANDS_A_MINUTE": "1000"}
    )
    user, known_as = ROLES[role]
    if platform == "slack" and role == "editor":
        user = User("U77", "Eve")
    chat = Chat(replace(services, settings=settings), PLACES[platform], user, known_as)
    for typed in (*CHANGES, *READING, *OPERATING):
        said = await chat.say(typed)
        assert (said == "done") is _may(role, typed, platform), (typed, said)
        assert said == "done" or said.startswith(SORRY)


@pytest.mark.parametrize("typed", CHANGES)
async def test_fault_48_a_refused_change_has_no_effect_and_is_logged(
    services: Services, sqlite_store: Store, typed: str
) -> None:
    admin = Chat(services, PLACES["telegram"])
    await admin.say("/topics add floods: flood")
    await admin.say("/subscribe energy security 07:00")
    before = await _state(sqlite_store)
    with capture_logs() as logs:
        said = await replace(admin, role=Role.MEMBER, user=User("8", "Bob")).say(typed)
    assert said == "Sorry, only admins of this chat can do that."
    assert await _state(sqlite_store) == before
    assert [each["user"] for each in logs if each["event"] == "command refused"] == ["8"]


async def test_a_chat_that_an_operator_opened_may_be_changed_by_everyone(
    services: Services,
) -> None:
    operator = Chat(services, PLACES["telegram"], OPERATOR, Role.MEMBER)
    member = Chat(services, PLACES["telegram"], PERSON, Role.MEMBER)
    await member.hears(("/subscribe energy", "Sorry, only admins of this chat can do that."))
    await operator.hears(("/settings who everyone", "Setting changed: who…everyone in this chat…"))
    await member.hears(
        ("/subscribe energy", "New digest: Energy…"),
        ("/settings who admins", "Sorry, only operators of this bot can change that.…"),
        ("/forget yes", "Sorry, only admins of this chat can do that."),
    )
    await operator.hears(("/settings who default", "Setting changed: who…admins of this chat…"))
    await member.hears(("/unsubscribe all", "Sorry, only admins of this chat can do that."))


async def test_admins_of_a_chat_cannot_open_it(services: Services) -> None:
    admin = Chat(services, PLACES["slack"], User("U1"), Role.ADMIN)
    await admin.hears(
        ("/settings who everyone", "Sorry, only operators of this bot can change that.…"),
        ("/settings who", "…workspace admins and the creator of this channel…"),
    )


async def test_every_change_is_in_the_audit_log_and_nothing_else(
    services: Services, sqlite_store: Store
) -> None:
    chat = Chat(services, PLACES["telegram"])
    for typed in ("/brief", "/subscribe energy 08:00", "/subscribe energy 08:00", "/subscribe x",
                  "/settings time 09:30", "/settings", "/topics add floods: flood"):  # fmt: skip
        await chat.say(typed)
    found = await sqlite_store.changes.latest(10)
    assert [(each.command, each.args) for each in reversed(found)] == [
        ("subscribe", "energy 08:00"),
        ("settings", "time 09:30"),
        ("topics", "add floods: flood"),
    ]
    assert {(each.user_id, each.user_name, each.role, each.channel) for each in found} == {
        ("7", "Ada", Role.ADMIN, "News room")
    }


async def test_admins_see_the_latest_changes_in_status_and_members_do_not(
    services: Services,
) -> None:
    admin = Chat(services, PLACES["telegram"])
    await admin.say("/subscribe energy 08:00")
    await admin.hears(("/status", "…Latest changes:…/subscribe energy 08:00 (Ada, admin)…"))
    assert "Latest changes" not in await replace(admin, role=Role.MEMBER).say("/status")


@pytest.mark.parametrize(
    ("listed", "address", "welcome"),
    [
        ("telegram:-42", PLACES["telegram"], True),
        ("telegram:-43", PLACES["telegram"], False),
        ("slack:T1", PLACES["slack"], True),
        ("slack:C1", PLACES["slack"], True),
        ("slack:T2", PLACES["slack"], False),
        ("telegram:-43", PLACES["terminal"], True),
        ("", PLACES["telegram"], True),
    ],
)
async def test_only_allow_listed_chats_are_answered(
    services: Services, listed: str, address: Address, welcome: bool
) -> None:
    settings = load_settings({"BRIEFBOT_CHATS": listed})
    chat = Chat(replace(services, settings=settings), address)
    said = await chat.say("/help")
    assert said.startswith("Commands" if welcome else "Sorry, this bot is not open to this chat.")
    if not welcome:
        assert f"{address.platform}:{address.chat}" in said


async def _state(store: Store) -> object:
    channel = await store.channels.find(PLACES["telegram"])
    assert channel is not None
    return (
        channel,
        await store.subscriptions.of_channel(channel.id),
        await store.topics.of_channel(channel.id),
        await store.mutes.of_channel(channel.id),
        await store.watches.of_channel(channel.id),
    )
