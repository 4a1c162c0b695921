"""The worker process: reads bodies and stores articles until the pipe closes.

Started by `bot.ingest.worker.pool`, through `__main__`. A body that hangs the reader affects this
process only.
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
from bot.ingest.worker import tasks
from bot.ingest.worker.messages import Counts, FolderJob, Job, ReadJob, Refused, Result, StoreJob
from bot.ingest.worker.protocol import READY, done, next_frame, sent_handshake, sent_request
from bot.ingest.worker.store_batches import StoreBatches
from bot.memory import share_between_threads
from bot.store import Store
from summarizer.topics.scorer import TopicScorer

POLITE = 10
"""The nice value: processes that answer people run first."""

MEMORY = 2 * 1024**3
"""Bytes of address space: a body that needs more is refused."""

_STREAM_LIMIT = 1 << 20

log = logging.getLogger(__name__)
"""The standard library's logger: structlog would take 10 MB of this process."""


class Worker:
    """Runs jobs: reads one body at a time and stores meanwhile."""

    def __init__(self, pipeline: IngestPipeline, output: asyncio.StreamWriter) -> None:
        self._stores = StoreBatches(pipeline)
        self._output = output
        self._reading = asyncio.Lock()

    async def do(self, number: int, job: Job, body: bytes) -> None:
        """Run one job and write its result; every error becomes a result."""
        self._output.write(await self._answer(number, job, body))
        await self._output.drain()

    async def _answer(self, number: int, job: Job, body: bytes) -> bytes:
        """The encoded result; one that cannot be encoded is a refusal too."""
        try:
            return done(number, await self._done(job, body))
        except BriefbotError as error:
            refused = Refused(str(error), by_store=isinstance(error, StoreError))
        except MemoryError:
            refused = Refused("needs too much memory to be read")
        except Exception:
            log.exception("worker job failed: %s", job.do)
            refused = Refused("cannot be read; the log has the details")
        return done(number, refused)

    async def _done(self, job: Job, body: bytes) -> Result:
        if isinstance(job, StoreJob):
            return await self._stores.add(job)
        async with self._reading:
            if isinstance(job, ReadJob):
                return await asyncio.to_thread(tasks.read, job, body)
            assert isinstance(job, FolderJob)
            return await asyncio.to_thread(tasks.read_folder, job)


async def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Run all incoming jobs; ends when the pipe closes, without waiting for running jobs."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=_STREAM_LIMIT)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), source)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, target)
    output = asyncio.StreamWriter(transport, protocol, reader, loop)
    greeting = await next_frame(reader)
    if greeting is None:
        return
    given = sent_handshake(greeting[0])
    pipeline = IngestPipeline(Store.open(given.database_url), TopicScorer(given.topics))
    worker = Worker(pipeline, output)
    output.write(done(READY, Counts()))
    running: set[asyncio.Task[None]] = set()
    while frame := await next_frame(reader):
        order = sent_request(frame[0])
        task = asyncio.create_task(worker.do(order.number, order.job, frame[1]))
        running.add(task)
        task.add_done_callback(running.discard)
    os._exit(0)  # a reading thread may hang, and uncommitted writes are rolled back


def _bound_memory() -> None:
    """Limit the address space; the hard limit of the system may be lower."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> None:
    """Run until the pipe closes; signals are handled by the parent process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.nice(POLITE)
    share_between_threads()
    _bound_memory()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    asyncio.run(serve(sys.stdin.buffer, output))
