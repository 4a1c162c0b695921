"""Who may change a Slack channel, through the SDK's own network code."""

from __future__ import annotations

from typing import Any

import pytest

from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.support.clock import Clock
from tests.support.engines import SQLITE_ALONE
from tests.support.whole_bot import running_bot

pytestmark = SQLITE_ALONE

REFUSED = "Sorry, only workspace admins and the creator of this channel can do that."
UNKNOWN = "Sorry, I cannot check right now whether you are an admin here."


def _told(text: str) -> bool:
    return text.startswith("New digest: Energy")


@pytest.mark.parametrize(
    ("flags", "may"),
    [
        ({}, False),
        ({"is_admin": True}, True),
        ({"is_owner": True}, True),
        ({"is_primary_owner": True}, True),
        ({"is_restricted": True}, False),
        ({"is_ultra_restricted": True}, False),
        ({"is_admin": True, "deleted": True}, False),
        ({"is_admin": True, "team_id": "T2"}, False),
        ({"is_admin": True, "is_stranger": True}, False),
        ({"is_admin": True, "team_id": "E1", "enterprise_user": {"teams": ["T1"]}}, True),
    ],
)
async def test_fault_48_only_admins_of_the_workspace_change_a_channel(
    store: Store, flags: dict[str, Any], may: bool
) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = flags
        await slack.slash("/brief", "subscribe energy")
        assert _told((await slack.arrived(1))[0].text) is may


@pytest.mark.parametrize(("flags", "may"), [({}, True), ({"is_restricted": True}, False)])
async def test_fault_48_the_creator_of_a_channel_may_unless_a_guest(
    store: Store, flags: dict[str, Any], may: bool
) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.channels["C1"].creator = "U1"
        slack.workspace.flags["U1"] = flags
        await slack.mention("subscribe energy")
        assert _told((await slack.arrived(1))[0].text) is may


@pytest.mark.parametrize("setting", ["BRIEFBOT_EDITORS", "BRIEFBOT_ADMINS"])
async def test_fault_48_allow_listed_people_may(store: Store, setting: str) -> None:
    more = {setting: "slack:U1"}
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ, **more):
        await slack.slash("/brief", "subscribe energy", user="U1")
        assert _told((await slack.arrived(1))[0].text)
        await slack.slash("/brief", "unsubscribe energy", user="U2")
        assert (await slack.arrived(2))[1].text == REFUSED
        assert slack.sent[1].to == "U2"


async def test_fault_48_a_direct_message_belongs_to_its_person(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"is_ultra_restricted": True}
        await slack.direct("subscribe energy")
        assert _told((await slack.arrived(1))[0].text)


async def test_fault_50_a_demoted_admin_is_refused_at_once(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"is_admin": True}
        await slack.slash("/brief", "subscribe energy")
        await slack.arrived(1)
        slack.workspace.flags["U1"] = {"is_admin": False}
        await slack.event({"type": "user_change", "user": {"id": "U1"}})
        await slack.slash("/brief", "unsubscribe energy")
        assert (await slack.arrived(2))[1].text == REFUSED


async def test_fault_50_a_demotion_during_a_look_up_is_not_forgotten(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"is_admin": True}
        answer = slack.hold_answer("users.info")
        await slack.slash("/brief", "subscribe energy")
        await slack.until(lambda: len(slack.calls("users.info")) == 1)
        slack.workspace.flags["U1"] = {"is_admin": False}
        await slack.event({"type": "user_change", "user": {"id": "U1"}})
        answer.set()
        await slack.arrived(1)
        await slack.slash("/brief", "unsubscribe energy")
        assert (await slack.arrived(2))[1].text == REFUSED


async def test_an_admin_is_looked_up_once_a_minute(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {"is_admin": True}
        for number, typed in enumerate(("subscribe energy", "mute football", "unmute all"), 1):
            await slack.slash("/brief", typed)
            await slack.arrived(number)
        assert len(slack.calls("users.info")) == 1


async def test_where_slack_does_not_say_a_change_is_refused(store: Store) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.refuse("users.info", "missing_scope")
        await slack.slash("/brief", "subscribe energy")
        assert (await slack.arrived(1))[0].text.startswith(UNKNOWN)


@pytest.mark.parametrize("hidden", ['energy"gas"07:30 in Karachi', 'energy""07:30 in Karachi'])
async def test_fault_48_a_member_changes_a_channel_by_no_way_of_writing(
    store: Store, hidden: str
) -> None:
    async with FakeSlack() as slack, running_bot(store, Clock(), slack.environ):
        slack.workspace.flags["U1"] = {}
        await slack.slash("/brief", f"setup {hidden}")
        assert (await slack.arrived(1))[0].text == REFUSED
    found = await store.channels.of_chat(Address(Platform.SLACK, "T1", "C1"))
    digests = [await store.subscriptions.of_channel(each.id) for each in found]
    assert not any(digests)
