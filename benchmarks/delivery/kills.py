"""Kills senders at random moments and counts what was lost, doubled or left uncertain."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass

from benchmarks.delivery.job import Job
from benchmarks.delivery.stock import (
    REQUEST_SECONDS,
    SETTLE_SECONDS,
    Stock,
    all_parts,
    chat_name,
    counted,
    ended,
    opened,
    receiver,
    text_of,
    texts,
    workers,
)
from bot.models import Platform, SendState
from tests.fakes.mail import FakeMail
from tests.fakes.webhook import FakeWebhook

SHORTEST, LONGEST = 0.1, 0.8
"""Shortest and longest life of a sender, in seconds from its fork."""


@dataclass(frozen=True, slots=True)
class Kills:
    """The outcome: parts lost, parts that arrived more than once, and parts in each state.

    `repeats` are requests that a receiver knew by their key, and dropped; `unanswered` are mails
    that the server took without an answer in time.
    """

    parts: int
    kills: int
    lost: int
    doubled: int
    states: Counter[SendState]
    repeats: int = 0
    unanswered: int = 0


async def kill_and_count(
    database: str,
    platform: Platform,
    *,
    cycles: int,
    chance: random.Random,
    replicas: int = 1,
    chats: int = 20,
) -> Kills:
    """Send under kills, let one sender finish, and count."""
    names = [chat_name(platform, number) for number in range(chats)]
    async with opened(database) as store, receiver(platform, names, late=True) as server:
        stock = Stock(store, platform)
        await stock.add(names, 2)
        environ = server.environ | {"BRIEFBOT_REQUEST_SECONDS": str(REQUEST_SECONDS)}
        paced = platform is Platform.TELEGRAM
        job = Job(database, environ, paced=paced, settle_seconds=SETTLE_SECONDS, workers=8)
        async with workers(job) as senders:
            for _ in range(cycles):
                numbers = [await senders.start() for _ in range(replicas)]
                await asyncio.sleep(chance.uniform(SHORTEST, LONGEST))
                for number in numbers:
                    senders.kill(number)
                if len(await store.digests.sending(chats)) < chats:
                    await stock.add(names, 2)
            await senders.start()
            assert await ended(store, 120), "the last sender did not finish"
        parts = await all_parts(store)
        arrived = texts(server)
        repeats = len(server.repeats) if isinstance(server, FakeWebhook) else 0
        unanswered = server.unanswered if isinstance(server, FakeMail) else 0
    return Kills(
        parts=len(parts),
        kills=cycles * replicas,
        lost=sum(arrived[text_of(part)] == 0 for part in parts),
        doubled=sum(arrived[text_of(part)] > 1 for part in parts),
        states=counted(parts),
        repeats=repeats,
        unanswered=unanswered,
    )
