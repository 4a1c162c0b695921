"""A digest replica as a process that can be killed: `python -m benchmarks.delivery.replica_worker`.

Reads lines on standard input. Each holds the address of a Slack API and forks a process that opens,
builds, sends and recovers digests until it is killed; its number is printed. The end of input ends
this one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from benchmarks.delivery.job import SilentInbox
from bot.app import digests_for
from bot.cli.context import services_for
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.limits import UNPACED
from bot.delivery.sender import Sender
from bot.digests.service import DigestLoops, Digests
from bot.models import Command, Platform, Reply
from bot.platforms.slack.adapter import SlackPlatform
from bot.store import Lane, Limits, Store
from config.settings import Settings, load_settings
from handlers.services import Services

REQUEST_SECONDS = 2.0
TICK_SECONDS = 0.5
WORKERS = 24
"""Concurrent requests of each process."""


async def serve(database: str, slack_url: str) -> None:
    """Build and send digests until the process is killed or its parent ends."""
    settings = settings_of(database, slack_url)
    services = services_for(settings, Store.open(database), now)
    DigestLoops(_digests(services), TICK_SECONDS).start()
    parent = os.getppid()
    alive = True
    while alive:
        await asyncio.sleep(1)
        alive = os.getppid() == parent


def settings_of(database: str, slack_url: str) -> Settings:
    environ = {
        "DATABASE_URL": database,
        "SLACK_BOT_TOKEN": "xoxb-fake-bot-token",
        "SLACK_SIGNING_SECRET": "secret",
        "SLACK_API_URL": slack_url,
        "BRIEFBOT_REQUEST_SECONDS": str(REQUEST_SECONDS),
    }
    return load_settings(environ, Path("/nonexistent"))


def now() -> datetime:
    return datetime.now(UTC)


def _digests(services: Services) -> Digests:
    """The digest services of the bot, without rate limits."""
    slack = SlackPlatform(services.settings, _silent, SilentInbox(), ())
    digests = digests_for(services, {Platform.SLACK: slack})
    sender = Sender(digests.recovery.outcomes, digests.recovery.messengers)
    lanes = Dispatcher(
        services.store, sender, now, limits=_unpaced, workers=WORKERS, poll_seconds=0.2
    )
    preparer = replace(digests.preparer, on_ready=lanes.wake)
    return replace(digests, preparer=preparer, lanes=lanes)


def main() -> None:
    """Fork one replica for each line of standard input, after importing everything once."""
    database = sys.argv[1]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    print("ready", flush=True)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            asyncio.run(serve(database, line.strip()))
            os._exit(0)
        print(number, flush=True)


def _unpaced(_lane: Lane) -> Limits:
    return UNPACED


async def _silent(_command: Command) -> Reply | None:
    return None


if __name__ == "__main__":
    main()
