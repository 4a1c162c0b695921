"""kill -9 of a real process at each moment of a send, and what the next process makes of it."""

from __future__ import annotations

import signal

import pytest

from benchmarks.delivery.job import Job, adapter
from benchmarks.delivery.stock import Stock, all_parts, strict_server
from bot.models import Platform, SendState
from bot.store import Store
from tests.fakes import doomed_sender
from tests.support.forked import Forked
from tests.support.ledger import taken_over

CHATS = {Platform.TELEGRAM: "42", Platform.SLACK: "C1"}
BEFORE_CLAIM, BEFORE_REQUEST, AFTER_ANSWER = doomed_sender.MOMENTS

both = pytest.mark.parametrize("platform", CHATS)


RESEND = "If it is missing: /resend 1. If it arrived: /resend 1 arrived"


async def killed_and_restarted(
    moment: str, platform: Platform, store: Store, database_url: str
) -> tuple[int, SendState, list[str]]:
    """How often a part had arrived by the kill and has in the end, its state, who was told."""
    chat = CHATS[platform]
    async with strict_server(platform, [chat]) as server:
        await Stock(store, platform).add([chat], 1)
        job = Job(database_url, server.environ, paced=False)
        assert await Forked(doomed_sender.main, moment, job).wait() == -signal.SIGKILL
        assert len(server.sent) == (moment == AFTER_ANSWER)

        ledger = await taken_over(store, adapter(server.environ))
        (part,) = await all_parts(store)
        return len(server.sent), part.state, [told.partition(". ")[2] for told in ledger.told]


@both
async def test_fault_01_killed_before_the_claim_it_is_sent_once(
    platform: Platform, store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(BEFORE_CLAIM, platform, store, database_url)
    assert found == (1, SendState.SENT, [])


async def test_fault_02_killed_before_the_request_it_is_sent_once_slack_has_been_asked(
    store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(BEFORE_REQUEST, Platform.SLACK, store, database_url)
    assert found == (1, SendState.SENT, [])


async def test_fault_02_killed_before_the_request_it_is_uncertain_on_telegram(
    store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(BEFORE_REQUEST, Platform.TELEGRAM, store, database_url)
    assert found == (0, SendState.UNCERTAIN, [RESEND])


async def test_fault_03_killed_after_the_answer_it_is_found_in_slack(
    store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(AFTER_ANSWER, Platform.SLACK, store, database_url)
    assert found == (1, SendState.SENT, [])


async def test_fault_03_killed_after_the_answer_it_is_uncertain_on_telegram(
    store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(AFTER_ANSWER, Platform.TELEGRAM, store, database_url)
    assert found == (1, SendState.UNCERTAIN, [RESEND])
