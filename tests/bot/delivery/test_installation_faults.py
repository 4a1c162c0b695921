"""What is wrong with a whole bot or workspace pauses it, and nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.models import Platform, SendState
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.telegram.adapter import TelegramPlatform
from bot.store import Store
from tests.fakes import slack_bot, telegram_bot
from tests.fakes.messenger import ScriptedMessenger
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_rules import Refusal
from tests.support.builders import an_address
from tests.support.ledger import Ledger

C1 = an_address("C1", platform=Platform.SLACK, workspace="T1")
G1 = an_address("G1", platform=Platform.SLACK, workspace="T1")
ADA = an_address("42")
UNAUTHORIZED = Refusal(401, "Unauthorized")


@pytest.fixture
def in_slack(slack: FakeSlack) -> SlackPlatform:
    settings = slack_bot.settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="2")
    return slack_bot.a_slack_platform(slack_bot.RecordingCore(), settings)


@pytest.fixture
async def tg() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def in_telegram(tg: FakeTelegram) -> AsyncIterator[TelegramPlatform]:
    settings = telegram_bot.settings_of(tg)
    platform = telegram_bot.a_telegram_platform(telegram_bot.RecordingCore(), settings)
    yield platform
    await platform.stop()


@pytest.mark.parametrize(
    "error", ["token_revoked", "account_inactive", "invalid_auth", "token_expired"]
)
async def test_fault_63_a_refused_token_pauses_the_workspace_until_it_is_accepted(
    error: str, slack: FakeSlack, store: Store, in_slack: SlackPlatform
) -> None:
    ledger = Ledger(store, {Platform.SLACK: in_slack, Platform.TELEGRAM: ScriptedMessenger()})
    one, two = await ledger.ready(C1, parts=2), await ledger.ready(G1)
    elsewhere = await ledger.ready(ADA)
    for method in ("chat.postMessage", "auth.test"):
        slack.refuse(method, error, times=99)

    await ledger.send()
    for _ in range(6):
        await ledger.send(seconds=10)
    assert await ledger.state(elsewhere) == (SendState.SENT, None)
    assert len(slack.calls("chat.postMessage")) <= 2
    for address in (C1, G1):
        channel = await ledger.channel(address)
        assert channel is not None
        assert channel.disabled is None
    [told] = ledger.told
    assert told.startswith(f"slack workspace T1 is paused: Slack answered {error}. Digests wait")

    slack.forgive()
    for _ in range(9):
        await ledger.send(seconds=10)
    assert await ledger.state(one) == await ledger.state(two) == (SendState.SENT, None)
    assert sorted(each.text for each in slack.sent) == [
        "digest 1 part 1",
        "digest 1 part 2",
        "digest 2 part 1",
    ]
    assert len(ledger.told) == 2
    assert ledger.told[1].startswith("slack workspace T1 works again after ")


async def test_fault_62_a_refused_bot_is_paused_and_sends_when_it_is_accepted(
    tg: FakeTelegram, store: Store, in_telegram: TelegramPlatform
) -> None:
    ledger = Ledger(store, {Platform.TELEGRAM: in_telegram})
    digest = await ledger.ready(ADA)
    for method in ("sendMessage", "getMe"):
        tg.refuse(UNAUTHORIZED, method=method, times=99)
    for _ in range(4):
        await ledger.send(seconds=10)
    tg.forgive()
    for _ in range(5):
        await ledger.send(seconds=10)
    assert await ledger.state(digest) == (SendState.SENT, None)
    assert [each.text for each in tg.sent] == ["digest 1 part 1"]
    assert [line.partition(":")[0].split(" after")[0] for line in ledger.told] == [
        "the telegram bot is paused",
        "the telegram bot works again",
    ]


async def test_a_digest_that_waits_too_long_for_its_workspace_is_recorded_and_told(
    slack: FakeSlack, store: Store, in_slack: SlackPlatform
) -> None:
    ledger = Ledger(store, {Platform.SLACK: in_slack})
    digest = await ledger.ready(C1)
    for method in ("chat.postMessage", "auth.test"):
        slack.refuse(method, "token_revoked", times=999)
    await ledger.send()
    await ledger.send(hours=7)
    state, reason = await ledger.state(digest)
    assert (state, reason) == (SendState.FAILED, "Slack answered token_revoked")
    assert any(f"/resend {digest.id}" in told for told in ledger.told)


async def test_another_process_takes_the_probes_over(
    slack: FakeSlack, store: Store, in_slack: SlackPlatform
) -> None:
    before = Ledger(store, {Platform.SLACK: in_slack})
    digest = await before.ready(C1)
    slack.refuse("chat.postMessage", "token_revoked")
    await before.send()
    after = Ledger(store, {Platform.SLACK: in_slack})
    await after.send(seconds=6)
    await after.send(seconds=6)
    assert await after.state(digest) == (SendState.SENT, None)
