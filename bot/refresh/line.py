"""One process of the workshop, and the pipe to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from typing import Self

from bot.refresh.frames import DONE, hello, next_frame, order
from bot.refresh.jobs import Job, Result

_STREAM_LIMIT = 1 << 20
_STOP_SECONDS = 5.0


class Lost(Exception):
    """The process ended, or was ended, before the result came; the text says how it ended."""


class Late(Lost):
    """The process was ended because this very job took too long."""


class Line:
    """Hands jobs to a process and gives their results back, in whatever order they come."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Result]] = {}
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def open(cls, command: Sequence[str], database_url: str) -> Self:
        """Start the process and greet it."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, limit=_STREAM_LIMIT
        )
        assert process.stdin is not None
        process.stdin.write(hello(database_url))
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def lost(self) -> bool:
        """Whether the process is gone."""
        return self._listening.done()

    async def ask(self, job: Job, body: bytes, seconds: float) -> Result:
        """Have a job done; raises Lost, or Late and ends the process where it takes longer."""
        assert self._process.stdin is not None
        number = next(self._numbers)
        result: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting[number] = result
        try:
            async with asyncio.timeout(seconds):
                self._process.stdin.write(order(number, job, body))
                await self._process.stdin.drain()
                return await result
        except TimeoutError as error:
            self._kill()
            await self._listening
            raise Late(f"took more than {seconds:g} s") from error
        except ConnectionError as error:
            await self._listening
            raise Lost("broke") from error
        finally:
            self._waiting.pop(number, None)

    async def close(self) -> None:
        """Hang up, and wait until the process has gone."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_SECONDS)
        except TimeoutError:
            self._kill()
        await self._listening

    async def _listen(self) -> None:
        """Pass the results on; when the process is gone, what waits for it is lost."""
        assert self._process.stdout is not None
        while frame := await next_frame(self._process.stdout):
            done = DONE.validate_json(frame[0])
            waiting = self._waiting.get(done.number)
            if waiting and not waiting.done() and done.result:
                waiting.set_result(done.result)
        await self._process.wait()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(Lost("broke"))

    def _kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
