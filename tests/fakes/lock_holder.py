"""A process that takes a turn and keeps it: `python -m tests.fakes.lock_holder URL TASK`."""

from __future__ import annotations

import asyncio
import sys

from bot.store import Store


async def hold(url: str, task: str) -> None:
    """Say so on standard output once it is this process's turn, then do nothing for ever."""
    async with Store.open(url).leader_lock.hold(task):
        print("mine", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(hold(*sys.argv[1:]))
