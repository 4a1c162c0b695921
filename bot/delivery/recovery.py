"""Parts left in `sending` by a crash or a lost answer: looked up, retried or given up."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery.notice_texts import not_sent
from bot.delivery.outcomes import FIRST_PAUSE, LONGEST_PAUSE, Outcomes
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Channel, Delivery, DigestName, Platform
from bot.platforms.interfaces import Messenger
from bot.store import Lane, OperatorNotice

LOOK_BACK = timedelta(days=1)
"""How long before its due time a part is searched for, in case a clock was set back."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Settles parts that were left in `sending`, and ends parts that are too late."""

    outcomes: Outcomes
    messengers: Mapping[Platform, Messenger]

    async def recover(self) -> None:
        """Settle the parts that were begun more than `settle_after` ago.

        The platform might still accept a later one.
        """
        now = self.outcomes.clock()
        await self._expire(now)
        before = now - self.outcomes.policy.settle_after
        store = self.outcomes.store
        stuck = await store.deliveries.stuck(before, tuple(self.messengers), now=now)
        lanes = defaultdict[Lane, list[tuple[Delivery, Channel]]](list)
        for delivery in stuck:
            channel = await store.channels.get(delivery.channel_id)
            if channel is not None:
                address = channel.address
                lanes[address.platform, address.workspace].append((delivery, channel))
        ended = [self._recover_lane(parts) for parts in lanes.values()]
        for error in await asyncio.gather(*ended, return_exceptions=True):
            if error is not None:
                raise error

    async def _expire(self, now: datetime) -> None:
        """End the parts that were never begun and are too late now."""
        limit = self.outcomes.policy.give_up_after
        reason = f"more than {limit / timedelta(hours=1):g} h late"

        def notices_for(late: Sequence[DigestName], count: int) -> Sequence[OperatorNotice]:
            lines = not_sent(late, count, "was not sent", reason)
            writer = self.outcomes.notices
            return [each for line in lines for each in writer.notices_for(line, kind="failed")]

        await self.outcomes.store.deliveries.expire(
            now - limit, reason, now=now, notices_for=notices_for
        )

    async def _recover_lane(self, stuck: Sequence[tuple[Delivery, Channel]]) -> None:
        """Settle the parts of a lane one by one, until the platform needs a pause."""
        for delivery, channel in stuck:
            messenger = self.messengers[channel.address.platform]
            if not messenger.traceable:
                reason = "the process stopped, or the answer was lost, while it was being sent"
                await self.outcomes.uncertain(delivery, channel, reason, now=self.outcomes.clock())
            elif not await self._looked_up(delivery, channel, messenger):
                return

    async def _looked_up(self, delivery: Delivery, channel: Channel, messenger: Messenger) -> bool:
        """Look a part up and settle it; False if the platform asks for a pause, or is silent."""
        digest = await self.outcomes.store.digests.get(delivery.digest_id)
        due = digest.due_at if digest else self.outcomes.clock()
        try:
            receipt = await messenger.find(channel.address, delivery, due - LOOK_BACK)
        except DeliveryError as error:
            if error.installation:
                address = channel.address
                await self.outcomes.installations.refused(
                    address.platform, address.workspace, str(error)
                )
            wanted = digest.wanted_at if digest else due
            await self._lookup_failed(delivery, error, wanted)
            return error.retry_after is None and not error.installation and not error.uncertain
        if receipt is not None:
            await self.outcomes.sent(delivery, receipt.message_id)
        else:
            reason = "a look-up showed that it had not arrived"
            await self.outcomes.retry(delivery, channel, reason, 0, now=self.outcomes.clock())
        return True

    async def _lookup_failed(
        self, delivery: Delivery, error: DeliveryError, wanted: datetime
    ) -> None:
        """Look again at a later tick, until the digest is too late anyway.

        Without an answer the pause doubles with each look-up, so a silent receiver costs little.
        """
        now = self.outcomes.clock()
        log.warning("a part could not be looked up", delivery=delivery.id, error=str(error))
        if error.permanent or now - wanted > self.outcomes.policy.give_up_after:
            await self.outcomes.mark_uncertain(delivery, str(error))
        elif error.retry_after is not None:
            later = now + timedelta(seconds=error.retry_after)
            await self.outcomes.store.deliveries.postpone_lookup(delivery, later)
        elif error.uncertain:
            waited = now - (delivery.claimed_at or now)
            later = now + min(max(waited, FIRST_PAUSE), LONGEST_PAUSE)
            await self.outcomes.store.deliveries.postpone_lookup(delivery, later)
