"""One stored part → one message. The deliveries table is the truth: commit before the request."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.delivery.outcomes import Outcomes
from bot.errors import StoreError
from bot.log import get_logger
from bot.models import Channel, Delivery, Platform, Receipt
from bot.platforms.interfaces import Messenger
from bot.platforms.send_once import send_once

WRITE_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Pauses in seconds between tries to store an outcome."""

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends each part that is marked as `sending` once."""

    outcomes: Outcomes
    messengers: Mapping[Platform, Messenger]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def send(self, delivery: Delivery, channel: Channel) -> None:
        """Send the part once and store its outcome.

        Raises StoreError if the outcome cannot be stored after several tries; the part is then left
        to recovery.
        """
        messenger = self.messengers.get(channel.address.platform)
        now = self.outcomes.clock
        if channel.disabled:
            write = partial(self.outcomes.refused, delivery, channel.disabled)
        elif messenger is None:
            reason = f"{channel.address.platform} is not running"
            write = partial(self.outcomes.retry, delivery, channel, reason, None, now=now())
        else:
            result = await send_once(messenger, channel.address, delivery, self._settle_seconds / 2)
            if isinstance(result, Receipt):
                write = partial(self.outcomes.sent, delivery, result.message_id)
            else:
                log.warning("a part was not sent", delivery=delivery.id, error=str(result))
                write = partial(
                    self.outcomes.failed,
                    delivery,
                    channel,
                    result,
                    traceable=messenger.traceable,
                    now=now(),
                )
        await self._stored(write)

    def is_traceable(self, platform: Platform) -> bool:
        """Whether a part without an answer can be looked up; a platform that is away sends none."""
        messenger = self.messengers.get(platform)
        return messenger is None or messenger.traceable

    async def _stored(self, write: Callable[[], Awaitable[None]]) -> None:
        """Store an outcome, with retries.

        The retries end before recovery may claim the part.
        """
        until = time.monotonic() + self._settle_seconds / 3
        for wait in WRITE_PAUSES:
            try:
                await write()
            except StoreError as error:
                if time.monotonic() + wait > until:
                    raise
                log.warning("an outcome was not stored; it is tried again", error=str(error))
                await self.sleep(wait)
            else:
                return
        await write()

    @property
    def _settle_seconds(self) -> float:
        return self.outcomes.policy.settle_after.total_seconds()
