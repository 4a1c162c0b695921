"""What becomes of digests when Slack is in trouble: the real adapter, a strict workspace."""

from __future__ import annotations

import pytest

from bot.models import Platform, SendState
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.sender import PAGES
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, settings_of
from tests.support.builders import an_address
from tests.support.ledger import Ledger

POST = "chat.postMessage"
C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")
G1 = an_address("G1", platform=Platform.SLACK, workspace="T1")
ELSEWHERE = an_address("42")


@pytest.fixture
def bot(slack: FakeSlack) -> SlackPlatform:
    settings = settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="2")
    return a_slack_platform(RecordingCore(), settings)


@pytest.fixture
def ledger(store: Store, bot: SlackPlatform) -> Ledger:
    return Ledger(store, {Platform.SLACK: bot, Platform.TELEGRAM: ScriptedMessenger()})


def texts(slack: FakeSlack) -> list[str]:
    return [sent.text for sent in slack.sent]


@pytest.mark.parametrize("commit", [True, False], ids=["taken", "not taken"])
async def test_fault_04_a_lost_answer_is_looked_up_before_anything_is_sent_again(
    commit: bool, slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    slack.lose(POST, commit=commit)
    await ledger.send()
    await ledger.send(seconds=59)
    assert len(texts(slack)) == int(commit)
    await ledger.send(seconds=2)
    assert texts(slack) == ["digest 1 part 1"]
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_05_what_slack_takes_late_is_sent_once(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    release = slack.stall(POST)
    await ledger.send()
    await ledger.send(seconds=30)
    assert texts(slack) == []
    release.set()
    await slack.arrived(1)
    await ledger.send(seconds=31)
    assert texts(slack) == ["digest 1 part 1"]
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_07_a_rate_limit_pauses_the_workspace_and_nobody_else(
    slack: FakeSlack, ledger: Ledger
) -> None:
    limited = await ledger.ready(C1)
    slack.limit(POST, retry_after=30)
    await ledger.send()
    same_workspace, elsewhere = await ledger.ready(G1), await ledger.ready(ELSEWHERE)

    await ledger.send(seconds=29.9)
    assert texts(slack) == []
    assert slack.ahead(POST) == 0
    assert await ledger.state(elsewhere) == (SendState.SENT, None)
    await ledger.send(seconds=1)
    assert sorted(texts(slack)) == ["digest 1 part 1", "digest 2 part 1"]
    assert await ledger.state(limited) == (SendState.SENT, None)
    assert await ledger.state(same_workspace) == (SendState.SENT, None)


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived"])
async def test_fault_11_a_channel_out_of_reach_is_disabled_and_the_operators_told(
    error: str, slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1, parts=2)
    slack.refuse(POST, error)
    await ledger.send()
    await ledger.send(minutes=5)
    assert texts(slack) == []
    assert await ledger.state(digest) == (SendState.FAILED, f"Slack answered {error}")
    channel = await ledger.channel(C1)
    assert channel is not None
    assert channel.disabled == f"Slack answered {error}"
    [told] = ledger.told
    assert told.startswith(f"Digests to slack T1 C1 have stopped: Slack answered {error}. ")


async def test_fault_08_an_unknown_refusal_disables_nothing(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    slack.refuse(POST, "something_new")
    await ledger.send()
    await ledger.send(seconds=6)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert ledger.told == []


@pytest.mark.parametrize("commit", [True, False], ids=["taken", "not taken"])
@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
async def test_fault_12_an_internal_error_is_looked_up(
    commit: bool, error: str, slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1)
    slack.refuse(POST, error, commit=commit)
    await ledger.send()
    await ledger.send(minutes=2)
    assert texts(slack) == ["digest 1 part 1"]
    assert await ledger.state(digest) == (SendState.SENT, None)


@pytest.mark.parametrize("commit", [True, False], ids=["taken", "not taken"])
async def test_fault_04_a_part_is_looked_for_among_what_is_no_older_than_its_digest(
    commit: bool, slack: FakeSlack, ledger: Ledger
) -> None:
    """A channel's whole past may be longer than anybody can read."""
    slack.workspace.page = 1
    slack.workspace.clock = lambda: ledger.clock().timestamp()
    ledger.clock.forward(days=-3)
    for number in range(PAGES + 1):
        slack.workspace.keep(POST, "C1", {"text": f"old {number}"})
    old = len(texts(slack))
    ledger.clock.forward(days=3)
    digest = await ledger.ready(C1)
    slack.lose(POST, commit=commit)
    await ledger.send()
    await ledger.send(minutes=2)
    assert texts(slack)[old:] == ["digest 1 part 1"]
    assert await ledger.state(digest) == (SendState.SENT, None)


async def test_fault_04_what_cannot_be_looked_through_is_uncertain_and_told_and_sent_once(
    slack: FakeSlack, store: Store
) -> None:
    patient = a_slack_platform(
        RecordingCore(), settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="20")
    )
    ledger = Ledger(store, {Platform.SLACK: patient})
    digest = await ledger.ready(C1)
    slack.lose(POST)
    await ledger.send()
    slack.workspace.page = 1
    for number in range(PAGES + 1):
        slack.workspace.keep(POST, "C1", {"text": f"chatter {number}"})
    await ledger.send(minutes=2)
    assert (await ledger.state(digest))[0] is SendState.SENDING
    await ledger.send(hours=7)
    state, reason = await ledger.state(digest)
    assert state is SendState.UNCERTAIN
    assert "too long" in (reason or "")
    [told] = ledger.told
    assert "may not have arrived" in told
    assert f"If it is missing: /resend {digest.id}." in told
    assert texts(slack).count("digest 1 part 1") == 1


async def test_a_channels_parts_go_a_second_apart_in_their_order(
    slack: FakeSlack, ledger: Ledger
) -> None:
    digest = await ledger.ready(C1, parts=3)
    for sent in range(1, 4):
        await ledger.send(seconds=1.1)
        assert len(texts(slack)) == sent
    assert texts(slack) == [f"digest 1 part {part}" for part in (1, 2, 3)]
    assert await ledger.state(digest) == (SendState.SENT, None)
