"""Opened digests → stored parts, ready to be sent; nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.digests.build import BriefingBuilder, Shared
from bot.digests.calendar import quiet_end
from bot.digests.due import MARKED_LATE_AFTER, too_late
from bot.errors import BriefbotError, StoreError
from bot.models import Briefing, Channel, Digest, Platform, SendState, Topic, Window
from bot.platforms.base import Messenger
from bot.store import Order, Store
from summarizer.briefing import BriefingRequest

FIRST_WINDOW = timedelta(hours=24)
LONGEST_WINDOW = timedelta(days=7)
AT_ONCE = 50
"""Digests that are taken together, so that replicas share them."""

STRAGGLERS = timedelta(days=3)
"""An article that comes in so long after it was published is told in the next digest."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Work:
    """One look at what is due: the instant of it, and what its digests have in common."""

    now: datetime
    shared: Shared = field(default_factory=Shared)
    rendered: dict[tuple[Platform, str, Briefing], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Builds and renders what is due. `topics` are the built-in ones, by name.

    `made_ready` is called whenever there is something to send.
    """

    store: Store
    builder: BriefingBuilder
    messengers: Mapping[Platform, Messenger]
    topics: Mapping[str, Topic]
    late_limit: timedelta
    made_ready: Callable[[], None] = lambda: None

    async def prepare_pending(self, now: datetime) -> int:
        """Store the parts of every opened digest; returns how many are now ready to go.

        Those that hold the same are built and rendered once.
        """
        ready, work = 0, _Work(now)
        here, overdue = tuple(self.messengers), now - self.late_limit
        while taken := await self.store.digests.take(now, AT_ONCE, platforms=here, overdue=overdue):
            ids = {each.subscription_id for each in taken if each.subscription_id is not None}
            orders = await self.store.orders.of(ids)
            for digest in taken:
                order = orders.get(digest.subscription_id or 0)
                ready += await self._prepare(digest, order, work)
            self.made_ready()
        return ready

    async def build(self, subscription_id: int, now: datetime) -> Briefing | None:
        """Build what the subscription's digest holds, were it due now; it is not stored."""
        order = (await self.store.orders.of([subscription_id])).get(subscription_id)
        return await self._build(order, _Work(now)) if order else None

    async def _prepare(self, digest: Digest, order: Order | None, work: _Work) -> bool:
        now = work.now
        try:
            return await self._prepare_one(digest, order, work)
        except StoreError as error:
            log.warning("digest waits for the database", digest=digest.id, error=str(error))
        except BriefbotError as error:
            await self.store.digests.finish(digest.id, SendState.FAILED, reason=str(error), now=now)
        except Exception:
            log.exception("digest could not be built", digest=digest.id)
            reason = "it could not be built; the log has the details"
            await self.store.digests.finish(digest.id, SendState.FAILED, reason=reason, now=now)
        return False

    async def _prepare_one(self, digest: Digest, order: Order | None, work: _Work) -> bool:
        messenger = self.messengers.get(order.channel.address.platform) if order else None
        reason = _cannot(order, messenger)
        if reason is not None or order is None or messenger is None:
            await self._leave(digest, reason or "", work.now, wait=bool(order) and not messenger)
            return False
        if until := _quiet_until(order.channel, work.now):
            await self.store.digests.put_off(digest.id, until)
            return False
        behind = work.now - digest.wanted_at
        if behind > self.late_limit:
            await self._leave(digest, too_late(behind, self.late_limit), work.now, wait=False)
            return False
        briefing = await self._build(order, work)
        late = digest.late or behind > MARKED_LATE_AFTER
        title = heading(replace(digest, late=late), order.subscription.timezone)
        look = (order.channel.address.platform, title, replace(briefing, id=""))
        if look not in work.rendered:
            work.rendered[look] = messenger.parts(briefing, title)
        await self.store.briefings.add(briefing, order.channel.id)
        return await self.store.digests.add_parts(digest.id, briefing.id, work.rendered[look])

    async def _build(self, order: Order, work: _Work) -> Briefing:
        subscription, last, now = order.subscription, order.last_due, work.now
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
            shared=work.shared,
        )

    async def _leave(self, digest: Digest, reason: str, now: datetime, *, wait: bool) -> None:
        if wait and now - digest.due_at <= self.late_limit:
            return
        await self.store.digests.finish(digest.id, SendState.SKIPPED, reason=reason, now=now)

    def _topics(self, order: Order) -> tuple[Topic, ...]:
        known = {**self.topics, **{topic.name: topic for topic in order.own_topics}}
        return tuple(known[name] for name in order.subscription.topics if name in known)


def heading(digest: Digest, timezone: str) -> str:
    """Name the digest as its readers see it, with its local date; says where it comes late."""
    day = f"{digest.local_date:%A} {digest.local_date.day} {digest.local_date:%B %Y}"
    due = digest.due_at.astimezone(ZoneInfo(timezone))
    return f"Daily digest · {day}" + (f" (late: due at {due:%H:%M})" if digest.late else "")


def _quiet_until(channel: Channel, now: datetime) -> datetime | None:
    if channel.quiet_from is None or channel.quiet_until is None:
        return None
    return quiet_end(channel.quiet_from, channel.quiet_until, channel.timezone, now)


def _cannot(order: Order | None, messenger: Messenger | None) -> str | None:
    if order is None:
        return "the subscription has ended"
    if order.channel.disabled:
        return f"the channel is disabled: {order.channel.disabled}"
    if messenger is None:
        return f"{order.channel.address.platform} is not running"
    return None
