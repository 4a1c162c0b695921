"""Stored parts → messages sent. The deliveries table is the truth: commit first, then ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.digests.build import BriefingBuilder
from bot.errors import DeliveryError
from bot.models import Channel, Delivery, Digest, Platform, SendState
from bot.platforms.base import Messenger
from bot.store import Store

WORKERS = 8
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
FINAL = frozenset({SendState.SENT, SendState.SKIPPED, SendState.FAILED, SendState.UNCERTAIN})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends whatever the store holds ready; one chat's trouble holds up one worker at most."""

    store: Store
    builder: BriefingBuilder
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    give_up_after: timedelta
    settle_after: timedelta

    async def send_ready(self) -> int:
        """Send until nothing is ready; returns how many parts were tried."""
        tried = await asyncio.gather(*(self._work() for _ in range(WORKERS)))
        return sum(tried)

    async def recover(self) -> int:
        """Settle what a crash or a lost answer left in `sending`; returns how many there were.

        Only what was begun `settle_after` ago: sooner, the platform might take it yet.
        """
        stuck = await self.store.deliveries.stuck(self.clock() - self.settle_after)
        for delivery in stuck:
            await self._recover_one(delivery)
        return len(stuck)

    async def _work(self) -> int:
        tried = 0
        while claimed := await self.store.deliveries.claim(self.clock(), limit=1):
            for delivery in claimed:
                await self._send(delivery)
                tried += 1
        return tried

    async def _send(self, delivery: Delivery) -> None:
        channel = await self.store.channels.get(delivery.channel_id)
        messenger = self.messengers.get(channel.address.platform) if channel else None
        if channel is None or channel.disabled:
            reason = channel.disabled if channel and channel.disabled else "the channel is gone"
            await self._settle(delivery, SendState.FAILED, reason=reason)
            return
        if messenger is None:
            await self._retry(delivery, f"{channel.address.platform} is not running", None)
            return
        try:
            receipt = await messenger.send(channel.address, delivery)
        except DeliveryError as error:
            await self._failed(delivery, channel, error, traceable=messenger.traceable)
        except Exception:
            log.exception("a send ended in an unexpected way", delivery=delivery.id)
            reason = "an unexpected error; the platform may have taken the message"
            await self._settle(delivery, SendState.UNCERTAIN, reason=reason)
        else:
            await self._settle(delivery, SendState.SENT, message_id=receipt.message_id)

    async def _failed(
        self, delivery: Delivery, channel: Channel, error: DeliveryError, *, traceable: bool
    ) -> None:
        log.warning("a part was not sent", delivery=delivery.id, error=str(error))
        if error.permanent:
            await self.store.channels.disable(channel.id, str(error))
            await self._settle(delivery, SendState.FAILED, reason=str(error))
            await self.store.digests.abandon(channel.id, str(error), now=self.clock())
        elif error.uncertain and traceable:
            log.info("it will be looked up", delivery=delivery.id)
        elif error.uncertain:
            await self._settle(delivery, SendState.UNCERTAIN, reason=str(error))
        else:
            await self._retry(delivery, str(error), error.retry_after)

    async def _retry(self, delivery: Delivery, reason: str, retry_after: float | None) -> None:
        now = self.clock()
        digest = await self.store.digests.get(delivery.digest_id)
        if digest is not None and now - digest.due_at > self.give_up_after:
            await self._settle(delivery, SendState.FAILED, reason=reason)
            return
        not_before = now + pause(delivery.attempts, retry_after)
        await self.store.deliveries.put_off(
            delivery.id, delivery.token or "", not_before=not_before, reason=reason
        )

    async def _settle(
        self,
        delivery: Delivery,
        state: SendState,
        *,
        reason: str | None = None,
        message_id: str | None = None,
    ) -> None:
        now = self.clock()
        settled = await self.store.deliveries.settle(
            delivery.id,
            delivery.token or "",
            state,
            now=now,
            reason=reason,
            message_id=message_id,
        )
        digest = await self.store.digests.get(delivery.digest_id) if settled else None
        if digest is not None:
            await self._close(digest, now)

    async def _close(self, digest: Digest, now: datetime) -> None:
        """Finish a digest whose parts are all final, and remember what its channel was told."""
        parts = await self.store.deliveries.of_digest(digest.id)
        if not parts or any(part.state not in FINAL for part in parts):
            return
        state = outcome([part.state for part in parts])
        reason = next((part.reason for part in parts if part.state is state and part.reason), None)
        if state in {SendState.SENT, SendState.UNCERTAIN} and digest.briefing_id:
            briefing = await self.store.briefings.get(digest.briefing_id)
            if briefing is not None:
                await self.builder.remember(briefing, digest.channel_id, now=now, by_digest=True)
        await self.store.digests.finish(digest.id, state, reason=reason, now=now)

    async def _recover_one(self, delivery: Delivery) -> None:
        channel = await self.store.channels.get(delivery.channel_id)
        messenger = self.messengers.get(channel.address.platform) if channel else None
        if channel is None or messenger is None or not messenger.traceable:
            reason = "it was being sent when the process stopped or the answer was lost"
            await self._settle(delivery, SendState.UNCERTAIN, reason=reason)
            return
        try:
            receipt = await messenger.find(channel.address, delivery)
        except DeliveryError as error:
            await self._not_found_out(delivery, error)
            return
        if receipt is not None:
            await self._settle(delivery, SendState.SENT, message_id=receipt.message_id)
        else:
            await self._retry(delivery, "it had not arrived when it was looked up", 0)

    async def _not_found_out(self, delivery: Delivery, error: DeliveryError) -> None:
        """Look again at the next tick, until the digest would be too late in any case."""
        log.warning("a part could not be looked up", delivery=delivery.id, error=str(error))
        digest = await self.store.digests.get(delivery.digest_id)
        if digest is None or self.clock() - digest.due_at > self.give_up_after:
            await self._settle(delivery, SendState.UNCERTAIN, reason=str(error))


def pause(attempts: int, retry_after: float | None) -> timedelta:
    """How long to leave a part alone: as the platform asks, else doubling up to the longest."""
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doubled = FIRST_PAUSE * 2.0 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)


def outcome(states: list[SendState]) -> SendState:
    """The worst of its parts is what became of a digest."""
    for state in (SendState.FAILED, SendState.UNCERTAIN, SendState.SKIPPED):
        if state in states:
            return state
    return SendState.SENT
