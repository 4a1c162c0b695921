"""What a digest holds: the news on its topics since the digest before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.briefing_builder import BriefingBuilder
from bot.build_cache import BuildCache
from bot.models import Briefing, Topic, Window
from bot.store import DigestRequest, Store
from summarizer.briefing import BriefingRequest

FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)

STRAGGLERS = timedelta(days=3)
"""An article fetched up to this long after it was published is told in the next digest."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Builds the briefings of digests. `topics` are the built-in topics by name."""

    store: Store
    builder: BriefingBuilder
    topics: Mapping[str, Topic]

    async def briefing_for(
        self, wanted: DigestRequest, now: datetime, shared: BuildCache
    ) -> Briefing:
        """Build the briefing of a digest as if it were due now; it is not stored.

        A weekly one tells what mattered in seven days, also what daily ones told.
        """
        subscription, last = wanted.subscription, wanted.last_due
        since = max(last, now - LONGEST_WINDOW) if last else now - FIRST_WINDOW
        if subscription.weekly:
            since, last = now - LONGEST_WINDOW, None
        request = BriefingRequest(
            topics=self.topics_of(wanted),
            window=Window(since, now),
            bullets=subscription.bullets,
            timezone=subscription.timezone,
            new_only=not subscription.weekly,
            language=wanted.channel.language,
            engine=wanted.channel.engine,
            filter=subscription.filter,
        )
        return await self.builder.make(
            request,
            channel_id=wanted.channel.id,
            now=now,
            stragglers=STRAGGLERS if last else timedelta(0),
            shared=shared,
        )

    async def preview(self, subscription_id: int, now: datetime) -> Briefing | None:
        """Build the next briefing of a subscription, given its id; None if there is none."""
        found = await self.store.digest_requests.for_subscriptions([subscription_id])
        wanted = found.get(subscription_id)
        return await self.briefing_for(wanted, now, BuildCache()) if wanted else None

    def topics_of(self, wanted: DigestRequest) -> tuple[Topic, ...]:
        """The topics of a digest that still exist."""
        known = {**self.topics, **{topic.name: topic for topic in wanted.own_topics}}
        return tuple(known[name] for name in wanted.subscription.topics if name in known)
