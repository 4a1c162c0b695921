"""Commands that wait to be carried out: in order for each person, a few at a time in each chat."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field

from bot.log import get_logger

SLOTS = 128
"""Commands that are carried out concurrently."""

CHAT_SLOTS = 4
"""Commands of one chat that are carried out concurrently."""

CHAT_WAITING = 50
"""Commands of one chat that may wait."""

Work = Callable[[], Awaitable[None]]

log = get_logger(__name__)


@dataclass(slots=True)
class _Chat:
    """A chat's waiting commands, oldest first, and the people whose commands are running."""

    waiting: deque[tuple[Hashable, Work]] = field(default_factory=deque)
    running: set[Hashable] = field(default_factory=set)


class CommandQueue:
    """Runs commands; what waits in one chat takes no slot from another chat.

    Chats with something to run take turns for the slots.
    """

    def __init__(
        self, *, slots: int = SLOTS, chat_slots: int = CHAT_SLOTS, chat_waiting: int = CHAT_WAITING
    ) -> None:
        self._slots = slots
        self._chat_slots = chat_slots
        self._chat_waiting = chat_waiting
        self._chats: dict[Hashable, _Chat] = {}
        self._ready: deque[Hashable] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def has_room(self, chat: Hashable) -> bool:
        """Whether another command of the chat may wait."""
        own = self._chats.get(chat)
        return own is None or len(own.waiting) < self._chat_waiting

    def put(self, chat: Hashable, person: Hashable, work: Work) -> None:
        """Queue a command; it does not begin any more if the queue is stopping."""
        self._chats.setdefault(chat, _Chat()).waiting.append((person, work))
        self._offer(chat)
        self._run_ready()

    @property
    def waiting(self) -> int:
        """The number of commands that have not begun."""
        return sum(len(each.waiting) for each in self._chats.values())

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and wait for running commands for some seconds."""
        self._stopping = True
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _offer(self, chat: Hashable) -> None:
        if chat not in self._ready:
            self._ready.append(chat)

    def _run_ready(self) -> None:
        while self._ready and len(self._tasks) < self._slots and not self._stopping:
            chat = self._ready.popleft()
            if found := self._next(chat):
                self._begin(chat, *found)
                self._offer(chat)

    def _next(self, chat: Hashable) -> tuple[Hashable, Work] | None:
        """Take the oldest command of a person who has none running, if the chat has a slot."""
        own = self._chats[chat]
        if len(own.running) >= self._chat_slots:
            return None
        for place, (person, work) in enumerate(own.waiting):
            if person not in own.running:
                del own.waiting[place]
                return person, work
        return None

    def _begin(self, chat: Hashable, person: Hashable, work: Work) -> None:
        self._chats[chat].running.add(person)
        task = asyncio.create_task(self._run(work))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._end(chat, person, done))

    def _end(self, chat: Hashable, person: Hashable, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        own = self._chats[chat]
        own.running.discard(person)
        if own.waiting:
            self._offer(chat)
        elif not own.running:
            del self._chats[chat]
        self._run_ready()

    async def _run(self, work: Work) -> None:
        try:
            await work()
        except Exception:
            log.exception("a command failed")
