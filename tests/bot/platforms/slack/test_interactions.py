"""Buttons, forms, the App Home and the shortcut: real payloads to the real bot, over the SDK."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.models import Address, Platform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import said, view_problems
from tests.support.clock import Clock
from tests.support.news import ARREST, STORM, stored
from tests.support.whole_bot import running_bot

C1, D1 = Address(Platform.SLACK, "T1", "C1"), Address(Platform.SLACK, "T1", "D1")


@pytest.fixture
async def slack(sqlite_store: Store) -> AsyncIterator[FakeSlack]:
    await stored(sqlite_store, STORM, ARREST)
    async with FakeSlack() as server, running_bot(sqlite_store, Clock(), server.environ):
        server.channels["C1"].creator = "U1"
        yield server


async def opened(slack: FakeSlack, number: int = 1) -> Mapping[str, Any]:
    """The view of this number, once it was opened."""
    await slack.until(lambda: len(slack.workspace.views) >= number)
    view = slack.workspace.views[number - 1]
    assert view_problems(view) == []
    return view


async def home(slack: FakeSlack, number: int = 1) -> Mapping[str, Any]:
    await slack.event({"type": "app_home_opened", "tab": "home"}, channel="D1")
    return await opened(slack, number)


async def test_an_answer_to_a_button_comes_in_the_thread_of_its_message(slack: FakeSlack) -> None:
    await slack.slash("/brief", "security")
    security = (await slack.arrived(1))[0]
    await slack.slash("/brief", "energy")
    await slack.arrived(2)
    taken = slack.hold_answer("chat.postMessage")
    await slack.press("Proof", on=security)  # is acknowledged before its answer is taken
    taken.set()
    proof = (await slack.arrived(3))[2]
    assert (proof.thread, proof.to) == (security.ts, "")
    assert "Security" in said(proof.payload)
    await slack.press("Story so far 1", on=proof)
    assert ARREST.title in said((await slack.arrived(4))[3].payload)


async def test_a_vote_is_noted_to_the_voter_alone(slack: FakeSlack, sqlite_store: Store) -> None:
    await slack.slash("/brief", "energy")
    briefing = (await slack.arrived(1))[0]
    await slack.press("👎 Less like this", on=briefing, user="U2")
    noted = (await slack.arrived(2))[1]
    assert noted.to == "U2"
    channel = await sqlite_store.channels.find(C1)
    assert channel is not None
    sources, _ = await sqlite_store.votes.sums(channel.id)
    assert sources == {"Coast Herald": -1}


async def test_fault_48_a_button_changes_nothing_for_who_may_not(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    await slack.slash("/brief", "subscribe energy")
    await slack.arrived(1)
    await slack.slash("/brief", "subscriptions")
    shown = (await slack.arrived(2))[1]
    await slack.press("End Energy digest, 07:30", on=shown, user="U2")
    refused = (await slack.arrived(3))[2]
    assert (refused.to, "only workspace admins" in refused.text) == ("U2", True)
    channel = await sqlite_store.channels.find(C1)
    assert channel is not None
    assert len(await sqlite_store.subscriptions.of_channel(channel.id)) == 1


async def test_the_home_shows_what_one_gets_and_opens_forms(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    page = await home(slack)
    assert page["type"] == "home"
    assert "None yet." in said(page)
    await slack.press("Add a digest", on=page)
    form = await opened(slack, 2)
    assert form["title"]["text"] == "Add a digest"
    zone = next(
        block for block in form["blocks"] if block["label"]["text"] == "Time zone of this digest"
    )
    assert zone["element"]["initial_option"]["value"] == "Asia/Karachi"  # that of the profile
    chosen = {"selected_options": [{"value": "energy"}, {"value": "security"}]}
    await slack.submit(
        form,
        {
            "Send to": {"selected_conversation": "D1"},
            "Topics": chosen,
            "Time": {"selected_time": "18:30"},
            "Days": {"selected_option": {"value": "weekdays"}},
            "Time zone of this digest": {"selected_option": {"value": "Europe/Berlin"}},
        },
    )
    told = said((await slack.arrived(1))[0].payload)
    assert "New digest: Energy and Security" in told
    assert "18:30, Monday to Friday, Europe/Berlin" in told
    assert "18:30" in said(await home(slack, 3))


async def test_a_form_for_a_channel_that_the_bot_cannot_enter_is_answered_directly(
    slack: FakeSlack,
) -> None:
    slack.channels["G1"].member = False
    await slack.press("Add a digest", on=await home(slack))
    values = {
        "Send to": {"selected_conversation": "G1"},
        "Topics": {"selected_options": [{"value": "energy"}]},
    }
    await slack.submit(await opened(slack, 2), values)
    told = (await slack.arrived(1))[0]
    assert (told.channel, "only workspace admins" in told.text) == ("D1", True)
    slack.workspace.flags["U1"] = {"is_admin": True}
    await slack.event({"type": "user_change", "user": {"id": "U1"}})
    await slack.submit({**(await opened(slack, 2)), "id": "V-again"}, values)
    told = (await slack.arrived(2))[1]
    assert told.channel == "D1"
    assert "/invite @briefbot" in said(told.payload)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("not_in_channel", True),
        ("is_archived", True),
        ("restricted_action_thread_only_channel", True),
        ("user_not_in_channel", True),
        ("msg_blocks_too_long", False),
        ("team_not_found", False),
    ],
)
async def test_only_what_may_not_be_posted_in_its_channel_goes_to_the_asker(
    code: str, told: bool, slack: FakeSlack
) -> None:
    await slack.press("Add a digest", on=await home(slack))
    slack.refuse("chat.postEphemeral", code)
    values = {
        "Send to": {"selected_conversation": "G1"},
        "Topics": {"selected_options": [{"value": "energy"}]},
    }
    await slack.submit(await opened(slack, 2), values)
    await slack.direct("status")
    sent = await slack.arrived(2 if told else 1)
    await slack.until(lambda: slack.ahead("chat.postEphemeral") == 0)
    assert sorted(each.text[:6] for each in sent) == (["Sorry,"] if told else []) + ["Status"]
    assert {each.channel for each in sent} == {"D1"}


async def test_a_briefing_that_went_to_the_asker_is_known_there(slack: FakeSlack) -> None:
    slack.late = True
    await slack.slash("/brief", "security", channel="C2")
    security = (await slack.arrived(1))[0]
    assert (security.via, security.channel) == ("chat.postMessage", "D1")
    await slack.direct("brief energy")
    await slack.arrived(2)
    await slack.press("Proof", on=security)
    proof = (await slack.arrived(3))[2]
    assert proof.channel == "D1"
    assert "Security" in said(proof.payload)


@pytest.mark.parametrize("way", ["setup", "buttons", "form", "plain words", "resume", "watch"])
async def test_it_enters_a_channel_whatever_makes_digests_come_there(
    way: str, slack: FakeSlack, sqlite_store: Store
) -> None:
    slack.channels["C2"].creator = "U1"
    match way:
        case "setup":
            await slack.slash("/brief", "setup energy 07:30 in Berlin", channel="C2")
        case "buttons":
            await slack.slash("/brief", "setup", channel="C2")
            await slack.press("Energy", on=(await slack.arrived(1))[0])
            await slack.until(lambda: "at what time?" in said(slack.sent[0].payload))
            await slack.press("07:00", on=slack.sent[0])
        case "form":
            await slack.press("Add a digest", on=await home(slack))
            chosen = {"selected_options": [{"value": "energy"}]}
            where = {"selected_conversation": "C2"}
            await slack.submit(await opened(slack, 2), {"Send to": where, "Topics": chosen})
        case "plain words":
            await slack.slash("/brief", "send me energy every day at 7", channel="C2")
        case "watch":
            await slack.slash("/brief", "watch storm", channel="C2")
        case "resume":
            there = Address(Platform.SLACK, "T1", "C2")
            channel = await sqlite_store.channels.ensure(there, title="", timezone="UTC")
            await sqlite_store.channels.disable(channel.id, "not_in_channel", now=Clock()())
            await slack.slash("/brief", "resume", channel="C2")
    await slack.until(lambda: slack.channels["C2"].member)


async def test_settings_and_a_topic_are_set_by_forms(slack: FakeSlack, sqlite_store: Store) -> None:
    page = await home(slack)
    await slack.press("Change settings", on=page)
    form = await opened(slack, 2)
    seen = [each["element"].get("placeholder", {}).get("text") for each in form["blocks"]]
    assert [each for each in seen if each] == ["for alerts 22:00 to 07:00"]
    values = {
        "Time of daily digests": {"selected_time": "06:15"},
        "Time zone": {"selected_option": {"value": "Asia/Tokyo"}},
        "Quiet hours": {"value": "22:00-06:00"},
    }
    await slack.submit(form, values)
    assert "06:15" in said((await slack.arrived(1))[0].payload)
    channel = await sqlite_store.channels.find(D1)
    assert channel is not None
    assert (channel.timezone, str(channel.quiet_from)) == ("Asia/Tokyo", "22:00:00")
    await slack.press("Make a topic of your own", on=page)
    form = await opened(slack, 3)
    await slack.submit(
        form, {"Name": {"value": "floods"}, "Words to look for": {"value": "flood, dam"}}
    )
    assert "Topic added: Floods" in said((await slack.arrived(2))[1].payload)


async def test_a_message_can_be_asked_about(slack: FakeSlack) -> None:
    await slack.shortcut("How many homes lost power in the storm?")
    answer = (await slack.arrived(1))[0]
    assert answer.thread
    assert "40,000 homes" in said(answer.payload)


async def test_it_introduces_itself_where_it_was_added(slack: FakeSlack) -> None:
    event = {"type": "member_joined_channel"}
    await slack.event(event, channel="C1", user=slack.workspace.bot_user, event_id="EvJoin")
    await slack.event(event, channel="C1", user=slack.workspace.bot_user, event_id="EvJoin")
    await slack.event(event, channel="C1", user="U2")
    await slack.mention("status")
    sent = await slack.arrived(2)
    assert "Welcome to briefbot" in said(sent[0].payload)
    assert [each.text[:6] for each in sent] == ["Welcom", "Status"]


async def test_a_watch_and_a_filtered_digest_are_made_by_forms(
    slack: FakeSlack, sqlite_store: Store
) -> None:
    page = await home(slack)
    await slack.press("Add an alert", on=page)
    words = {"value": '"power cut", Iran -oil'}
    await slack.submit(await opened(slack, 2), {"An alert on each new story about": words})
    told = said((await slack.arrived(1))[0].payload)
    assert "New alert: Iran, and “power cut”, without oil" in told
    await slack.press("Add a digest", on=page)
    chosen = {"selected_options": [{"value": "energy"}]}
    await slack.submit(
        await opened(slack, 3),
        {
            "Topics": chosen,
            "Only stories about": {"value": "Norway"},
            "Time": {"selected_time": "08:00"},
            "Days": {"selected_option": {"value": "weekly on monday"}},
        },
    )
    told = said((await slack.arrived(2))[1].payload)
    assert "New digest: Energy (Norway)" in told
    assert "08:00, weekly on Monday" in told
    channel = await sqlite_store.channels.find(D1)
    assert channel is not None
    [watch] = await sqlite_store.watches.of_channel(channel.id)
    assert watch.filter.typed == '"power cut" Iran -"oil"'
