"""Opened digests → stored parts, ready to be sent; nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.digests.build import BriefingBuilder
from bot.errors import BriefbotError, StoreError
from bot.models import Briefing, Channel, Digest, Platform, SendState, Subscription, Topic, Window
from bot.platforms.base import Messenger
from bot.store import Store
from summarizer.briefing import BriefingRequest

FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
STRAGGLERS = timedelta(days=3)
"""An article that comes in so long after it was published is told in the next digest."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Builds and renders what is due. `topics` are the built-in ones, by name."""

    store: Store
    builder: BriefingBuilder
    messengers: Mapping[Platform, Messenger]
    topics: Mapping[str, Topic]
    late_limit: timedelta

    async def prepare_pending(self, now: datetime) -> int:
        """Store the parts of every opened digest; returns how many are now ready to go."""
        ready = 0
        for digest in await self.store.digests.pending():
            ready += await self._prepare(digest, now)
        return ready

    async def build(self, subscription: Subscription, now: datetime) -> Briefing:
        """Build what the subscription's digest holds, were it due now; nothing is sent."""
        last = await self.store.digests.last_sent(subscription.id)
        since = max(last.due_at, now - LONGEST_WINDOW) if last else now - FIRST_WINDOW
        request = BriefingRequest(
            topics=await self._topics(subscription),
            window=Window(since, now),
            bullets=subscription.bullets,
            timezone=subscription.timezone,
            new_only=True,
        )
        return await self.builder.build(
            request,
            channel_id=subscription.channel_id,
            now=now,
            stragglers=STRAGGLERS if last else timedelta(0),
        )

    async def _prepare(self, digest: Digest, now: datetime) -> bool:
        try:
            return await self._prepare_one(digest, now)
        except StoreError as error:
            log.warning("digest waits for the database", digest=digest.id, error=str(error))
        except BriefbotError as error:
            await self.store.digests.finish(digest.id, SendState.FAILED, reason=str(error), now=now)
        except Exception:
            log.exception("digest could not be built", digest=digest.id)
            reason = "it could not be built; the log has the details"
            await self.store.digests.finish(digest.id, SendState.FAILED, reason=reason, now=now)
        return False

    async def _prepare_one(self, digest: Digest, now: datetime) -> bool:
        channel = await self.store.channels.get(digest.channel_id)
        subscription = await self._subscription(digest)
        messenger = self.messengers.get(channel.address.platform) if channel else None
        reason = _cannot(channel, subscription, messenger)
        if reason is not None or channel is None or subscription is None or messenger is None:
            await self._leave(digest, reason or "", now, wait=messenger is None)
            return False
        briefing = await self.build(subscription, now)
        parts = messenger.parts(briefing, heading(digest, subscription.timezone))
        await self.store.digests.add_parts(digest.id, briefing.id, parts)
        return True

    async def _leave(self, digest: Digest, reason: str, now: datetime, *, wait: bool) -> None:
        if wait and now - digest.due_at <= self.late_limit:
            return
        await self.store.digests.finish(digest.id, SendState.SKIPPED, reason=reason, now=now)

    async def _subscription(self, digest: Digest) -> Subscription | None:
        if digest.subscription_id is None:
            return None
        return await self.store.subscriptions.get(digest.subscription_id)

    async def _topics(self, subscription: Subscription) -> tuple[Topic, ...]:
        own = await self.store.topics.of_channel(subscription.channel_id)
        known = {**self.topics, **{topic.name: topic for topic in own}}
        return tuple(known[name] for name in subscription.topics if name in known)


def heading(digest: Digest, timezone: str) -> str:
    """Name the digest as its readers see it, with its local date; says where it comes late."""
    day = f"{digest.local_date:%A} {digest.local_date.day} {digest.local_date:%B %Y}"
    due = digest.due_at.astimezone(ZoneInfo(timezone))
    return f"Daily digest · {day}" + (f" (late: due at {due:%H:%M})" if digest.late else "")


def _cannot(
    channel: Channel | None, subscription: Subscription | None, messenger: Messenger | None
) -> str | None:
    if channel is None or subscription is None:
        return "the subscription has ended"
    if channel.disabled:
        return f"the channel is disabled: {channel.disabled}"
    if messenger is None:
        return f"{channel.address.platform} is not running"
    return None
