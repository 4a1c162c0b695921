"""The sending half of the bot as a process to be killed: `python -m benchmarks.delivery_worker`.

Reads lines on standard input. Each `start` forks a process that sends until it is killed, and
prints its number; the end of input ends this one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bot.digests.delivery import Sender
from bot.digests.lanes import Lanes
from bot.digests.notices import Notices
from bot.digests.outcomes import Outcomes, Policy
from bot.digests.pacing import UNPACED, limits_of
from bot.digests.recovery import Recovery
from bot.digests.scheduler import Ticker
from bot.models import Address, Command, Platform, Reply
from bot.platforms.slack import SlackPlatform
from bot.platforms.telegram import TelegramPlatform
from bot.store import Lane, Limits, Store
from config.settings import load_settings

LATE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do: the platform by its settings, paced or as fast as it can.

    Without `ledger` it does bare jobs of a queue instead, to compare with.
    """

    database: str
    environ: dict[str, str]
    paced: bool
    settle_seconds: float = 60.0
    recover_seconds: float = 0.2
    workers: int = 64
    ledger: bool = True

    def text(self) -> str:
        return json.dumps(asdict(self))


class Deaf:
    """The inbox of an adapter that does not listen."""

    async def take(self, update_id: str, address: Address, command: str) -> bool:
        return False

    async def answered(self, update_id: str) -> None:
        """Nothing was taken."""


def adapter(environ: dict[str, str]) -> TelegramPlatform | SlackPlatform:
    """The real adapter, to send with; it does not listen."""
    settings = load_settings(environ, Path("/nonexistent"))
    if settings.telegram_on:
        return TelegramPlatform(settings, _silent, menu=(), inbox=Deaf())
    return SlackPlatform(settings, _silent, Deaf(), ())


async def serve(job: Job) -> None:
    """Send and recover until the process is killed, or the one that it was forked from is gone."""
    store = Store.open(job.database)
    messenger = adapter(job.environ)
    messengers = {Platform(messenger.name): messenger}
    policy = Policy(LATE, timedelta(seconds=job.settle_seconds))
    notices = Notices(store, messengers, (), clock)
    outcomes = Outcomes(store, clock, policy, notices)
    sender = Sender(outcomes, messengers)
    limits = limits_of if job.paced else _unpaced
    lanes = Lanes(store, sender, clock, limits=limits, workers=job.workers, poll_seconds=0.1)
    recovery = Ticker(Recovery(outcomes, messengers).recover, job.recover_seconds)
    recovery.start()
    lanes.start()
    nursery = os.getppid()
    alive = True
    while alive:
        await asyncio.sleep(1)
        alive = os.getppid() == nursery


def clock() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    """Fork a worker for each line, from a process that has imported everything."""
    job = Job(**json.loads(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)
    print("ready", flush=True)
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            asyncio.run(serve(job) if job.ledger else _bare(job))
            os._exit(0)
        print(number, flush=True)


async def _bare(job: Job) -> None:
    from benchmarks.delivery_speed import work  # what it needs, only the benchmarks install

    await work(job)


def _unpaced(_lane: Lane) -> Limits:
    return UNPACED


async def _silent(_command: Command) -> Reply | None:
    return None


if __name__ == "__main__":
    main()
