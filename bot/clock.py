"""One clock for all processes on one database, even if their machines' clocks differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.log import get_logger
from bot.store import Store

STEADY = timedelta(seconds=0.1)
"""A smaller difference is ignored: network latency may cause it."""

SLOW = timedelta(seconds=1)
"""Slower answers are ignored: they say too little about the time."""

LOGGED = timedelta(seconds=5)
"""A larger difference is logged."""

log = get_logger(__name__)


class SharedClock:
    """The time of the database server: this machine's clock plus a measured offset.

    Claiming, pacing and recovery compare instants that other machines wrote: a machine whose clock
    is two minutes ahead would treat a running send as abandoned. With SQLite there is one machine,
    whose own clock is used.
    """

    def __init__(self, store: Store, own: Callable[[], datetime]) -> None:
        self._store = store
        self._own = own
        self._offset = timedelta(0)

    def __call__(self) -> datetime:
        """The present instant, aware UTC."""
        return self._own() + self._offset

    async def synchronise(self) -> None:
        """Measure the offset to the server's clock; raises StoreError if it does not answer."""
        compared = await self._store.ahead_of(self._own)
        if compared is None:
            return
        offset, uncertainty = compared
        moved = abs(offset - self._offset)
        if uncertainty > SLOW or moved < max(STEADY, uncertainty):
            return
        if moved > LOGGED:
            seconds = round(offset.total_seconds(), 1)
            log.warning("this machine's clock is wrong: the database's clock is used", by=seconds)
        self._offset = offset
