"""What the bot checks of its surroundings while it runs: the database and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.clock import SharedClock
from bot.errors import BriefbotError, StoreError
from bot.health import Health
from bot.scheduler import Ticker
from bot.store import Store

CHECK_SECONDS = 5.0
"""The interval of the checks, and the time that the database has to answer."""

PATIENCE = 20.0
"""Seconds after which a check that has not ended counts as failed."""

CLOCK_SECONDS = 60.0

OLDEST = datetime(2026, 11, 1, tzinfo=UTC)
"""The clock of a machine that runs this version is later than this."""


def tickers(store: Store, clock: Callable[[], datetime], health: Health) -> Iterator[Ticker]:
    """The periodic checks of a running bot."""

    async def check_database() -> None:
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await store.check()
        except TimeoutError:
            raise StoreError(f"The database does not answer within {CHECK_SECONDS:g} s") from None

    async def check_clock() -> None:
        if isinstance(clock, SharedClock):
            await clock.synchronise()
        if clock() < OLDEST:
            raise BriefbotError(f"This machine's clock says {clock():%Y-%m-%d}: set it")

    yield Ticker(check_database, CHECK_SECONDS, "database", health, patience=PATIENCE)
    yield Ticker(check_clock, CLOCK_SECONDS, "clock", health)
