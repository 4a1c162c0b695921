"""Digests that are ready to send on any platform, and a clock that the test controls."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import count

from benchmarks.delivery.job import Adapter
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.outcomes import Outcomes, Policy
from bot.delivery.recovery import Recovery
from bot.delivery.sender import Sender
from bot.models import Address, Channel, Delivery, Digest, Platform, SendState
from bot.platforms.interfaces import Messenger
from bot.store import Store
from tests.fakes.messenger import ScriptedMessenger
from tests.support.builders import a_briefing, a_bullet, a_section, an_address
from tests.support.clock import Clock

DUE = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
LIMIT = timedelta(hours=6)
SETTLE = timedelta(minutes=1)
OPERATOR = an_address("operator", platform=Platform.TERMINAL)


class Ledger:
    """Deliveries to be sent through `messengers`; operators use a platform of their own."""

    def __init__(
        self,
        store: Store,
        messengers: Mapping[Platform, Messenger],
        policy: Policy | None = None,
    ) -> None:
        self.store = store
        self.clock = Clock(DUE)
        self.operator = ScriptedMessenger()
        told = {**messengers, Platform.TERMINAL: self.operator}
        self.notices = NoticeWriter(store, told, [OPERATOR], self.clock)
        policy = policy or Policy(LIMIT, SETTLE)
        self.installations = Installations(store, told, self.notices, self.clock)
        outcomes = Outcomes(
            store,
            self.clock,
            policy,
            self.notices,
            self.installations,
        )
        self.sender = Sender(outcomes, told, no_sleep)
        self.recovery = Recovery(outcomes, told)
        self.restart()
        self._numbers = count(1)
        self._opened = 0

    def restart(self) -> None:
        """Continue as a new process would."""
        self.lanes = Dispatcher(self.store, self.sender, self.clock, sleep=no_sleep)

    async def opened(self, address: Address) -> Digest:
        """A digest with its own subscription, without parts."""
        self._opened = next(self._numbers)
        channel = await self.store.channels.ensure(address, title="", timezone="UTC")
        subscription = await self.store.subscriptions.add(
            channel.id, [f"t{self._opened}"], time(7, 30), range(7), "UTC", 5, DUE, DUE
        )
        later = DUE + timedelta(days=1)
        digest = await self.store.digests.open(subscription, DUE.date(), DUE, later, late=False)
        assert digest is not None
        return digest

    async def ready(
        self, address: Address, *, parts: int = 1, payloads: Sequence[str] = ()
    ) -> Digest:
        """A digest with its own subscription; each part's text names the part."""
        digest = await self.opened(address)
        number = self._opened
        bullet = a_bullet(story_id=f"story {number}")
        briefing = a_briefing(a_section("energy", bullet), id=f"briefing {number}")
        await self.store.briefings.add(briefing, digest.channel_id)
        texts = [json.dumps({"text": f"digest {number} part {n + 1}"}) for n in range(parts)]
        assert await self.store.digests.add_parts(digest.id, briefing.id, payloads or texts)
        return digest

    async def send(self, **later: float) -> int:
        """Let so much time go by, then settle what is left half-done and send what is ready."""
        self.clock.forward(**later)
        await self.installations.probe_due()
        await self.recovery.recover()
        tried = await self.lanes.send_ready()
        await self.notices.flush()
        return tried

    async def state(self, digest: Digest) -> tuple[SendState, str | None]:
        stored = await self.store.digests.get(digest.id)
        assert stored is not None
        return stored.state, stored.reason

    async def channel(self, address: Address) -> Channel | None:
        return await self.store.channels.find(address)

    async def parts(self, digest: Digest) -> list[Delivery]:
        return await self.store.deliveries.of_digest(digest.id)

    @property
    def told(self) -> list[str]:
        """What the operators were told."""
        return [text for _, text in self.operator.sent]


async def taken_over(store: Store, bot: Adapter) -> Ledger:
    """Settle and send, by the real clock, what a process that ended has left."""
    ledger = Ledger(store, {Platform(bot.name): bot})
    ledger.clock.now = datetime.now(UTC)
    for _ in range(3):
        await ledger.send(minutes=2)
    await bot.stop()
    return ledger


async def no_sleep(_seconds: float) -> None:
    """Slots come at once: the test holds the clock."""
