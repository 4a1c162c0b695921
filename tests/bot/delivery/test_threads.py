"""A folded digest in Slack: headlines in the channel, details in their thread, each sent once."""

from __future__ import annotations

import json

import pytest

from bot.models import Platform, SendState
from bot.platforms.slack.adapter import SlackPlatform
from bot.store import Store
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import problems, said
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, settings_of
from tests.support.builders import a_briefing, a_bullet, a_section, an_address
from tests.support.ledger import Ledger

POST = "chat.postMessage"
C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")


@pytest.fixture
def bot(slack: FakeSlack) -> SlackPlatform:
    return a_slack_platform(
        RecordingCore(), settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="2")
    )


@pytest.fixture
def ledger(store: Store, bot: SlackPlatform) -> Ledger:
    return Ledger(store, {Platform.SLACK: bot})


def folded(bot: SlackPlatform, bullets: int = 40) -> tuple[str, ...]:
    texts = [f"Bullet {n} tells what happened in town {n}, the mayor said." for n in range(bullets)]
    briefing = a_briefing(a_section("energy", *map(a_bullet, texts)))
    return bot.parts(briefing, "Daily digest", folded=True)


async def test_headlines_are_in_the_channel_and_details_in_their_thread(
    slack: FakeSlack, ledger: Ledger, bot: SlackPlatform
) -> None:
    payloads = folded(bot)
    assert len(payloads) > 2
    digest = await ledger.ready(C1, payloads=payloads)
    for _ in payloads:
        await ledger.send(seconds=5)
    head, *details = slack.sent
    assert not head.thread
    assert "Bullet 39 tells" in said(head.payload)
    assert {each.thread for each in details} == {head.ts}
    assert len(details) == len(payloads) - 1
    whole = " ".join(said(each.payload) for each in details)
    assert all(f"Bullet {n} tells" in whole for n in range(40))
    assert all(not problems(each.payload) for each in slack.sent)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert [part.message_id for part in await ledger.parts(digest)] == [e.ts for e in slack.sent]


@pytest.mark.parametrize("commit", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("lost", [0, 1], ids=["headlines", "details"])
async def test_fault_04_a_lost_answer_is_looked_up_where_the_part_belongs(
    commit: bool, lost: int, slack: FakeSlack, ledger: Ledger, bot: SlackPlatform
) -> None:
    payloads = folded(bot, 3)
    assert len(payloads) == 2
    digest = await ledger.ready(C1, payloads=payloads)
    if not lost:
        slack.lose(POST, commit=commit)
        await ledger.send()
    else:
        await ledger.send()
        slack.lose(POST, commit=commit)
        await ledger.send(seconds=2)
    for _ in range(4):
        await ledger.send(seconds=61)
    assert [bool(each.thread) for each in slack.sent] == [False, True]
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_details_whose_headlines_never_arrived_are_not_lost(
    slack: FakeSlack, ledger: Ledger, bot: SlackPlatform
) -> None:
    await ledger.ready(C1, payloads=folded(bot, 3))
    slack.refuse(POST, "msg_too_long")
    for _ in range(3):
        await ledger.send(seconds=61)
    details = [each for each in slack.sent if "in_thread" not in json.dumps(each.payload)]
    assert details
    assert "Bullet 2 tells" in said(slack.sent[-1].payload)


async def test_a_thread_stays_the_thread_of_its_channel(
    slack: FakeSlack, ledger: Ledger, bot: SlackPlatform
) -> None:
    there = an_address("C1", platform=Platform.SLACK, workspace="T1", thread="1700000000.000100")
    await ledger.ready(there, payloads=folded(bot, 3))
    for _ in range(2):
        await ledger.send(seconds=5)
    assert {each.thread for each in slack.sent} == {"1700000000.000100"}


async def test_headlines_that_need_two_messages_come_as_usual(bot: SlackPlatform) -> None:
    assert not any(json.loads(each).get("in_thread") for each in folded(bot, 120))
