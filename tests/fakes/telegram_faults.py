"""What can go wrong with a call: each fault is used up by so many calls of a method."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.telegram_rules import Refusal


@dataclass(frozen=True)
class Call:
    """One request to the Bot API; `commit` carries it out as if nothing were wrong."""

    method: str
    arguments: dict[str, Any]
    request: web.Request
    commit: Callable[[], Awaitable[web.Response]]

    @property
    def chat(self) -> str:
        return str(self.arguments.get("chat_id", ""))


Action = Callable[[Call], Awaitable[web.StreamResponse]]


@dataclass
class Fault:
    """An action that spoils the next `times` calls of a method, in one chat or in any."""

    method: str
    chat: int | None
    times: int
    act: Action

    def meets(self, call: Call) -> bool:
        here = self.chat is None or str(self.chat) == call.chat
        return self.times > 0 and self.method.lower() == call.method and here


class Faults:
    """The faults ahead, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._held: list[asyncio.Event] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    def limit(self, seconds: int, *, chat: int | None = None, times: int = 1) -> None:
        """Answer 429 with `retry_after` to sendMessage."""
        text = f"Too Many Requests: retry after {seconds}"
        self.refuse(Refusal(429, text, retry_after=seconds), chat=chat, times=times)

    def refuse(
        self,
        refusal: Refusal,
        *,
        method: str = "sendMessage",
        chat: int | None = None,
        times: int = 1,
    ) -> None:
        """Answer `ok: false` with a code and words of the test's choice."""

        async def act(call: Call) -> web.Response:
            return web.json_response(refusal.body, status=refusal.code)

        self._faults.append(Fault(method, chat, times, act))

    def break_down(
        self, status: int = 502, text: str = "", *, method: str = "sendMessage", times: int = 1
    ) -> None:
        """Answer with a status and a text that is no JSON."""

        async def act(call: Call) -> web.Response:
            return web.Response(status=status, text=text)

        self._faults.append(Fault(method, None, times, act))

    def lose(self, *, method: str = "sendMessage", commit: bool = True, times: int = 1) -> None:
        """Carry the call out, or not, then close the connection without an answer."""

        async def act(call: Call) -> web.Response:
            if commit:
                await call.commit()
            if call.request.transport:
                call.request.transport.close()
            return web.Response()

        self._faults.append(Fault(method, None, times, act))

    def hold_answer(self, *, method: str) -> asyncio.Event:
        """Carry one call out at once, and answer when the event is set."""
        release = asyncio.Event()
        self._held.append(release)

        async def act(call: Call) -> web.Response:
            answer = await call.commit()
            await self._tell()
            await release.wait()
            return answer

        self._faults.append(Fault(method, None, 1, act))
        return release

    def stall(self, *, method: str = "sendMessage", times: int = 1) -> asyncio.Event:
        """Hold calls back; when the event is set they are carried out, listened to or not."""
        release = asyncio.Event()
        self._held.append(release)

        async def later(call: Call) -> None:
            await release.wait()
            await call.commit()
            await self._tell()

        async def act(call: Call) -> web.Response:
            task = asyncio.create_task(later(call))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            await self._tell()
            await asyncio.shield(task)
            return web.Response(status=504)

        self._faults.append(Fault(method, None, times, act))
        return release

    async def spoiled(self, call: Call) -> web.StreamResponse:
        """Answer a call, as the next fault that meets it has it."""
        fault = next((fault for fault in self._faults if fault.meets(call)), None)
        try:
            if fault is None:
                return await call.commit()
            fault.times -= 1
            return await fault.act(call)
        finally:
            await self._tell()

    def forgive(self) -> None:
        """Drop the faults that are still to come."""
        self._faults.clear()

    def let_go(self) -> None:
        """Carry out whatever is held back."""
        for event in self._held:
            event.set()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
