"""Digests under kills and at full load, on SQLite and PostgreSQL, against strict local servers.

BENCH_KILLS (default 500) is the number of kills, BENCH_CHATS (default 1000) that of chats.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.delivery.job import Job
from benchmarks.delivery.kills import Kills, kill_and_count
from benchmarks.delivery.stock import (
    Stock,
    chat_name,
    databases,
    ended,
    opened,
    strict_server,
    texts,
    workers,
)
from benchmarks.delivery.throughput import bare_jobs, ledger
from benchmarks.report import Row
from bot.models import Platform, SendState
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

TRACEABLE = (Platform.SLACK, Platform.WEBHOOK)
"""Where a message without an answer is looked up, or known when it is sent again."""

IDEAL = {Platform.TELEGRAM: 30.0, Platform.SLACK: 4.0}
"""Most messages a second that the platform allows."""

KILLED = (Platform.SLACK, Platform.TELEGRAM, Platform.MAIL, Platform.WEBHOOK)

PATIENCE = 120.0


def run(files: list[Path]) -> list[Row]:
    """Measure kills, pace and throughput on each database engine; takes no files."""
    if files:
        raise ValueError(f"{files[0]}: delivery is measured without files")
    kills = int(os.environ.get("BENCH_KILLS", "500"))
    chats = int(os.environ.get("BENCH_CHATS", "1000"))
    rows: list[Row] = []
    for engine, urls in databases():
        rows.extend(_kill_row(engine, each, next(urls), kills) for each in KILLED)
        for platform in IDEAL:
            some = chats if platform is Platform.TELEGRAM else chats // 2
            rows.append(_pace_row(engine, platform, next(urls), some))
        rows.append(_held_row(engine, urls, max(2, chats // 5)))
        rows.extend(_speed_rows(engine, urls, chats))
    return rows


@contextmanager
def _progress(what: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{what} …", file=sys.stderr, flush=True)
    yield
    print(f"{what}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def _kill_row(engine: str, platform: Platform, url: str, kills: int) -> Row:
    with _progress(f"{kills} kills, {platform} on {engine}"):
        chance = random.Random(kills)
        found: Kills = asyncio.run(
            kill_and_count(url, platform, cycles=kills, chance=chance, chats=100)
        )
    figures: dict[str, float] = {
        "kills": found.kills,
        "parts": found.parts,
        "lost": found.lost if platform in TRACEABLE else _unaccounted(found),
        "doubled": found.doubled,
        "uncertain": found.states[SendState.UNCERTAIN],
        "repeats dropped": found.repeats,
    }
    return Row(f"kill -9, {platform}", f"briefbot on {engine}", figures)


def _unaccounted(found: Kills) -> int:
    known = found.states[SendState.SENT] + found.states[SendState.UNCERTAIN]
    return found.parts - known


def _pace_row(engine: str, platform: Platform, url: str, chats: int) -> Row:
    with _progress(f"{chats} chats, {platform} on {engine}"):
        figures = asyncio.run(pace(url, platform, chats))
    return Row(f"{chats} chats at the limit, {platform}", f"briefbot on {engine}", figures)


async def pace(url: str, platform: Platform, count: int) -> dict[str, float]:
    """Send one message to each of `count` chats within the platform's limits."""
    chats = [chat_name(platform, number) for number in range(count)]
    async with opened(url) as store, strict_server(platform, chats) as server:
        await Stock(store, platform).add(chats, 1)
        async with workers(Job(url, server.environ, paced=True, settle_seconds=60)) as senders:
            started = time.monotonic()
            await senders.start()
            while len(server.sent) < count:
                if time.monotonic() - started > count:
                    break
                await asyncio.sleep(0.02)
            seconds = time.monotonic() - started
            await ended(store, 10)
        ideal = count / IDEAL[platform]
        return {
            "seconds": seconds,
            "of ideal": seconds / ideal,
            "violations": violations(server),
            "doubled": sum(times > 1 for times in texts(server).values()),
        }


def violations(server: FakeTelegram | FakeSlack) -> int:
    """Violations of documented limits; for Slack, 1 message a second in a channel."""
    if isinstance(server, FakeTelegram):
        return server.violations.total()
    last: dict[str, float] = {}
    broken = 0
    for sent in server.sent:
        broken += float(sent.ts) - last.get(sent.channel, 0.0) < 1
        last[sent.channel] = float(sent.ts)
    return broken


def _speed_rows(engine: str, urls: Iterator[str], count: int) -> Iterator[Row]:
    """Throughput without rate limits: claim, mark and settle each part, beside plain jobs."""
    data = f"{count} messages without a pace, answered in 50 ms, {engine}"
    with _progress(data):
        own = asyncio.run(ledger(next(urls), count))
    if engine == "sqlite":
        yield Row(data, "briefbot", own)
        return
    with _progress(f"{data}: bare jobs"):
        bare = asyncio.run(bare_jobs(next(urls), count))
    yield Row(data, "briefbot", own | {"of bare": own["a second"] / bare["a second"]})
    yield Row(data, "procrastinate, bare jobs", bare | {"of bare": 1.0})


def _held_row(engine: str, urls: Iterator[str], chats: int) -> Row:
    """How much later other chats get their messages while one chat must wait 300 s."""
    data = f"one of {chats} chats held for 300 s, telegram"
    with _progress(f"{data}, {engine}"):
        free = asyncio.run(latencies(next(urls), chats, held=False))
        held = asyncio.run(latencies(next(urls), chats, held=True))
    grown = float(np.quantile(held, 0.99) - np.quantile(free, 0.99))
    return Row(data, f"briefbot on {engine}", {"arrived": len(held), "p99 grows, s": grown})


async def latencies(url: str, count: int, *, held: bool) -> list[float]:
    """Seconds until arrival in each chat but the first, which may have to wait."""
    platform = Platform.TELEGRAM
    chats = [chat_name(platform, number) for number in range(count)]
    async with opened(url) as store, strict_server(platform, chats) as server:
        assert isinstance(server, FakeTelegram)
        if held:
            server.limit(300, chat=int(chats[0]))
        await Stock(store, platform).add(chats, 1)
        async with workers(Job(url, server.environ, paced=True)) as senders:
            started = time.monotonic()
            await senders.start()
            while len({sent.chat for sent in server.sent} - {int(chats[0])}) < count - 1:
                if time.monotonic() - started > PATIENCE:
                    break
                await asyncio.sleep(0.02)
        return [sent.at - started for sent in server.sent if sent.chat != int(chats[0])]
