"""What becomes of a part: sent, again later, given up, or uncertain; and who is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.delivery.limits import held_by
from bot.delivery.operator_notices import NoticeWriter
from bot.errors import DeliveryError
from bot.models import Address, Channel, Delivery, SendState
from bot.store import Store

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the deployer chose.

    A part that is more than `give_up_after` behind is not tried again. After `settle_after` the
    platform has certainly done with a request. `prefer_duplicate` sends again what perhaps arrived;
    `thread_to_chat` sends to the chat what a thread that is gone was to get.
    """

    give_up_after: timedelta
    settle_after: timedelta
    prefer_duplicate: bool = False
    thread_to_chat: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Writes down what became of parts that are marked as `sending`."""

    store: Store
    clock: Callable[[], datetime]
    policy: Policy
    notices: NoticeWriter

    async def sent(self, delivery: Delivery, message_id: str) -> None:
        """The platform has it."""
        await self._settle(delivery, SendState.SENT, message_id=message_id)

    async def failed(
        self,
        delivery: Delivery,
        channel: Channel,
        error: DeliveryError,
        *,
        traceable: bool,
        now: datetime,
    ) -> None:
        """The platform did not take it, or may not have; `traceable` parts can be looked up.

        `now` is when it said so: pauses count from then, however often this is written.
        """
        address = channel.address
        if error.migrate_to is not None and error.migrate_to != address.chat:
            await self.store.channels.move_chat(address, error.migrate_to)
            at_once = 0 if delivery.attempts == 1 else None
            await self.again(delivery, channel, str(error), at_once, now=now)
        elif error.thread_gone and address.thread and self.policy.thread_to_chat:
            await self.store.channels.move(channel.id, replace(address, thread=""))
            await self.again(delivery, channel, str(error), 0, now=now)
        elif error.permanent:
            await self._give_up(delivery, channel, str(error))
        elif error.uncertain and traceable:
            log.info("it will be looked up", delivery=delivery.id)
        elif error.uncertain:
            await self.uncertain(delivery, channel, str(error), now=now)
        else:
            await self._hold(address, error.retry_after, now)
            await self.again(delivery, channel, str(error), error.retry_after, now=now)

    async def again(
        self,
        delivery: Delivery,
        channel: Channel,
        reason: str,
        retry_after: float | None,
        *,
        now: datetime,
    ) -> None:
        """Send it again after a pause that counts from `now`, unless it would be too late then."""
        digest = await self.store.digests.get(delivery.digest_id)
        if digest is not None and now - digest.wanted_at > self.policy.give_up_after:
            line = f"Digest {digest.id} to {named(channel)} was given up: {reason}"
            await self._settle(delivery, SendState.FAILED, reason=reason, line=line)
            return
        not_before = now + pause(delivery.attempts, retry_after)
        await self.store.deliveries.put_off(
            delivery.id, delivery.token or "", not_before=not_before, reason=reason
        )

    async def uncertain(
        self, delivery: Delivery, channel: Channel, reason: str, *, now: datetime
    ) -> None:
        """Nobody can tell whether it arrived: leave it and tell, or send once more."""
        if self.policy.prefer_duplicate and delivery.attempts == 1:
            await self.again(delivery, channel, reason, None, now=now)
        else:
            await self.leave(delivery, reason)

    async def leave(self, delivery: Delivery, reason: str) -> None:
        """Leave it uncertain, and tell the operators how to send it again."""
        number = delivery.digest_id
        part = f"Part {delivery.part} of {delivery.parts}"
        line = f"{part} of digest {number} may be missing: /resend {number}"
        await self._settle(delivery, SendState.UNCERTAIN, reason=reason, line=line)

    async def refused(self, delivery: Delivery, reason: str) -> None:
        """Its channel is disabled, of which the operators know."""
        await self._settle(delivery, SendState.FAILED, reason=reason)

    async def _give_up(self, delivery: Delivery, channel: Channel, reason: str) -> None:
        """Disable the channel and end all that it was to get; the operators are told once."""
        now = self.clock()
        told = self.notices.notices_for(
            f"Digests to {named(channel)} have stopped: {reason}", channel.id
        )
        await self.store.channels.disable(channel.id, reason, now=now, notices=told)
        await self.refused(delivery, reason)
        await self.store.digests.abandon(channel.id, reason, now=now)

    async def _hold(self, address: Address, retry_after: float | None, now: datetime) -> None:
        """Keep a pause that the platform asked for, for the chat or the lane that it means."""
        if retry_after is None:
            return
        until = now + timedelta(seconds=retry_after)
        lane = (address.platform, address.workspace)
        await self.store.paces.hold(lane, held_by(address), until, now=now)

    async def _settle(
        self,
        delivery: Delivery,
        state: SendState,
        *,
        reason: str | None = None,
        message_id: str | None = None,
        line: str = "",
    ) -> None:
        """Set how the part ended; the operators are told the line with it."""
        await self.store.deliveries.settle(
            delivery.id,
            delivery.token or "",
            state,
            now=self.clock(),
            reason=reason,
            message_id=message_id,
            notices=self.notices.notices_for(line, delivery.channel_id) if line else (),
        )


def pause(attempts: int, retry_after: float | None) -> timedelta:
    """How long to leave a part alone: as the platform asks, else doubling up to the longest."""
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doubled = FIRST_PAUSE * 2.0 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)


def named(channel: Channel) -> str:
    """The channel as operators know it."""
    address = channel.address
    return f"{address.platform} {channel.title or address.chat}"
