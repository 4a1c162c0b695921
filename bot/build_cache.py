"""What briefings of several channels share while they are built."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.models import Briefing, Coverage, Story

T = TypeVar("T")


class Memo(Generic[T]):
    """Values by key, each made once even if several callers ask for it concurrently.

    A value that could not be made is tried again by the next caller.
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, T] = {}
        self._turns = defaultdict[Hashable, asyncio.Lock](asyncio.Lock)

    async def get(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        async with self._turns[key]:
            if key not in self._made:
                self._made[key] = await make()
            return self._made[key]


@dataclass(frozen=True, slots=True)
class BuildCache:
    """Stories, coverage and briefings that several channels share during one look at what is due.

    A briefing is made once for the same topics, window, length, zone and memory.
    """

    stories: Memo[tuple[Story, ...]] = field(default_factory=Memo)
    coverage: Memo[Coverage] = field(default_factory=Memo)
    briefings: Memo[Briefing] = field(default_factory=Memo)
