"""Past digests: what a channel got, and where each digest of all channels stands."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import DeliveryError
from bot.models import Platform, SendState
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import an_address
from tests.support.ledger import DUE, Ledger


async def test_a_channel_finds_what_it_got_and_operators_find_all(store: Store) -> None:
    messenger = ScriptedMessenger()
    ledger = Ledger(store, {Platform.TELEGRAM: messenger})
    got = await ledger.ready(an_address("1"), parts=2)
    await ledger.send()
    messenger.faults.append(DeliveryError("chat not found", permanent=True))
    lost = await ledger.ready(an_address("2"))
    await ledger.send()
    archive = store.archive
    found = await archive.of_channel(got.channel_id, start=0, limit=5)
    assert [(each.id, each.briefing.id) for each in found] == [(got.id, "briefing 1")]
    assert await archive.of_channel(got.channel_id, start=1, limit=5) == []
    assert await archive.of_channel(lost.channel_id, start=0, limit=5) == []
    assert await archive.briefing_of(lost.channel_id, got.id) is None
    assert await archive.briefing_of(lost.channel_id, lost.id) is None
    briefing = await archive.briefing_of(got.channel_id, got.id)
    assert briefing is not None
    assert briefing.id == "briefing 1"
    states = {each.id: each for each in await archive.states(start=0, limit=9)}
    assert [part.state for part in states[got.id].parts] == [SendState.SENT] * 2
    assert states[lost.id].state is SendState.FAILED
    assert "chat not found" in (states[lost.id].parts[0].reason or "")
    assert [each.id for each in await archive.states(start=0, limit=9, trouble=True)] == [lost.id]
    assert states[got.id].due_at == DUE


async def test_what_failed_is_counted_though_more_digests_wait(store: Store) -> None:
    messenger = ScriptedMessenger()
    ledger = Ledger(store, {Platform.TELEGRAM: messenger})
    lost = [await ledger.ready(an_address(name)) for name in ("1", "2", "3")]
    messenger.faults += [DeliveryError("chat not found", permanent=True) for _ in lost]
    await ledger.send()
    for number in range(4, 9):
        await ledger.ready(an_address(str(number)))
    for each in lost:
        await store.channels.enable(each.channel_id)
    archive = store.archive
    found = await archive.troubled(DUE, SendState.FAILED, examples=2)
    assert found.count == 3
    assert len(found.examples) == 2
    assert {each.state for each in found.examples} == {SendState.FAILED}
    later = DUE + timedelta(seconds=1)
    assert (await archive.troubled(later, SendState.FAILED, examples=2)).count == 0
    assert (await archive.troubled(DUE, SendState.UNCERTAIN, examples=2)).count == 0
    await store.channels.disable(lost[0].channel_id, "blocked", now=DUE)
    assert (await archive.troubled(DUE, SendState.FAILED, examples=2)).count == 2
