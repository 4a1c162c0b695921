"""Faults of a whole bot or workspace: it is paused, probed, and resumed when it works."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.delivery.operator_notices import NoticeWriter
from bot.errors import DeliveryError
from bot.log import get_logger
from bot.models import Platform
from bot.platforms.interfaces import Messenger
from bot.store import WHOLE_LANE, Lane, Outage, Store

FIRST_PROBE = timedelta(seconds=5)
LONGEST_PROBE = timedelta(minutes=5)

log = get_logger(__name__)


class Probe(Protocol):
    """An adapter that can ask its platform whether the credentials are accepted."""

    async def probe(self, workspace: str) -> None:
        """Ask; raises DeliveryError, with `installation` if the credentials are refused."""
        ...


@dataclass(frozen=True, slots=True)
class Installations:
    """Pauses installations whose credentials are refused, and resumes them.

    No channel is disabled and nobody has to subscribe again.
    """

    store: Store
    messengers: Mapping[Platform, Messenger]
    notices: NoticeWriter
    clock: Callable[[], datetime]
    resumed: Callable[[], None] = lambda: None
    paused: set[Lane] = field(default_factory=set)

    async def refused(self, platform: Platform, workspace: str, reason: str) -> None:
        """Pause the installation; the operators are told once."""
        lane, now = (platform, workspace), self.clock()
        if lane in self.paused:
            return
        self.paused.add(lane)
        line = (
            f"{named(lane)} is paused: {reason}. Digests wait, nothing is disabled; "
            "the bot retries automatically. Check the token and the account."
        )
        probe_at = now + FIRST_PROBE
        notices = self.notices.notices_for(line, kind="outage")
        if await self.store.outages.begin(
            lane, reason, now=now, probe_at=probe_at, notices=notices
        ):
            log.warning("installation paused", platform=platform, reason=reason)
        await self.store.paces.pause(lane, WHOLE_LANE, probe_at, now=now)

    async def accepted(self, platform: Platform, workspace: str) -> None:
        """Resume the installation if this process paused it."""
        if (platform, workspace) in self.paused:
            await self._resume((platform, workspace))

    async def probe_due(self) -> None:
        """Probe the paused installations whose time has come, and resume those that work."""
        found = await self.store.outages.all(tuple(self.messengers))
        self.paused.intersection_update({each.lane for each in found})
        for outage in found:
            self.paused.add(outage.lane)
            await self._probe(outage)

    async def _probe(self, outage: Outage) -> None:
        now = self.clock()
        next_at = now + min(FIRST_PROBE * 2.0 ** min(outage.tries, 10), LONGEST_PROBE)
        if not await self.store.outages.claim_probe(outage, now=now, next_at=next_at):
            return
        adapter: object = self.messengers[outage.lane[0]]
        probe = getattr(adapter, "probe", None)
        try:
            if probe is not None:
                await probe(outage.lane[1])
        except DeliveryError as error:
            log.info("installation still paused", platform=outage.lane[0], error=str(error))
            await self.store.paces.pause(outage.lane, WHOLE_LANE, next_at, now=now)
        else:
            await self._resume(outage.lane)

    async def _resume(self, lane: Lane) -> None:
        since = await self.store.outages.end(lane)
        self.paused.discard(lane)
        await self.store.paces.release(lane, WHOLE_LANE)
        if since is not None:
            lasted = self.clock() - since
            log.info("installation works again", platform=lane[0], seconds=lasted.total_seconds())
            await self.notices.add(
                f"{named(lane)} works again after {lasted / timedelta(minutes=1):.1f} minutes; "
                "digests that waited are sent now",
                kind="outage",
            )
        self.resumed()


def named(lane: Lane) -> str:
    """An installation as the operators know it."""
    platform, workspace = lane
    return f"{platform} workspace {workspace}" if workspace else f"the {platform} bot"
