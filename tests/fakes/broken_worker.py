"""A worker that breaks: it does what the address of each job tells, and nothing else."""

from __future__ import annotations

import os
import struct
import sys
import time
from pathlib import Path
from threading import Thread, Timer

from bot.ingest.worker.messages import Counts, FolderJob, Read, ReadJob, StoreJob
from bot.ingest.worker.protocol import READY, done, sent_request

SLOW_SECONDS = 1.7
"""So long a store of the source "slow" takes, beside whatever else is done."""

CRASHED = Path("crashed")
"""A file in the working folder: there once a store, or "crash once", has crashed."""

RELEASED = Path("released")
"""A file in the working folder: stores of the source "held" end once it is there."""


def main() -> None:
    """Take jobs for ever: "hang" hangs, "crash" crashes, "crash once" and the first store too."""
    next_header()
    tell(done(READY, Counts()))
    while header := next_header():
        order = sent_request(header)
        job = order.job
        assert not isinstance(job, FolderJob)
        if isinstance(job, ReadJob) and job.url == "hang":
            time.sleep(60)
        if isinstance(job, ReadJob) and job.url == "crash":
            os._exit(3)
        once = isinstance(job, StoreJob) or job.url == "crash once"
        if once and not CRASHED.exists():
            CRASHED.touch()
            os._exit(3)
        result = Counts(new=7) if isinstance(job, StoreJob) else Read(refused="done")
        if isinstance(job, StoreJob) and job.source == "held":
            Thread(target=tell_released, args=[done(order.number, result)]).start()
            continue
        slow = isinstance(job, StoreJob) and job.source == "slow"
        Timer(SLOW_SECONDS if slow else 0, tell, [done(order.number, result)]).start()


def tell_released(result: bytes) -> None:
    while not RELEASED.exists():
        time.sleep(0.01)
    tell(result)


def tell(result: bytes) -> None:
    os.write(sys.stdout.fileno(), result)


def next_header() -> bytes:
    lengths = sys.stdin.buffer.read(8)
    if len(lengths) < 8:
        return b""
    header, body = struct.unpack("<II", lengths)
    told = sys.stdin.buffer.read(header)
    sys.stdin.buffer.read(body)
    return told


if __name__ == "__main__":
    main()
