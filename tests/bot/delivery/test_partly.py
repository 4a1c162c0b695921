"""A long digest that fails half-way: what arrived is told, and only that."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import time, timedelta

import pytest

from bot.errors import DeliveryError
from bot.models import Briefing, Platform, SendState
from bot.render.slack.messages import briefing_messages as slack_messages
from bot.render.telegram.messages import briefing_messages as telegram_messages
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import a_briefing, a_bullet, a_section, an_address
from tests.support.ledger import DUE, Ledger

CHAT = an_address("42")
WORDS = "a blackout left homes in the dark & <cold>, the grid's operator said on Monday; "
TOWNS = [f"Town-{number:03}" for number in range(60)]


def a_long_briefing() -> Briefing:
    bullets = [a_bullet(f"In {town} {WORDS * 2}", story_id=f"story of {town}") for town in TOWNS]
    return a_briefing(a_section("energy", *bullets))


async def open_digest(ledger: Ledger, briefing: Briefing, payloads: tuple[str, ...]) -> int:
    store = ledger.store
    channel = await store.channels.ensure(CHAT, title="", timezone="UTC")
    subscription = await store.subscriptions.add(
        channel.id, ["energy"], time(7, 30), range(7), "UTC", 60, DUE, DUE
    )
    later = DUE + timedelta(days=1)
    digest = await store.digests.open(subscription, DUE.date(), DUE, later, late=False)
    assert digest is not None
    await store.briefings.add(briefing, channel.id)
    assert await store.digests.add_parts(digest.id, briefing.id, payloads)
    return channel.id


@pytest.mark.parametrize(
    "rendered",
    [lambda found: telegram_messages(found, "Digest"), slack_messages],
    ids=["telegram", "slack"],
)
async def test_what_arrived_of_a_digest_that_failed_counts_as_told(
    store: Store, rendered: Callable[[Briefing], tuple[str, ...]]
) -> None:
    briefing = a_long_briefing()
    payloads = rendered(briefing)
    assert len(payloads) > 1
    messenger = ScriptedMessenger()
    ledger = Ledger(store, {Platform.TELEGRAM: messenger})
    channel_id = await open_digest(ledger, briefing, payloads)

    messenger.faults.extend([None, DeliveryError("chat not found", permanent=True)])
    await ledger.send()

    [digest] = await store.digests.history()
    assert digest.state is SendState.FAILED
    arrived = " ".join(json.dumps(json.loads(text)) for _, text in messenger.sent)
    told = await store.told.of_channel(channel_id, [f"story of {town}" for town in TOWNS])
    assert sorted(told) == [f"story of {town}" for town in TOWNS if f"{town} a" in arrived]
    assert 0 < len(told) < len(TOWNS)
