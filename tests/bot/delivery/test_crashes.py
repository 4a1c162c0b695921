"""Senders that are killed in the middle: real processes, real adapters, strict servers."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from benchmarks.delivery.kills import Kills, kill_and_count
from bot.models import Platform, SendState

CYCLES = 6


@pytest.fixture
async def kills(database_url: str, request: pytest.FixtureRequest) -> Kills:
    return await kill_and_count(
        database_url, request.param, cycles=CYCLES, chance=random.Random(CYCLES)
    )


@pytest.mark.parametrize("kills", [Platform.SLACK, Platform.WEBHOOK], indirect=True)
async def test_fault_03_on_slack_and_at_webhooks_nothing_is_lost_or_doubled_by_kills(
    kills: Kills,
) -> None:
    assert kills.lost == kills.doubled == 0
    assert kills.states == Counter({SendState.SENT: kills.parts})


async def test_fault_25_three_replicas_that_are_killed_again_and_again_send_each_part_once(
    postgresql_url: str,
) -> None:
    kills = await kill_and_count(
        postgresql_url, Platform.SLACK, cycles=4, chance=random.Random(25), replicas=3
    )
    assert kills.lost == kills.doubled == 0
    assert kills.states == Counter({SendState.SENT: kills.parts})


@pytest.mark.parametrize("kills", [Platform.TELEGRAM, Platform.MAIL], indirect=True)
async def test_fault_02_on_telegram_and_by_mail_every_part_is_accounted_for_after_kills(
    kills: Kills,
) -> None:
    assert kills.doubled == 0
    assert set(kills.states) <= {SendState.SENT, SendState.UNCERTAIN}
    assert kills.lost <= kills.states[SendState.UNCERTAIN] <= CYCLES + kills.unanswered
    assert kills.parts == kills.states.total()
