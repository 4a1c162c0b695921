"""One clock for all processes on one database, however their machines' clocks differ."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.store import Store

STEADY = timedelta(seconds=0.1)
"""A smaller difference is left as it is: it may be the network's."""

SLOW = timedelta(seconds=1)
"""Answers that all took longer say too little about the time."""

WORTH_TELLING = timedelta(seconds=5)

log = structlog.get_logger(__name__)


class SharedClock:
    """The time of the database's server, by this machine's clock and what that is off.

    Who claims, paces and recovers compares instants that other machines wrote: a machine two
    minutes ahead would take what another one is just sending for abandoned. A SQLite file has one
    machine, whose own clock counts.
    """

    def __init__(self, store: Store, own: Callable[[], datetime]) -> None:
        self._store = store
        self._own = own
        self._off = timedelta(0)

    def __call__(self) -> datetime:
        """The present instant, aware UTC."""
        return self._own() + self._off

    async def set(self) -> None:
        """Compare with the server; raises StoreError where it does not answer."""
        compared = await self._store.ahead_of(self._own)
        if compared is None:
            return
        off, doubt = compared
        moved = abs(off - self._off)
        if doubt > SLOW or moved < max(STEADY, doubt):
            return
        if moved > WORTH_TELLING:
            seconds = round(off.total_seconds(), 1)
            log.warning("this machine's clock is off: the database's counts", by=seconds)
        self._off = off
