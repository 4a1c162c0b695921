"""The way to the worker: jobs go out to a process of their own, results come back.

Reading the bodies of strangers may take long, or crash. A process that takes long with one is set
aside, and another reads what others have sent; one that crashed is replaced, and what it was only
storing is asked of the next one again.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self, TypeVar

import structlog

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

COMMAND = (sys.executable, "-P", "-m", "bot.ingest.worker.main")
"""`-P`: what the folder holds in which the bot was started is not taken for the bot's own code."""

READ_SECONDS = 40.0
"""Seconds after which a body is given up, in slow mode too (`slow_read`)."""

PATIENCE = 4.0
"""Seconds after which the reader of a body is set aside, so that others are read meanwhile.

One at a time: the next that takes long is waited for until the first has ended.
"""

STORE_SECONDS = 120.0
STORES_AT_ONCE = 2

UNSTORED = 6
"""While so many wait to be stored nothing more is read: as bodies they take less memory."""

_BREAKS = 2
"""A body that breaks the reader so many times is refused."""

log = structlog.get_logger(__name__)

Expected = TypeVar("Expected", Read, FolderRead, Counts)


class WorkerPool:
    """Reads and stores in another process; a context manager, for one event loop.

    The process starts with the first job. Every method raises RefusedInput for what cannot be
    read, and StoreError where the database is in the way.
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
        self._line: WorkerProcess | None = None
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
        for line in (self._line, self._aside):
            if line is not None:
                await line.close()
        await asyncio.gather(*self._retiring)

    @property
    def pid(self) -> int | None:
        """The process's id, once it runs."""
        return self._line.pid if self._line else None

    async def read(self, job: ReadJob, body: bytes) -> Read:
        """Read a body. One that takes too long, or breaks the reader, is refused."""
        return _expected(await self._read(job, body), Read)

    async def read_folder(self, job: FolderJob) -> FolderRead:
        """Read what is new in a folder."""
        return _expected(await self._read(job, b""), FolderRead)

    async def store(self, job: StoreJob) -> Counts:
        """Store articles; a worker that is lost meanwhile is replaced and asked again, once.

        Nothing is read then: a body that breaks the reader breaks no store twice.
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
            log.info("the worker was lost while it stored: it is asked again")
        async with self._reading:
            return await self._ask_again(job)

    async def _read(self, job: Job, body: bytes) -> Result:
        """A reader that took too long is the body's fault; one that broke may be another's."""
        async with self._turn() as turn:
            for _ in range(_BREAKS):
                try:
                    line = await self._opened()
                    turn.begin(line)
                    return await line.ask(job, body, self._read_seconds)
                except WorkerTimeout as late:
                    raise RefusedInput(f"cannot be read: the reader {late}") from late
                except WorkerLost as lost:
                    broke = lost
                    if turn.aside:
                        break
                finally:
                    turn.end()
            raise RefusedInput(f"cannot be read: the reader {broke}") from broke

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[ReadSlot]:
        """Hold the reader until the block ends, or until others have waited long enough."""
        async with self._next:
            while self._unstored >= UNSTORED:
                self._stored.clear()
                await self._stored.wait()
            await self._reading.acquire()
        turn = ReadSlot(self._patience, self._place, self._set_aside)
        try:
            yield turn
        except asyncio.CancelledError:
            if turn.line and turn.line is not turn.aside:
                self._part_with(turn.line)
            if turn.line:
                turn.line.give_up("was reading what nobody waits for")
            raise
        finally:
            if turn.aside is None:
                self._reading.release()
            else:
                self._aside = None
                self._place.release()
                self._part_with(turn.aside)

    def _set_aside(self, line: WorkerProcess) -> None:
        """Let others go on with another process."""
        if self._line is line:
            self._line = None
        self._aside = line
        self._reading.release()

    def _part_with(self, line: WorkerProcess) -> None:
        """Ask a process for nothing more; it ends when what was asked is done."""
        if self._line is line:
            self._line = None
        retiring = asyncio.create_task(line.retire())
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
        """The process; one that cannot be started is this machine's trouble, not a source's."""
        async with self._starting:
            if self._line is None or self._line.lost:
                try:
                    self._line = await WorkerProcess.open(self._command, self._database_url)
                except (WorkerLost, OSError) as error:
                    log.warning("no process can be started to read with", error=str(error))
                    raise LeftForLater("no process could be started to read it") from error
            return self._line


def _expected(result: Result, kind: type[Expected]) -> Expected:
    if isinstance(result, Refused):
        raise StoreError(result.reason) if result.by_store else RefusedInput(result.reason)
    assert isinstance(result, kind)
    return result
