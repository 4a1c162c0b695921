"""The worker's own process: reads and stores what it is handed, until nobody hands it more.

Started by `bot.ingest.worker.pool`. A body that takes for ever to read costs this process alone.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import signal
import sys
from typing import BinaryIO

from bot.errors import BriefbotError, StoreError
from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker import tasks as bench
from bot.ingest.worker.messages import Counts, FolderJob, Job, ReadJob, Refused, Result, StoreJob
from bot.ingest.worker.protocol import HELLO, ORDER, READY, done, next_frame
from bot.malloc import share_between_threads
from bot.store import Store
from summarizer.topics.scorer import TopicScorer, load_topics

POLITE = 10
"""How much this process stands back for those that answer people."""

MEMORY = 2 * 1024**3
"""Bytes of address space: a body that needs more is refused."""

_STREAM_LIMIT = 1 << 20

log = logging.getLogger(__name__)
"""The standard library's: structlog, with what it loads, would take 10 MB of this process."""


class Worker:
    """Does jobs as they come: reads one at a time, stores beside it."""

    def __init__(self, intake: IngestPipeline, output: asyncio.StreamWriter) -> None:
        self._intake = intake
        self._output = output
        self._reading = asyncio.Lock()

    async def do(self, number: int, job: Job, body: bytes) -> None:
        """Do one job and write its result, whatever happens."""
        self._output.write(done(number, await self._result(job, body)))
        await self._output.drain()

    async def _result(self, job: Job, body: bytes) -> Result:
        try:
            return await self._done(job, body)
        except BriefbotError as error:
            return Refused(str(error), by_store=isinstance(error, StoreError))
        except MemoryError:
            return Refused("needs too much memory to be read")
        except Exception:
            log.exception("a job of the worker failed: %s", job.do)
            return Refused("cannot be read; the log has the details")

    async def _done(self, job: Job, body: bytes) -> Result:
        if isinstance(job, StoreJob):
            return await bench.store(job, self._intake)
        async with self._reading:
            if isinstance(job, ReadJob):
                return await asyncio.to_thread(bench.read, job, body)
            assert isinstance(job, FolderJob)
            return await asyncio.to_thread(bench.read_folder, job)


async def work(source: BinaryIO, target: BinaryIO) -> None:
    """Do all that comes in; ends when the other side is gone, leaving what was begun."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_STREAM_LIMIT)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, target)
    output = asyncio.StreamWriter(transport, protocol, reader, loop)
    greeting = await next_frame(reader)
    if greeting is None:
        return
    store = Store.open(HELLO.validate_json(greeting[0]).database_url)
    worker = Worker(IngestPipeline(store, TopicScorer(load_topics())), output)
    output.write(done(READY, Counts()))
    tasks: set[asyncio.Task[None]] = set()
    while frame := await next_frame(reader):
        order = ORDER.validate_json(frame[0])
        task = asyncio.create_task(worker.do(order.number, order.job, frame[1]))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    os._exit(0)  # a thread may be reading without end, and what was not committed is rolled back


def _bound_memory() -> None:
    """Within what the machine's own limit leaves: only root may raise that."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> None:
    """Run until the pipe closes: signals are for the process that holds its other end."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(POLITE)
    share_between_threads()
    _bound_memory()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asyncio.run(work(sys.stdin.buffer, output))


if __name__ == "__main__":
    main()
