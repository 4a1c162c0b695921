"""What a subscription's digest holds: its topics' news since the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.briefing_builder import BriefingBuilder, Shared
from bot.models import Briefing, Topic, Window
from bot.store import DigestRequest, Store
from summarizer.briefing import BriefingRequest

FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)

STRAGGLERS = timedelta(days=3)
"""An article that comes in so long after it was published is told in the next digest."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Builds the briefings of digests. `topics` are the built-in ones, by name."""

    store: Store
    builder: BriefingBuilder
    topics: Mapping[str, Topic]

    async def briefing_for(self, order: DigestRequest, now: datetime, shared: Shared) -> Briefing:
        """Build what the order's digest holds, were it due now; it is not stored."""
        subscription, last = order.subscription, order.last_due
        since = max(last, now - LONGEST_WINDOW) if last else now - FIRST_WINDOW
        request = BriefingRequest(
            topics=self._topics(order),
            window=Window(since, now),
            bullets=subscription.bullets,
            timezone=subscription.timezone,
            new_only=True,
            language=order.channel.language,
            engine=order.channel.engine,
        )
        return await self.builder.make(
            request,
            channel_id=order.channel.id,
            now=now,
            stragglers=STRAGGLERS if last else timedelta(0),
            shared=shared,
        )

    async def preview(self, subscription_id: int, now: datetime) -> Briefing | None:
        """As `of`, for a subscription by its number; None where there is none."""
        order = (await self.store.digest_requests.for_subscriptions([subscription_id])).get(
            subscription_id
        )
        return await self.briefing_for(order, now, Shared()) if order else None

    def _topics(self, order: DigestRequest) -> tuple[Topic, ...]:
        known = {**self.topics, **{topic.name: topic for topic in order.own_topics}}
        return tuple(known[name] for name in order.subscription.topics if name in known)
