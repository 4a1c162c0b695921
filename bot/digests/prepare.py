"""Opened digests → stored parts, ready to be sent; nothing is sent here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.briefing_builder import Shared
from bot.delivery.operator_notices import NoticeWriter
from bot.digests.calendar import quiet_end
from bot.digests.contents import Contents
from bot.digests.due import MARKED_LATE_AFTER, too_late
from bot.errors import BriefbotError, StoreError
from bot.models import Briefing, Channel, Digest, Platform, SendState
from bot.platforms.interfaces import Messenger
from bot.store import PREPARING, DigestRequest, Store

AT_ONCE = 50
"""Digests that are taken together, so that replicas share them, and built side by side."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Work:
    """One look at what is due: the instant of it, and what its digests have in common."""

    now: datetime
    shared: Shared = field(default_factory=Shared)
    rendered: dict[tuple[Platform, str, Briefing], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preparer:
    """Builds and renders what is due; `made_ready` is called when there is something to send."""

    store: Store
    contents: Contents
    messengers: Mapping[Platform, Messenger]
    late_limit: timedelta
    clock: Callable[[], datetime]
    notices: NoticeWriter
    made_ready: Callable[[], None] = lambda: None

    async def prepare_pending(self, now: datetime) -> int:
        """Store the parts of every opened digest; returns how many are now ready to go.

        Those that hold the same are built and rendered once.
        """
        ready, work = 0, _Work(now)
        while taken := await self._take(now):
            ids = {each.subscription_id for each in taken if each.subscription_id is not None}
            orders = await self.store.digest_requests.for_subscriptions(ids)
            ordered = ((each, orders.get(each.subscription_id or 0)) for each in taken)
            ready += sum(await asyncio.gather(*(self._prepare(*each, work) for each in ordered)))
            self.made_ready()
        return ready

    async def _take(self, now: datetime) -> list[Digest]:
        """Digests to prepare, held from this very moment: the look at `now` may take long."""
        return await self.store.digests.claim(
            now,
            AT_ONCE,
            platforms=tuple(self.messengers),
            overdue=now - self.late_limit,
            held_until=self.clock() + PREPARING,
        )

    async def _prepare(self, digest: Digest, order: DigestRequest | None, work: _Work) -> bool:
        try:
            return await self._tried(digest, order, work)
        except StoreError as error:
            log.warning("digest waits for the database", digest=digest.id, error=str(error))
            return False

    async def _tried(self, digest: Digest, order: DigestRequest | None, work: _Work) -> bool:
        """Prepare it, or write down why it cannot be; raises only StoreError."""
        try:
            return await self._prepare_one(digest, order, work)
        except StoreError:
            raise
        except BriefbotError as error:
            await self._end(digest, SendState.FAILED, str(error))
        except Exception:
            log.exception("digest could not be built", digest=digest.id)
            reason = "it could not be built; the log has the details"
            await self._end(digest, SendState.FAILED, reason)
        return False

    async def _prepare_one(self, digest: Digest, order: DigestRequest | None, work: _Work) -> bool:
        messenger = self.messengers.get(order.channel.address.platform) if order else None
        if order is None or order.channel.disabled:
            await self._drop(digest, order)
            return False
        if messenger is None:
            if work.now - digest.due_at > self.late_limit:
                reason = f"{order.channel.address.platform} is not running"
                await self._end(digest, SendState.SKIPPED, reason)
            return False
        if until := _quiet_until(order.channel, work.now):
            await self.store.digests.put_off(digest.id, until)
            return False
        behind = work.now - digest.wanted_at
        if behind > self.late_limit:
            await self._end(digest, SendState.SKIPPED, too_late(behind, self.late_limit))
            return False
        briefing = await self.contents.briefing_for(order, work.now, work.shared)
        late = digest.late or behind > MARKED_LATE_AFTER
        title = heading(replace(digest, late=late), order.subscription.timezone)
        look = (order.channel.address.platform, title, replace(briefing, id=""))
        if look not in work.rendered:
            work.rendered[look] = messenger.parts(briefing, title)
        await self.store.briefings.add(briefing, order.channel.id)
        return await self.store.digests.add_parts(digest.id, briefing.id, work.rendered[look])

    async def _drop(self, digest: Digest, order: DigestRequest | None) -> None:
        """Nobody wants it any more, as the operators know or need not."""
        reason = "the subscription has ended"
        if order is not None:
            reason = f"the channel is disabled: {order.channel.disabled}"
        now = self.clock()
        await self.store.digests.finish(digest.id, SendState.SKIPPED, reason=reason, now=now)

    async def _end(self, digest: Digest, state: SendState, reason: str) -> None:
        """It does not go out, of which the operators are told."""
        ended = "failed" if state is SendState.FAILED else f"was {state}"
        notices = self.notices.notices_for(
            f"Digest {digest.id} {ended}: {reason}", digest.channel_id
        )
        await self.store.digests.finish(
            digest.id, state, reason=reason, now=self.clock(), notices=notices
        )


def heading(digest: Digest, timezone: str) -> str:
    """Name the digest as its readers see it, with its local date; says where it comes late."""
    day = f"{digest.local_date:%A} {digest.local_date.day} {digest.local_date:%B %Y}"
    due = digest.due_at.astimezone(ZoneInfo(timezone))
    return f"Daily digest · {day}" + (f" (late: due at {due:%H:%M})" if digest.late else "")


def _quiet_until(channel: Channel, now: datetime) -> datetime | None:
    if channel.quiet_from is None or channel.quiet_until is None:
        return None
    return quiet_end(channel.quiet_from, channel.quiet_until, channel.timezone, now)
