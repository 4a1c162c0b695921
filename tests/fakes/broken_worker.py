"""A workshop that breaks: it does what the address of each job tells, and nothing else."""

from __future__ import annotations

import os
import struct
import sys
import time
from pathlib import Path

from bot.refresh.frames import ORDER, done
from bot.refresh.jobs import Counts, Read, ReadJob, StoreJob

CRASHED = Path("crashed")
"""A file in the working folder: there once a store has crashed."""


def main() -> None:
    """Take jobs for ever: "hang" hangs, "crash" and the first store crash, all else is done."""
    next_header()
    while header := next_header():
        order = ORDER.validate_json(header)
        job = order.job
        if isinstance(job, ReadJob) and job.url == "hang":
            time.sleep(60)
        if isinstance(job, ReadJob) and job.url == "crash":
            os._exit(3)
        if isinstance(job, StoreJob) and not CRASHED.exists():
            CRASHED.touch()
            os._exit(3)
        result = Counts(new=7) if isinstance(job, StoreJob) else Read(refused="done")
        sys.stdout.buffer.write(done(order.number, result))
        sys.stdout.buffer.flush()


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
