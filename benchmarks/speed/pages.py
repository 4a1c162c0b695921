"""The pages under 50 concurrent readers beside the bare queries, and digests meanwhile.

`python -m benchmarks web` serves them as `briefbot web` does, in a process of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.delivery.stock import databases, quiet
from benchmarks.report import Row
from benchmarks.speed.page_readers import Task
from bot.page_links import new_token
from bot.store import Store
from tests.bot.delivery.test_sender import DUE, Desk
from tests.support.page_room import PageRoom, furnished, paths_of

READERS = 50
SECONDS = 8.0
PAUSE = 2.0
"""Seconds for which a reader looks at a page before the next one."""

LINKS = 25
DIGESTS = 40
START_SECONDS = 60


def run(files: Sequence[Path]) -> list[Row]:
    """Measure on each engine; takes no files."""
    if files:
        raise ValueError(f"{files[0]}: pages are measured without files")
    quiet()
    rows: list[Row] = []
    for engine, urls in databases():
        rows += asyncio.run(_measured(engine, next(urls)))
    return rows


async def _measured(engine: str, url: str) -> list[Row]:
    store = Store.open(url)
    await store.migrate()
    room = await furnished(store, days=3)
    alone = await _seconds_for_digests(room, DIGESTS, 1)
    with _served(url) as (base, server):
        paths = [paths_of(each) for each in await _linked(room)]
        digest = tuple(base + each["digest"] for each in paths)
        several = tuple(
            base + path for each in paths for name, path in each.items() if name != "nothing"
        )
        bare = Task(READERS, SECONDS, PAUSE, database=url, token=room.digest)
        tasks = {
            "bare queries, one at a time": replace(bare, readers=1, pause=0.0),
            f"bare queries, {READERS} askers": bare,
            f"digest page, {READERS} readers": replace(bare, urls=digest),
            f"digest page rebuilt, {READERS} readers": replace(bare, urls=digest, fresh=True),
            f"all pages, {READERS} readers": replace(bare, urls=several),
            f"bare queries, {READERS} without a pause": replace(bare, pause=0.0),
            f"digest page, {READERS} without a pause": replace(bare, urls=digest, pause=0.0),
        }
        rows = [Row(engine, name, _figures(task, server)) for name, task in tasks.items()]
        reading = _started(replace(bare, urls=several, pause=0.0, seconds=60.0))
        beside = await _seconds_for_digests(room, DIGESTS, 2)
        reading.kill()
        reading.wait()
    await store.close()
    note = "until the last one was sent"
    rows.append(Row(engine, f"{DIGESTS} digests alone", {"last_s": alone}, note))
    rows.append(Row(engine, f"{DIGESTS} digests beside the readers", {"last_s": beside}, note))
    return rows


async def _linked(room: PageRoom) -> list[PageRoom]:
    """The same digest behind several links, since one link may be read only so often."""
    found = []
    for number in range(LINKS):
        digest, archive = new_token(), new_token()
        copy = replace(room.briefing, id=f"copy {number}")
        await room.store.briefings.add(copy, room.channel.id, token=digest)
        await room.store.page_links.open_archive(room.channel.id, archive, room.now)
        found.append(replace(room, digest=digest, archive=archive))
    return found


async def _seconds_for_digests(room: PageRoom, count: int, day: int) -> float:
    """How long it takes until so many due digests are built and sent."""
    desk: Desk = room.desk
    for number in range(count):
        await desk.subscribe(f"{day}-{number}")
    before = len(desk.telegram.sent)
    began = time.perf_counter()
    for second in range(count):  # the platform's pace, by the desk's own clock
        await desk.tick_at(DUE + timedelta(days=3 + day, seconds=second))
        if len(desk.telegram.sent) - before >= count:
            return time.perf_counter() - began
    raise ValueError(f"only {len(desk.telegram.sent) - before} of {count} digests were sent")


def _figures(task: Task, server: int) -> dict[str, float]:
    """Milliseconds of one time, by the clock and of the processor of the server or the asker."""
    before = _processor_seconds(server)
    took, own = _done(task)
    used = _processor_seconds(server) - before if task.urls else own
    middle, late = np.percentile(took, [50, 95]) * 1000
    each = used * 1000 / len(took)
    return {"p50_ms": middle, "p95_ms": late, "cpu_ms": each, "times": float(len(took))}


def _processor_seconds(process: int) -> float:
    """What a process has used of the processor, by the kernel's count."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _started(task: Task) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.speed.page_readers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(asdict(task)))
    process.stdin.close()
    return process


def _done(task: Task) -> tuple[list[float], float]:
    process = _started(task)
    assert process.stdout is not None
    took, own = json.loads(process.stdout.read())
    process.wait()
    return took, own


@contextmanager
def _served(url: str) -> Iterator[tuple[str, int]]:
    """`briefbot web` on this database; yields its address and process id."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = {"DATABASE_URL": url, "BRIEFBOT_PAGES_PORT": str(port), "BRIEFBOT_PAGES_DAYS": "0"}
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "web"],
            env=os.environ | settings | {"PYTHONPATH": str(Path.cwd())},
            cwd=folder,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
