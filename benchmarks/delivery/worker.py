"""The sender of the bot as a process that can be killed: `python -m benchmarks.delivery.worker`.

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
from datetime import UTC, datetime, timedelta

import structlog

from benchmarks.delivery.job import Job, adapter
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.installations import Installations
from bot.delivery.limits import UNPACED, limits_of
from bot.delivery.operator_notices import NoticeWriter
from bot.delivery.outcomes import Outcomes, Policy
from bot.delivery.recovery import Recovery
from bot.delivery.sender import Sender
from bot.models import Platform
from bot.scheduler import Ticker
from bot.store import Lane, Limits, Store

LATE = timedelta(hours=6)


async def serve(job: Job) -> None:
    """Send and recover until the process is killed or its parent ends."""
    store = Store.open(job.database)
    messenger = adapter(job.environ)
    messengers = {Platform(messenger.name): messenger}
    policy = Policy(LATE, timedelta(seconds=job.settle_seconds))
    notices = NoticeWriter(store, messengers, (), clock)
    outcomes = Outcomes(
        store, clock, policy, notices, Installations(store, messengers, notices, clock)
    )
    sender = Sender(outcomes, messengers)
    limits = limits_of if job.paced else _unpaced
    lanes = Dispatcher(store, sender, clock, limits=limits, workers=job.workers, poll_seconds=0.1)
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
    """Fork one worker for each line of standard input, after importing everything once."""
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
    from benchmarks.delivery.throughput import work  # what it needs, only the benchmarks install

    await work(job)


def _unpaced(_lane: Lane) -> Limits:
    return UNPACED


if __name__ == "__main__":
    main()
