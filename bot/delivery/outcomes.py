"""The outcome of a part: sent, retried, failed or uncertain; and the notices about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.installations import Installations
from bot.delivery.limits import held_by
from bot.delivery.notice_texts import may_be_missing, not_sent, stopped
from bot.delivery.operator_notices import NoticeWriter
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Address, Channel, Delivery, SendState
from bot.store import Store

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Policy:
    """Choices of the deployer.

    A part later than `give_up_after` is not tried again. A request older than `settle_after` is
    certainly over. `prefer_duplicate` sends a part again that may have arrived; `thread_to_chat`
    sends the parts of a deleted thread to its chat.
    """

    give_up_after: timedelta
    settle_after: timedelta
    prefer_duplicate: bool = False
    thread_to_chat: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Stores the outcome of parts that are marked as `sending`."""

    store: Store
    clock: Callable[[], datetime]
    policy: Policy
    notices: NoticeWriter
    installations: Installations

    async def sent(self, delivery: Delivery, message_id: str) -> None:
        """Store that the platform accepted the part."""
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
        """Store that the platform did not accept the part, or may not have.

        `traceable` parts can be looked up later. `now` is the instant of the answer: pauses count
        from it, even if storing is repeated.
        """
        address = channel.address
        if error.installation:
            await self.installations.refused(address.platform, address.workspace, str(error))
            await self.retry(delivery, channel, str(error), 0, now=now)
        elif error.migrate_to is not None and error.migrate_to != address.chat:
            await self.store.channels.move_chat(address, error.migrate_to)
            at_once = 0 if delivery.attempts == 1 else None
            await self.retry(delivery, channel, str(error), at_once, now=now)
        elif error.thread_gone and address.thread and self.policy.thread_to_chat:
            await self.store.channels.move(channel.id, replace(address, thread=""))
            await self.retry(delivery, channel, str(error), 0, now=now)
        elif error.permanent:
            await self._disable(delivery, channel, str(error))
        elif error.uncertain and traceable:
            log.info("a part without an answer will be looked up", delivery=delivery.id)
        elif error.uncertain:
            await self.uncertain(delivery, channel, str(error), now=now)
        else:
            await self._hold(address, error.retry_after, now)
            await self.retry(delivery, channel, str(error), error.retry_after, now=now)

    async def retry(
        self,
        delivery: Delivery,
        channel: Channel,
        reason: str,
        retry_after: float | None,
        *,
        now: datetime,
    ) -> None:
        """Let the part be sent again after a pause from `now`, or fail it if it is too late."""
        digest = await self.store.digests.get(delivery.digest_id)
        if digest is not None and now - digest.wanted_at > self.policy.give_up_after:
            name = await self.store.digests.describe(digest.id)
            named = [name] if name and not delivery.is_picture else []
            lines = not_sent(named, 1, "was not sent", reason)
            await self._settle(
                delivery, SendState.FAILED, reason=reason, line="".join(lines), kind="failed"
            )
            return
        not_before = now + retry_pause(delivery.attempts, retry_after)
        await self.store.deliveries.put_off(
            delivery.id, delivery.token or "", not_before=not_before, reason=reason
        )

    async def uncertain(
        self, delivery: Delivery, channel: Channel, reason: str, *, now: datetime
    ) -> None:
        """Handle a part that may have arrived: mark it uncertain, or retry it if configured."""
        if self.policy.prefer_duplicate and delivery.attempts == 1:
            await self.retry(delivery, channel, reason, None, now=now)
        else:
            await self.mark_uncertain(delivery, reason)

    async def mark_uncertain(self, delivery: Delivery, reason: str) -> None:
        """Mark the part uncertain, and tell the operators how to send a text again."""
        name = await self.store.digests.describe(delivery.digest_id)
        line = ""
        if name and not delivery.is_picture:
            line = may_be_missing(name, delivery.part, delivery.parts, reason)
        await self._settle(
            delivery, SendState.UNCERTAIN, reason=reason, line=line, kind="uncertain"
        )

    async def refused(self, delivery: Delivery, reason: str) -> None:
        """Fail the part of a disabled channel without a notice: the operators were told."""
        await self._settle(delivery, SendState.FAILED, reason=reason)

    async def _disable(self, delivery: Delivery, channel: Channel, reason: str) -> None:
        """Disable the channel, end all of its digests, and tell the operators once."""
        now = self.clock()
        line = stopped(channel.address, channel.title, reason)
        told = self.notices.notices_for(line, channel.id, kind="stopped")
        await self.store.channels.disable(channel.id, reason, now=now, notices=told)
        await self.refused(delivery, reason)
        await self.store.digests.abandon(channel.id, reason, now=now)

    async def _hold(self, address: Address, retry_after: float | None, now: datetime) -> None:
        """Store the pause that the platform asked for, for the chat or the lane."""
        if retry_after is None:
            return
        until = now + timedelta(seconds=retry_after)
        lane = (address.platform, address.workspace)
        await self.store.paces.pause(lane, held_by(address), until, now=now)

    async def _settle(
        self,
        delivery: Delivery,
        state: SendState,
        *,
        reason: str | None = None,
        message_id: str | None = None,
        line: str = "",
        kind: str = "",
    ) -> None:
        """Store the final state of the part, with a notice to the operators if there is a line."""
        await self.store.deliveries.settle(
            delivery.id,
            delivery.token or "",
            state,
            now=self.clock(),
            reason=reason,
            message_id=message_id,
            notices=self.notices.notices_for(line, delivery.channel_id, kind) if line else (),
        )


def retry_pause(attempts: int, retry_after: float | None) -> timedelta:
    """The pause before the next try: as the platform asks, otherwise doubling with each try."""
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doubled = FIRST_PAUSE * 2.0 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)
