"""One stored part → one message. The deliveries table is the truth: commit first, then ask."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.digests.notices import Notices
from bot.digests.pacing import held_by
from bot.errors import DeliveryError
from bot.models import Address, Channel, Delivery, Platform, SendState
from bot.platforms.base import Messenger
from bot.store import Lane, Store

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)

LOOK_BACK = timedelta(days=1)
"""So long before its digest was due a part is looked for, in case a clock was put back since."""

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
class Sender:
    """Sends parts that are marked as `sending`, and writes down what became of each."""

    store: Store
    messengers: Mapping[Platform, Messenger]
    clock: Callable[[], datetime]
    policy: Policy
    notices: Notices

    async def send(self, delivery: Delivery, channel: Channel) -> None:
        """Send the part once; whatever happens is stored, or left to `recover`."""
        messenger = self.messengers.get(channel.address.platform)
        if channel.disabled:
            await self._settle(delivery, SendState.FAILED, reason=channel.disabled)
            return
        if messenger is None:
            await self._retry(delivery, f"{channel.address.platform} is not running", None)
            return
        try:
            async with asyncio.timeout(self.policy.settle_after.total_seconds() / 2):
                receipt = await messenger.send(channel.address, delivery)
        except DeliveryError as error:
            await self._failed(delivery, channel, error, traceable=messenger.traceable)
        except Exception as error:
            if not isinstance(error, TimeoutError):
                log.exception("a send ended in an unexpected way", delivery=delivery.id)
            unknown = DeliveryError("it is not known whether it arrived", uncertain=True)
            await self._failed(delivery, channel, unknown, traceable=messenger.traceable)
        else:
            await self._settle(delivery, SendState.SENT, message_id=receipt.message_id)

    async def recover(self) -> int:
        """Settle what a crash or a lost answer left in `sending`; returns how many there were.

        Only what was begun `settle_after` ago: sooner, the platform might take it yet.
        """
        now = self.clock()
        limit = self.policy.give_up_after
        reason = f"more than {limit / timedelta(hours=1):g} h late"
        await self.store.deliveries.expire(now - limit, reason, now=now)
        before = now - self.policy.settle_after
        stuck = await self.store.deliveries.stuck(before, tuple(self.messengers), now=now)
        lanes = defaultdict[Lane, list[tuple[Delivery, Channel]]](list)
        for delivery in stuck:
            channel = await self.store.channels.get(delivery.channel_id)
            if channel is not None:
                address = channel.address
                lanes[address.platform, address.workspace].append((delivery, channel))
        ended = [self._recover_lane(parts) for parts in lanes.values()]
        for error in await asyncio.gather(*ended, return_exceptions=True):
            if error is not None:
                raise error
        return len(stuck)

    async def _failed(
        self, delivery: Delivery, channel: Channel, error: DeliveryError, *, traceable: bool
    ) -> None:
        log.warning("a part was not sent", delivery=delivery.id, error=str(error))
        address = channel.address
        if error.migrate_to is not None and error.migrate_to != address.chat:
            await self.store.channels.move_chat(address, error.migrate_to)
            await self._retry(delivery, str(error), 0 if delivery.attempts == 1 else None)
        elif error.thread_gone and address.thread and self.policy.thread_to_chat:
            await self.store.channels.move(channel.id, replace(address, thread=""))
            await self._retry(delivery, str(error), 0)
        elif error.permanent:
            await self._give_up(delivery, channel, str(error))
        elif error.uncertain and traceable:
            log.info("it will be looked up", delivery=delivery.id)
        elif error.uncertain:
            await self._uncertain(delivery, str(error))
        else:
            await self._hold(address, error.retry_after)
            await self._retry(delivery, str(error), error.retry_after)

    async def _give_up(self, delivery: Delivery, channel: Channel, reason: str) -> None:
        """Disable the channel and end all that it was to get; the operators are told once."""
        first = await self.store.channels.disable(channel.id, reason)
        await self._settle(delivery, SendState.FAILED, reason=reason)
        await self.store.digests.abandon(channel.id, reason, now=self.clock())
        if first:
            self.notices.add(f"Digests to {_named(channel)} have stopped: {reason}")

    async def _uncertain(self, delivery: Delivery, reason: str) -> None:
        """Nobody can tell whether it arrived: leave it and tell, or send once more."""
        if self.policy.prefer_duplicate and delivery.attempts == 1:
            await self._retry(delivery, reason, None)
            return
        await self._leave(delivery, reason)

    async def _leave(self, delivery: Delivery, reason: str) -> None:
        if await self._settle(delivery, SendState.UNCERTAIN, reason=reason):
            number = delivery.digest_id
            part = f"Part {delivery.part} of {delivery.parts}"
            self.notices.add(f"{part} of digest {number} may be missing: /resend {number}")

    async def _hold(self, address: Address, retry_after: float | None) -> None:
        """Keep a pause that the platform asked for, for the chat or the lane that it means."""
        if retry_after is None:
            return
        now = self.clock()
        until = now + timedelta(seconds=retry_after)
        lane = (address.platform, address.workspace)
        await self.store.paces.hold(lane, held_by(address), until, now=now)

    async def _retry(self, delivery: Delivery, reason: str, retry_after: float | None) -> None:
        now = self.clock()
        digest = await self.store.digests.get(delivery.digest_id)
        if digest is not None and now - digest.wanted_at > self.policy.give_up_after:
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
    ) -> bool:
        return await self.store.deliveries.settle(
            delivery.id,
            delivery.token or "",
            state,
            now=self.clock(),
            reason=reason,
            message_id=message_id,
        )

    async def _recover_lane(self, stuck: Sequence[tuple[Delivery, Channel]]) -> None:
        """Settle a lane's parts one by one, until the platform asks for a pause."""
        for delivery, channel in stuck:
            messenger = self.messengers[channel.address.platform]
            if not messenger.traceable:
                reason = "it was being sent when the process stopped or the answer was lost"
                await self._uncertain(delivery, reason)
            elif not await self._looked_up(delivery, channel, messenger):
                return

    async def _looked_up(self, delivery: Delivery, channel: Channel, messenger: Messenger) -> bool:
        """Look a part up and settle it; False where the platform asks to be left alone."""
        digest = await self.store.digests.get(delivery.digest_id)
        due = digest.due_at if digest else self.clock()
        try:
            receipt = await messenger.find(channel.address, delivery, due - LOOK_BACK)
        except DeliveryError as error:
            wanted = digest.wanted_at if digest else due
            await self._not_found_out(delivery, error, wanted)
            return error.retry_after is None
        if receipt is not None:
            await self._settle(delivery, SendState.SENT, message_id=receipt.message_id)
        else:
            await self._retry(delivery, "it had not arrived when it was looked up", 0)
        return True

    async def _not_found_out(
        self, delivery: Delivery, error: DeliveryError, wanted: datetime
    ) -> None:
        """Look again at a later tick, until the digest would be too late in any case."""
        now = self.clock()
        log.warning("a part could not be looked up", delivery=delivery.id, error=str(error))
        if error.permanent or now - wanted > self.policy.give_up_after:
            await self._leave(delivery, str(error))
        elif error.retry_after is not None:
            later = now + timedelta(seconds=error.retry_after)
            await self.store.deliveries.look_later(delivery, later)


def pause(attempts: int, retry_after: float | None) -> timedelta:
    """How long to leave a part alone: as the platform asks, else doubling up to the longest."""
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    doubled = FIRST_PAUSE * 2.0 ** min(max(attempts - 1, 0), 20)
    return min(doubled, LONGEST_PAUSE)


def _named(channel: Channel) -> str:
    address = channel.address
    return f"{address.platform} {channel.title or address.chat}"
