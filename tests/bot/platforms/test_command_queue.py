"""Commands wait in order, and no chat holds the slots of another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.platforms.command_queue import CHAT_WAITING, CommandQueue


class Recorder:
    """Works that note when they begin, and end when they are let."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.most: dict[str, int] = {}
        self.running: dict[str, int] = {}
        self.gate = asyncio.Event()

    def work(self, name: str, chat: str = "") -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            self.begun.append(name)
            self.running[chat] = self.running.get(chat, 0) + 1
            self.most[chat] = max(self.most.get(chat, 0), self.running[chat])
            await self.gate.wait()
            self.running[chat] -= 1

        return run


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_persons_commands_are_carried_out_in_order() -> None:
    queue, seen = CommandQueue(), Recorder()
    seen.gate.set()
    for number in range(9):
        queue.put("chat", "ada", seen.work(str(number)))
    for _ in range(9):
        await settled()
    assert seen.begun == [str(number) for number in range(9)]


async def test_two_people_of_a_chat_do_not_wait_for_each_other() -> None:
    queue, seen = CommandQueue(), Recorder()
    for name in ("ada 1", "ada 2", "bob 1"):
        queue.put("chat", name[:3], seen.work(name))
    await settled()
    assert seen.begun == ["ada 1", "bob 1"]


async def test_a_chat_holds_a_few_slots_and_another_chat_is_served_at_once() -> None:
    queue, seen = CommandQueue(slots=6, chat_slots=4), Recorder()
    for number in range(40):
        queue.put("busy", f"person {number}", seen.work(f"busy {number}", "busy"))
    queue.put("calm", "eve", seen.work("calm"))
    await settled()
    assert seen.most["busy"] == 4
    assert "calm" in seen.begun
    seen.gate.set()
    for _ in range(40):
        await settled()
    assert len(seen.begun) == 41
    assert seen.most["busy"] == 4


async def test_a_chat_has_room_for_so_many() -> None:
    queue, seen = CommandQueue(), Recorder()
    assert queue.has_room("chat")
    for _ in range(CHAT_WAITING + 1):
        queue.put("chat", "ada", seen.work("x"))
    assert not queue.has_room("chat")
    assert queue.has_room("another chat")


async def test_a_work_that_raises_stops_nobody() -> None:
    queue, seen = CommandQueue(), Recorder()
    seen.gate.set()

    async def fail() -> None:
        raise RuntimeError("odd")

    queue.put("chat", "ada", fail)
    queue.put("chat", "ada", seen.work("after"))
    for _ in range(5):
        await settled()
    assert seen.begun == ["after"]


async def test_stopping_begins_nothing_more_and_ends_what_takes_too_long() -> None:
    queue, seen = CommandQueue(), Recorder()
    queue.put("chat", "ada", seen.work("one"))
    queue.put("chat", "ada", seen.work("two"))
    await settled()
    await queue.stop(0.05)
    queue.put("chat", "bob", seen.work("three"))
    await settled()
    assert seen.begun == ["one"]
    assert queue.waiting == 2
