"""Runs reading and storing jobs in a worker process.

Reading untrusted bodies may take long or crash. A process that takes long with one is set aside and
a new one reads the others; a crashed process is replaced and its store jobs are repeated.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeVar

from bot.errors import BriefbotError, LeftForLater, RefusedInput, StoreError
from bot.ingest.worker.messages import (
    Counts,
    FolderJob,
    FolderRead,
    Job,
    Read,
    ReadJob,
    Refused,
    Result,
    StoreJob,
)
from bot.ingest.worker.process import WorkerLost, WorkerProcess, WorkerTimeout
from bot.ingest.worker.slow_read import ReadSlot
from bot.log import get_logger

COMMAND = (sys.executable, "-P", "-m", "bot.ingest.worker")
"""`-P`: modules in the current folder are never imported instead of the bot's own."""

READ_SECONDS = 40.0
"""Seconds after which reading a body is abandoned, also when set aside (`slow_read`)."""

PATIENCE = 4.0
"""Seconds after which the process that reads a body is set aside, so that others are read.

Only one process is set aside at a time: the next slow one blocks until the first has ended.
"""

STORE_SECONDS = 120.0
STORES_AT_ONCE = 8
"""Store jobs in the worker, which stores those that wait together."""

UNSTORED = 8
"""The number of waiting store jobs at which reading pauses: unread bodies take less memory."""

_BREAKS = 2
"""The number of crashes after which a body is refused."""

log = get_logger(__name__)

Expected = TypeVar("Expected", Read, FolderRead, Counts)


class WorkerPool:
    """Reads and stores in another process; a context manager, for one event loop.

    The process starts with the first job. Every method raises RefusedInput for unreadable input
    and StoreError for database errors.
    """

    def __init__(
        self,
        database_url: str,
        *,
        read_seconds: float = READ_SECONDS,
        patience: float = PATIENCE,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._database_url = database_url
        self._command = command
        self._read_seconds = read_seconds
        self._patience = patience
        self._worker: WorkerProcess | None = None
        self._aside: WorkerProcess | None = None
        self._place = asyncio.Lock()
        self._retiring: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._next = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._unstored = 0
        self._stored = asyncio.Event()
        self._storing = asyncio.Semaphore(STORES_AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in (self._worker, self._aside):
            if worker is not None:
                await worker.close()
        await asyncio.gather(*self._retiring)

    @property
    def pid(self) -> int | None:
        """The process id, or None before the first job."""
        return self._worker.pid if self._worker else None

    async def read(self, job: ReadJob, body: bytes) -> Read:
        """Read a body. One that takes too long or crashes the reader is refused."""
        return _expected(await self._read(job, body), Read)

    async def read_folder(self, job: FolderJob) -> FolderRead:
        """Read the new files of a folder."""
        return _expected(await self._read(job, b""), FolderRead)

    async def store(self, job: StoreJob) -> Counts:
        """Store articles; if the worker is lost, the job is repeated once in a new one.

        Nothing is read meanwhile, so that a body cannot crash the same store job twice.
        """
        self._unstored += 1
        try:
            async with self._storing:
                return _expected(await self._store(job), Counts)
        finally:
            self._unstored -= 1
            self._stored.set()

    async def _store(self, job: StoreJob) -> Result:
        try:
            return await self._ask(job)
        except WorkerLost:
            log.info("worker lost while storing; the job is repeated")
        async with self._reading:
            return await self._ask_again(job)

    async def _read(self, job: Job, body: bytes) -> Result:
        """A timeout is the body's fault; a crash may be caused by another body."""
        async with self._slot() as slot:
            for _ in range(_BREAKS):
                try:
                    worker = await self._opened()
                    slot.begin(worker)
                    return await worker.ask(job, body, self._read_seconds)
                except WorkerTimeout as late:
                    raise RefusedInput(f"cannot be read: the reader {late}") from late
                except WorkerLost as lost:
                    broke = lost
                    if slot.aside:
                        break
                finally:
                    slot.end()
            raise RefusedInput(f"cannot be read: the reader {broke}") from broke

    @asynccontextmanager
    async def _slot(self) -> AsyncIterator[ReadSlot]:
        """Hold the reader until the block ends, or until it is set aside."""
        async with self._next:
            while self._unstored >= UNSTORED:
                self._stored.clear()
                await self._stored.wait()
            await self._reading.acquire()
        slot = ReadSlot(self._patience, self._place, self._set_aside)
        try:
            yield slot
        except asyncio.CancelledError:
            if slot.worker and slot.worker is not slot.aside:
                self._part_with(slot.worker)
            if slot.worker:
                slot.worker.give_up("was reading for a cancelled poll")
            raise
        finally:
            if slot.aside is None:
                self._reading.release()
            else:
                self._aside = None
                self._place.release()
                self._part_with(slot.aside)

    def _set_aside(self, worker: WorkerProcess) -> None:
        """Let others continue with another process."""
        if self._worker is worker:
            self._worker = None
        self._aside = worker
        self._reading.release()

    def _part_with(self, worker: WorkerProcess) -> None:
        """Give a process no more jobs; it ends when its jobs are done."""
        if self._worker is worker:
            self._worker = None
        retiring = asyncio.create_task(worker.retire())
        self._retiring.add(retiring)
        retiring.add_done_callback(self._retiring.discard)

    async def _ask_again(self, job: StoreJob) -> Result:
        try:
            return await self._ask(job)
        except WorkerLost as lost:
            raise BriefbotError(f"articles could not be stored: the worker {lost}") from lost

    async def _ask(self, job: StoreJob) -> Result:
        return await (await self._opened()).ask(job, b"", STORE_SECONDS)

    async def _opened(self) -> WorkerProcess:
        """The running process; a failure to start one is not the fault of a source."""
        async with self._starting:
            if self._worker is None or self._worker.lost:
                try:
                    self._worker = await WorkerProcess.open(self._command, self._database_url)
                except (WorkerLost, OSError) as error:
                    log.warning("worker process cannot be started", error=str(error))
                    raise LeftForLater("no process could be started to read it") from error
            return self._worker


def _expected(result: Result, kind: type[Expected]) -> Expected:
    if isinstance(result, Refused):
        raise StoreError(result.reason) if result.by_store else RefusedInput(result.reason)
    assert isinstance(result, kind)
    return result
