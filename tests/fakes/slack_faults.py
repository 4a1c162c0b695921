"""What can go wrong with a call: each fault is used up by so many calls of a method."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web


@dataclass(frozen=True)
class Call:
    """One request that a fault may spoil; `commit` carries it out as if nothing were wrong."""

    request: web.Request
    commit: Callable[[], web.Response]


Fault = Callable[[Call], Awaitable[web.StreamResponse]]


class Faults:
    """The faults ahead, by method; "response_url" counts as one."""

    def __init__(self) -> None:
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._late: list[asyncio.Event] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    def limit(self, method: str, retry_after: float = 1, times: int = 1) -> None:
        headers = {"Retry-After": str(retry_after)}
        body = {"ok": False, "error": "ratelimited"}

        async def fault(call: Call) -> web.Response:
            return web.json_response(body, status=429, headers=headers)

        self._faults[method] += [fault] * times

    def refuse(self, method: str, error: str, *, commit: bool = False, times: int = 1) -> None:
        """Answer `ok: false`, having carried the call out where `commit` says so."""

        async def fault(call: Call) -> web.Response:
            if commit:
                call.commit()
            return web.json_response({"ok": False, "error": error})

        self._faults[method] += [fault] * times

    def break_down(self, method: str, status: int = 503, text: str = "", times: int = 1) -> None:
        """Answer with a status and a text that is no JSON."""

        async def fault(call: Call) -> web.Response:
            return web.Response(status=status, text=text)

        self._faults[method] += [fault] * times

    def lose(self, method: str, *, commit: bool = True, times: int = 1) -> None:
        """Carry the call out, then close the connection without an answer."""

        async def fault(call: Call) -> web.Response:
            if commit:
                call.commit()
            if call.request.transport:
                call.request.transport.close()
            return web.Response()

        self._faults[method] += [fault] * times

    def hold_answer(self, method: str) -> asyncio.Event:
        """Carry one call out at once, and answer when the event is set."""
        release = asyncio.Event()
        self._late.append(release)

        async def fault(call: Call) -> web.Response:
            answer = call.commit()
            await self._tell()
            await release.wait()
            return answer

        self._faults[method].append(fault)
        return release

    def stall(self, method: str) -> asyncio.Event:
        """Hold one call back; when the event is set it is carried out, listened to or not."""
        release = asyncio.Event()
        self._late.append(release)

        async def later(call: Call) -> None:
            await release.wait()
            call.commit()
            await self._tell()

        async def fault(call: Call) -> web.Response:
            task = asyncio.create_task(later(call))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            await self._tell()
            await asyncio.shield(task)
            return web.json_response({"ok": True})

        self._faults[method].append(fault)
        return release

    async def spoiled(self, method: str, call: Call) -> web.StreamResponse:
        """Answer a call, as the next fault of its method has it."""
        faults = self._faults[method]
        try:
            return await faults.popleft()(call) if faults else call.commit()
        finally:
            await self._tell()

    def forgive(self) -> None:
        """Drop the faults that are still to come."""
        self._faults.clear()

    def ahead(self, method: str) -> int:
        """How many faults of a method are still to come."""
        return len(self._faults[method])

    def let_go(self) -> None:
        """Carry out whatever is held back."""
        for event in self._late:
            event.set()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
