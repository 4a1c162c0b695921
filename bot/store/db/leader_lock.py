"""Elects one of several processes for a task that must not run twice concurrently.

On PostgreSQL an advisory lock is held by a dedicated connection, so that the next process gets it
when its holder ends for any reason. With SQLite there is one process, which always has the lock.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreError
from bot.log import get_logger
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.errors import explained

LOOK_SECONDS = 5.0
"""How often the others try to get the lock, and the holder checks that it still has it."""

_KEEPALIVES = (
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
"""A machine that died silently loses the lock after 25 s."""

log = get_logger(__name__)


class LeaderLock:
    """The lock for a task, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def hold(
        self, task: str, *, look_seconds: float = LOOK_SECONDS
    ) -> AsyncIterator[asyncio.Event]:
        """Wait for the lock and hold it; the event is set when it was lost with the connection."""
        lost = asyncio.Event()
        if self._database.sqlite:
            yield lost
            return
        connection = await self._acquire(task, look_seconds)
        watching = asyncio.create_task(_watch(connection, lost, look_seconds))
        try:
            yield lost
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await _release(connection)

    async def _acquire(self, task: str, look_seconds: float) -> AsyncConnection:
        """Wait for the lock; returns the connection that holds it."""
        key = int.from_bytes(hashlib.sha256(task.encode()).digest()[:8], "big", signed=True)
        waiting = False
        while True:
            try:
                if connection := await self._try_acquire(key):
                    log.info("has the lock of a task", task=task)
                    return connection
            except StoreError as error:
                log.warning("a lock waits for the database", task=task, error=str(error))
            if not waiting:
                log.info("waits for a lock: another process has it", task=task)
                waiting = True
            await asyncio.sleep(look_seconds)

    async def _try_acquire(self, key: int) -> AsyncConnection | None:
        with explained(self._database.url):
            connection = await self._database.engine.connect()
            won = False
            try:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                lock = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=key)
                won = bool((await connection.execute(lock)).scalar_one())
                if won:
                    for setting in _KEEPALIVES:
                        await connection.execute(text(setting))
                return connection if won else None
            finally:
                if not won:
                    await connection.close()


async def _watch(connection: AsyncConnection, lost: asyncio.Event, look_seconds: float) -> None:
    """Set `lost` when the connection is gone, and the lock with it."""
    try:
        while True:
            await asyncio.sleep(look_seconds)
            async with asyncio.timeout(look_seconds):
                await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("lost a lock with the connection", error=type(error).__name__)
        lost.set()


async def _release(connection: AsyncConnection) -> None:
    """Close the connection, which frees the lock at once."""
    await connection.invalidate()
    await connection.close()
