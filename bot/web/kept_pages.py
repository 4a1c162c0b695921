"""Pages that were made a moment ago: a digest is opened by many readers at about the same time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from weakref import WeakValueDictionary

SECONDS = 10.0
"""How long a page is shown again as it was made."""

MOST = 100
"""Pages that are kept; with pages of at most 50 KB, 5 MB."""


class KeptPages:
    """Makes a page once for all who ask for it within some seconds. `clock` only grows."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._made: OrderedDict[Hashable, tuple[float, str]] = OrderedDict()
        self._turns: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def get(self, key: Hashable, make: Callable[[], Awaitable[str]]) -> str:
        """The page; where it cannot be made, the next who asks tries again."""
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            until, page = self._made.get(key, (0.0, ""))
            if self._clock() < until:
                return page
            page = await make()
            self._made[key] = self._clock() + SECONDS, page
            self._made.move_to_end(key)
            if len(self._made) > MOST:
                self._made.popitem(last=False)
            return page
