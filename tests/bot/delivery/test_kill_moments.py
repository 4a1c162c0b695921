"""kill -9 of a real process at each moment of a send, and what the next process makes of it."""

from __future__ import annotations

import signal

import pytest

from benchmarks.delivery.job import Job, adapter
from benchmarks.delivery.stock import Stock, all_parts, chat_name, receiver
from bot.models import Platform, SendState
from bot.store import Store
from tests.fakes import doomed_sender
from tests.support.forked import Forked
from tests.support.ledger import taken_over

NAMED = (Platform.SLACK, Platform.WEBHOOK)
"""Where a part can be found, or is known when it comes again."""

UNNAMED = (Platform.TELEGRAM, Platform.MAIL)
"""Where nobody can tell what became of a part."""

BEFORE_CLAIM, BEFORE_REQUEST, AFTER_ANSWER = doomed_sender.MOMENTS

RESEND = "If it is missing: /resend 1. If it arrived: /resend 1 arrived"


async def killed_and_restarted(
    moment: str, platform: Platform, store: Store, database_url: str
) -> tuple[int, SendState, list[str]]:
    """How often a part had arrived by the kill and has in the end, its state, who was told."""
    chat = chat_name(platform, 1)
    async with receiver(platform, [chat]) as server:
        await Stock(store, platform).add([chat], 1)
        job = Job(database_url, server.environ, paced=False)
        assert await Forked(doomed_sender.main, moment, job).wait() == -signal.SIGKILL
        assert len(server.sent) == (moment == AFTER_ANSWER)

        ledger = await taken_over(store, adapter(server.environ))
        (part,) = await all_parts(store)
        return len(server.sent), part.state, [told.partition(". ")[2] for told in ledger.told]


@pytest.mark.parametrize("platform", [*NAMED, *UNNAMED])
async def test_fault_01_killed_before_the_claim_it_is_sent_once(
    platform: Platform, store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(BEFORE_CLAIM, platform, store, database_url)
    assert found == (1, SendState.SENT, [])


@pytest.mark.parametrize("platform", NAMED)
@pytest.mark.parametrize("moment", [BEFORE_REQUEST, AFTER_ANSWER])
async def test_fault_03_killed_at_the_request_it_is_sent_once_where_parts_can_be_found(
    moment: str, platform: Platform, store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(moment, platform, store, database_url)
    assert found == (1, SendState.SENT, [])


@pytest.mark.parametrize("platform", UNNAMED)
@pytest.mark.parametrize("moment", [BEFORE_REQUEST, AFTER_ANSWER])
async def test_fault_02_killed_at_the_request_it_is_uncertain_where_they_cannot(
    moment: str, platform: Platform, store: Store, database_url: str
) -> None:
    found = await killed_and_restarted(moment, platform, store, database_url)
    assert found == (int(moment == AFTER_ANSWER), SendState.UNCERTAIN, [RESEND])
