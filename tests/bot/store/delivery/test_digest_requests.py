"""What digests are to hold, read for many at once."""

from __future__ import annotations

from datetime import timedelta

from bot.models import SendState
from tests.support.builders import NOW, a_topic
from tests.support.store_desk import Desk

LATER = NOW + timedelta(days=1)


async def test_it_knows_whose_a_digest_is_and_when_the_last_one_was_due(desk: Desk) -> None:
    channel, other = await desk.channel("1"), await desk.channel("2")
    mine = await desk.subscription(channel, "energy")
    also = await desk.subscription(channel, "storms")
    theirs = await desk.subscription(other, "energy")
    topic = a_topic("storms", channel_id=channel.id)
    await desk.store.topics.add(topic)
    states = ((1, SendState.SENT), (2, SendState.UNCERTAIN), (3, SendState.FAILED))
    for days, state in states:
        due = NOW + timedelta(days=days)
        digest = await desk.store.digests.open(mine, due.date(), due, LATER, late=False)
        assert digest is not None
        await desk.store.digests.finish(digest.id, state, now=due)

    found = await desk.store.digest_requests.for_subscriptions([mine.id, also.id, theirs.id, 999])

    assert set(found) == {mine.id, also.id, theirs.id}
    assert found[mine.id].channel == found[also.id].channel == channel
    assert found[theirs.id].channel == other
    assert found[mine.id].own_topics == (topic,)
    assert found[theirs.id].own_topics == ()
    assert found[mine.id].last_due == NOW + timedelta(days=2)
    assert found[also.id].last_due is None
    assert found[also.id].subscription == also


async def test_what_has_ended_is_left_out(desk: Desk) -> None:
    channel = await desk.channel()
    subscription = await desk.subscription(channel)
    await desk.store.channels.forget(channel.id)
    assert await desk.store.digest_requests.for_subscriptions([subscription.id]) == {}
    assert await desk.store.digest_requests.for_subscriptions([]) == {}
