"""A sender, run in a process of its own, that kills itself at one moment."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta
from typing import NoReturn

from benchmarks.delivery.job import Job, adapter
from benchmarks.delivery.worker import LATE, clock
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.limits import UNPACED
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.outcomes import Outcomes, Policy
from bot.delivery.sender import Sender
from bot.models import Address, Briefing, Delivery, Platform, Receipt
from bot.store import Lane, Limits, Store

MOMENTS = ("before the claim", "before the request", "after the answer")


class DoomedMessenger:
    """The real adapter, until its moment has come."""

    def __init__(self, job: Job, moment: str) -> None:
        self._real = adapter(job.environ)
        self._moment = moment
        self.platform = Platform(self._real.name)
        self.traceable = self._real.traceable
        self.shows_pictures = self._real.shows_pictures

    def parts(
        self, briefing: Briefing, heading: str, *, folded: bool = False, page: str = ""
    ) -> tuple[str, ...]:
        return self._real.parts(briefing, heading, folded=folded, page=page)

    def notice(self, text: str) -> str:
        return self._real.notice(text)

    async def send(self, address: Address, delivery: Delivery) -> Receipt:
        if self._moment == "before the request":
            die()
        await self._real.send(address, delivery)
        die()

    async def find(self, *_: object) -> Receipt | None:
        raise AssertionError("it does not live to look anything up")


async def send(moment: str, job: Job) -> None:
    """Send what is ready, as far as it comes."""

    def limits(_lane: Lane) -> Limits:
        if moment == "before the claim":
            die()
        return UNPACED

    messenger = DoomedMessenger(job, moment)
    messengers = {messenger.platform: messenger}
    policy = Policy(LATE, timedelta(minutes=1))
    store = Store.open(job.database)
    notices = NoticeWriter(store, messengers, (), clock)
    installations = Installations(store, messengers, notices, clock)
    sender = Sender(Outcomes(store, clock, policy, notices, installations), messengers)
    await Dispatcher(store, sender, clock, limits=limits).send_ready()


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def main(moment: str, job: Job) -> None:
    """Send until the moment has come."""
    asyncio.run(send(moment, job))
