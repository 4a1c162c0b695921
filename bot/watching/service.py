"""The work of alerts, done every few seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digests.quiet import quiet_until
from bot.models import Channel, Delivery
from bot.store import Store
from bot.watching.alerts import AlertWriter
from bot.watching.arrivals import ArrivalMatcher
from bot.watching.corrections import CorrectionWriter

FOLLOWED = timedelta(days=14)
"""A story of which nothing was told for this long is followed no more."""

KEPT = timedelta(days=30)
"""How long it is remembered what was found."""

SECONDS = 10.0
"""The longest time between two looks at what has arrived."""

CLEAN_UP_SECONDS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Watching:
    """The alerts of every channel; any number of these may run on one database."""

    store: Store
    arrivals: ArrivalMatcher
    alerts: AlertWriter
    clock: Callable[[], datetime]
    corrections: CorrectionWriter

    async def tick(self) -> None:
        """Find what has arrived, and write the alerts that may be sent."""
        now = self.clock()
        await self.arrivals.look(now)
        await self.alerts.write(now)

    async def correct(self) -> None:
        """Tell of what was withdrawn."""
        await self.corrections.write()

    async def clean_up(self) -> None:
        """End old follows and delete old alerts."""
        now = self.clock()
        await self.store.watches.end_follows(now - FOLLOWED)
        await self.store.alerts.forget(now - KEPT)

    async def held_until(self, delivery: Delivery, channel: Channel) -> datetime | None:
        """Return until when an alert waits that an outage has moved into quiet hours."""
        until = quiet_until(channel, self.alerts.quiet, self.clock())
        if until is None or not await self.store.alerts.sends(delivery.digest_id):
            return None
        return until
