"""What becomes of a digest part that is sent to Slack, whatever Slack does."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import DeliveryError
from bot.models import Address, Delivery, Platform
from bot.platforms.slack.adapter import SlackPlatform
from bot.platforms.slack.sender import EVENT_TYPE
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_bot import RecordingCore, a_slack_platform, settings_of
from tests.support.builders import NOW, a_briefing, a_bullet, a_delivery, a_section, an_address

CHANNEL = an_address("C1", platform=Platform.SLACK, workspace="T1")
THREAD = replace(CHANNEL, thread="1700000000.000100")


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    seconds = itertools.count(int(NOW.timestamp()))
    async with FakeSlack(clock=lambda: float(next(seconds))) as server:
        yield server


@pytest.fixture
def bot(slack: FakeSlack) -> SlackPlatform:
    settings = settings_of(slack.environ, BRIEFBOT_REQUEST_SECONDS="0.4")
    return a_slack_platform(RecordingCore(), settings)


def a_part(bot: SlackPlatform, id_: int = 1, text: str = "Power is back.") -> Delivery:
    (payload,) = bot.parts(a_briefing(a_section("energy", a_bullet(text))), "Your digest")
    return a_delivery(id_, payload=payload)


async def failed(bot: SlackPlatform, address: Address = CHANNEL) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await bot.send(address, a_part(bot))
    return caught.value


@pytest.mark.parametrize("address", [CHANNEL, THREAD], ids=["channel", "thread"])
async def test_it_sends_a_part_that_can_be_found_again(
    address: Address, slack: FakeSlack, bot: SlackPlatform
) -> None:
    part = a_part(bot)
    receipt = await bot.send(address, part)
    (sent,) = slack.sent
    assert (sent.ts, sent.channel, sent.thread) == (receipt.message_id, "C1", address.thread)
    assert sent.metadata is not None
    assert sent.metadata["event_type"] == EVENT_TYPE
    assert await bot.find(address, part) == receipt


async def test_it_sends_each_part_with_previews_off(slack: FakeSlack, bot: SlackPlatform) -> None:
    await bot.send(CHANNEL, a_part(bot))
    assert slack.sent[0].payload["unfurl_links"] is False
    assert slack.sent[0].payload["unfurl_media"] is False


@pytest.mark.parametrize(
    "error",
    ["not_in_channel", "is_archived", "channel_not_found", "restricted_action",
     "restricted_action_read_only_channel"],
)  # fmt: skip
async def test_fault_11_it_gives_up_a_channel_that_is_out_of_reach(
    error: str, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.refuse("chat.postMessage", error)
    problem = await failed(bot)
    assert problem.permanent
    assert not problem.uncertain
    assert error in str(problem)


@pytest.mark.parametrize(
    "error", ["token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"]
)
async def test_fault_63_it_blames_the_workspace_for_refused_credentials(
    error: str, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.refuse("chat.postMessage", error)
    problem = await failed(bot)
    assert (problem.permanent, problem.uncertain, problem.installation) == (False, False, True)
    assert error in str(problem)


@pytest.mark.parametrize("chat", ["C2", "C3", "C404"])
async def test_fault_11_it_reads_slacks_own_refusals(chat: str, bot: SlackPlatform) -> None:
    assert (await failed(bot, replace(CHANNEL, chat=chat))).permanent


@pytest.mark.parametrize("error", ["team_added_to_org", "invalid_blocks", "something_new"])
async def test_fault_08_it_keeps_a_channel_whose_error_it_does_not_know(
    error: str, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.refuse("chat.postMessage", error)
    problem = await failed(bot)
    assert (problem.permanent, problem.uncertain, problem.retry_after) == (False, False, None)


@pytest.mark.parametrize("commit", [True, False])
@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
async def test_fault_12_it_is_uncertain_after_an_internal_error_and_finds_out(
    error: str, commit: bool, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.refuse("chat.postMessage", error, commit=commit)
    assert (await failed(bot)).uncertain
    found = await bot.find(CHANNEL, a_part(bot), since=NOW)
    assert bool(found) is commit


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_it_is_uncertain_after_a_server_error(
    status: int, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.break_down("chat.postMessage", status=status, text="<html>")
    assert (await failed(bot)).uncertain


@pytest.mark.parametrize("text", ["", "hello", "{}", '{"ok": tru'])
async def test_it_is_uncertain_after_an_answer_that_is_no_answer(
    text: str, slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.break_down("chat.postMessage", status=200, text=text)
    assert (await failed(bot)).uncertain


async def test_fault_04_it_posts_once_when_the_answer_is_lost(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.lose("chat.postMessage")
    assert (await failed(bot)).uncertain
    assert len(slack.sent) == 1
    assert await bot.find(CHANNEL, a_part(bot), since=NOW)


async def test_fault_04_it_may_send_again_when_the_connection_was_refused() -> None:
    async with FakeSlack() as gone:
        settings = settings_of(gone.environ)
    problem = await failed(a_slack_platform(RecordingCore(), settings))
    assert (problem.permanent, problem.uncertain) == (False, False)


async def test_fault_05_it_finds_a_message_that_slack_took_late(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    release = slack.stall("chat.postMessage")
    assert (await failed(bot)).uncertain
    assert await bot.find(CHANNEL, a_part(bot), since=NOW) is None
    release.set()
    await slack.arrived(1)
    assert await bot.find(CHANNEL, a_part(bot), since=NOW)


async def test_fault_07_it_hands_back_the_pause_that_slack_asks_for(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.limit("chat.postMessage", retry_after=17)
    problem = await failed(bot)
    assert (problem.retry_after, problem.uncertain, problem.permanent) == (17, False, False)
    assert slack.sent == ()
    await bot.send(CHANNEL, a_part(bot))


async def test_it_sends_to_one_channel_while_another_hangs(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.stall("chat.postMessage")
    hanging = asyncio.create_task(failed(bot))
    await slack.until(lambda: not slack.ahead("chat.postMessage"))
    await bot.send(replace(CHANNEL, chat="G1"), a_part(bot))
    assert [sent.channel for sent in slack.sent] == ["G1"]
    assert (await hanging).uncertain


async def test_it_looks_through_every_page_of_the_history(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    slack.workspace.page = 3
    wanted = a_part(bot, 1)
    receipt = await bot.send(CHANNEL, wanted)
    for id_ in range(2, 12):
        await bot.send(CHANNEL, a_part(bot, id_))
    assert await bot.find(CHANNEL, wanted, since=NOW) == receipt
    cursors = [args.get("cursor") for args in slack.calls("conversations.history")]
    assert cursors == [None, "next:3", "next:6", "next:9"]


async def test_it_takes_no_other_part_for_the_one_it_looks_for(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    await bot.send(CHANNEL, a_part(bot, 2))
    await bot.send(CHANNEL, a_part(bot, 1, "Another database's first delivery."))
    await bot.send(replace(CHANNEL, chat="G1"), a_part(bot, 1))
    assert await bot.find(CHANNEL, a_part(bot, 1), since=NOW) is None


async def test_it_looks_no_further_back_than_it_is_told(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    await bot.send(CHANNEL, a_part(bot))
    assert await bot.find(CHANNEL, a_part(bot), since=NOW + timedelta(days=1)) is None


async def test_it_says_where_it_cannot_look(slack: FakeSlack, bot: SlackPlatform) -> None:
    slack.refuse("conversations.history", "missing_scope")
    with pytest.raises(DeliveryError, match="missing_scope"):
        await bot.find(CHANNEL, a_part(bot), since=NOW)


async def test_it_looks_again_after_a_rate_limit(slack: FakeSlack, bot: SlackPlatform) -> None:
    receipt = await bot.send(CHANNEL, a_part(bot))
    slack.limit("conversations.history", retry_after=0)
    assert await bot.find(CHANNEL, a_part(bot), since=NOW) == receipt


async def test_it_names_no_token_in_what_it_says_of_a_failure(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    for error in ("invalid_auth", "internal_error"):
        slack.refuse("chat.postMessage", error)
        assert "xoxb" not in str(await failed(bot))


async def test_fault_41_slack_takes_every_part_of_a_long_digest(
    slack: FakeSlack, bot: SlackPlatform
) -> None:
    bullets = [a_bullet(f"{n} " + "no power " * 100) for n in range(40)]
    parts = bot.parts(a_briefing(a_section("energy", *bullets)), "Your digest")
    assert len(parts) > 1
    for at, payload in enumerate(parts, 1):
        await bot.send(CHANNEL, a_delivery(at, part=at, parts=len(parts), payload=payload))
    assert len(slack.sent) == len(parts)
