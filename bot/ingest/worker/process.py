"""A worker process and the pipe to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from typing import Self

from pydantic import TypeAdapter

from bot.ingest.worker.messages import Job, Result
from bot.ingest.worker.protocol import READY, Response, hello, next_frame, order
from summarizer.topics.config import load_topics

START_SECONDS = 60.0
"""The seconds that a process may take to start on a busy machine."""

_RESPONSE = TypeAdapter(Response)
_STREAM_LIMIT = 1 << 20
_STOP_SECONDS = 5.0


class WorkerLost(Exception):
    """The process ended before the result came; the message says how."""


class WorkerTimeout(WorkerLost):
    """The process was killed because this job took too long."""


class WorkerProcess:
    """Sends jobs to a process and returns their results, in any order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Result]] = {}
        self._ended = "crashed"
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, command: Sequence[str], database_url: str) -> Self:
        """Start the process and wait until it is ready; raises WorkerLost."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, limit=_STREAM_LIMIT
        )
        assert process.stdin is not None
        process.stdin.write(hello(database_url, load_topics()))
        worker = cls(process)
        try:
            await worker._answer(READY, START_SECONDS)
        except WorkerTimeout as late:
            raise WorkerLost("did not start in time") from late
        except asyncio.CancelledError:
            worker.give_up("was cancelled at its start")
            raise
        return worker

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lost(self) -> bool:
        """Whether the process is gone."""
        return self._listening.done()

    async def ask(self, job: Job, body: bytes, seconds: float) -> Result:
        """Run a job; raises WorkerLost, or kills the process and raises WorkerTimeout."""
        assert self._process.stdin is not None
        number = next(self._numbers)
        self._process.stdin.write(order(number, job, body))
        return await self._answer(number, seconds)

    def give_up(self, why: str) -> None:
        """Kill the process; its pending jobs raise WorkerLost with this reason."""
        if self._process.returncode is None:
            self._ended = why
            self._process.kill()

    async def retire(self) -> None:
        """Close once all pending jobs are done."""
        while self._waiting:
            await asyncio.wait(list(self._waiting.values()))
        await self.close()

    async def close(self) -> None:
        """Close the pipe and wait until the process has ended."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
        except TimeoutError:
            self.give_up("did not end")
        await self._listening

    async def _answer(self, number: int, seconds: float) -> Result:
        """The result with this number; raises as `ask` does."""
        assert self._process.stdin is not None
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting[number] = result
        try:
            async with asyncio.timeout(seconds):
                await self._process.stdin.drain()
                return await result
        except TimeoutError as error:
            late = f"took more than {seconds:g} s"
            self.give_up(late)
            await self._listening
            raise WorkerTimeout(late) from error
        except ConnectionError as error:
            await self._listening
            raise WorkerLost(self._ended) from error
        finally:
            self._waiting.pop(number, None)

    async def _listen(self) -> None:
        """Deliver results; when the process has ended, pending jobs raise WorkerLost."""
        assert self._process.stdout is not None
        while frame := await next_frame(self._process.stdout):
            done = _RESPONSE.validate_json(frame[0])
            waiting = self._waiting.get(done.number)
            if waiting and not waiting.done() and done.result:
                waiting.set_result(done.result)
        await self._process.wait()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(WorkerLost(self._ended))
