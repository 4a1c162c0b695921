"""Channels, subscriptions and digests for tests of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from bot.delivery.limits import UNPACED
from bot.models import Channel, Delivery, Digest, Subscription
from bot.store import Lane, Store
from bot.store.db.schema import paces
from tests.support.builders import NOW, a_briefing, a_subscription, an_address


@dataclass
class Desk:
    """Creates channels, subscriptions and digests that are ready to send."""

    store: Store
    numbers: count[int]

    async def channel(self, chat: str | None = None, **address: str) -> Channel:
        where = an_address(chat or f"chat {next(self.numbers)}", **address)  # type: ignore[arg-type]
        return await self.store.channels.ensure(where, title="News room", timezone="UTC")

    async def subscription(
        self, channel: Channel, *topics: str, next_due: datetime = NOW
    ) -> Subscription:
        usual = a_subscription()
        return await self.store.subscriptions.add(
            channel.id,
            topics or ("energy",),
            usual.at,
            usual.weekdays,
            "UTC",
            5,
            now=NOW,
            next_due=next_due,
        )

    async def opened(self, channel: Channel | None = None, *topics: str) -> Digest:
        """A digest with its own subscription and no parts."""
        where = channel or await self.channel()
        subscription = await self.subscription(where, *(topics or (f"t{next(self.numbers)}",)))
        digest = await self.store.digests.open(
            subscription, NOW.date(), NOW, NOW + timedelta(days=1), late=False
        )
        assert digest is not None
        return digest

    async def ready(self, channel: Channel | None = None, *, parts: int = 1) -> Digest:
        """A digest with parts that can be claimed."""
        digest = await self.opened(channel)
        briefing = a_briefing(id=f"briefing {digest.id}")
        await self.store.briefings.add(briefing, digest.channel_id)
        payloads = [f"{digest.id}/{part}" for part in range(1, parts + 1)]
        assert await self.store.digests.add_parts(digest.id, briefing.id, payloads)
        return digest

    async def paced(self, channel: Channel) -> int:
        """How many paces are stored of the channel's chat."""
        mine = select(func.count()).where(paces.c.chat == channel.address.chat)
        async with self.store._database.reading() as connection:
            return int((await connection.execute(mine)).scalar_one())

    async def claim(
        self, now: datetime = NOW, limit: int = 99, lane: Lane | None = None
    ) -> list[Delivery]:
        """Take parts of one lane or all, without any pace, and mark them as `sending`."""
        return await claim_all(self.store, now, limit, lane)


async def claim_all(
    store: Store, now: datetime = NOW, limit: int = 99, lane: Lane | None = None
) -> list[Delivery]:
    begun = []
    for each in [lane] if lane else await store.deliveries.lanes(now):
        claim = await store.deliveries.claim(
            now, each, UNPACED, limit=limit, ahead=timedelta(seconds=1)
        )
        begun += [await store.deliveries.begin(part.delivery, now) for part in claim.parts]
    return [each for each in begun if each]


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, count(1))
