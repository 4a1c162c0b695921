"""Of several processes on one database, one at a time does what must not be done twice at once.

On PostgreSQL an advisory lock is held by a connection of its own, so that it falls to the next
process when its holder ends, however it ends. A SQLite file has one process, which has every turn.
https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.db.engine import Database
from bot.store.db.errors import explained

LOOK_SECONDS = 5.0
"""So often the others look whether the turn is free, and the holder whether it still has it."""

_NOTICED = (
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
"""A machine that died without a word loses its turn after 25 s."""

log = structlog.get_logger(__name__)


class LeaderLock:
    """Who has the turn for a task."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def hold(
        self, task: str, *, look_seconds: float = LOOK_SECONDS
    ) -> AsyncIterator[asyncio.Event]:
        """Wait for the turn and hold it; the event says that it was lost with the connection."""
        lost = asyncio.Event()
        if self._database.sqlite:
            yield lost
            return
        connection = await self._won(task, look_seconds)
        watching = asyncio.create_task(_watch(connection, lost, look_seconds))
        try:
            yield lost
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await _let_go(connection)

    async def _won(self, task: str, look_seconds: float) -> AsyncConnection:
        """The connection that holds the lock, as soon as it can be had."""
        key = int.from_bytes(hashlib.sha256(task.encode()).digest()[:8], "big", signed=True)
        waiting = False
        while True:
            try:
                if connection := await self._tried(key):
                    log.info("has the turn", task=task)
                    return connection
            except StoreError as error:
                log.warning("a turn waits for the database", task=task, error=str(error))
            if not waiting:
                log.info("waits for its turn: another process has it", task=task)
                waiting = True
            await asyncio.sleep(look_seconds)

    async def _tried(self, key: int) -> AsyncConnection | None:
        with explained(self._database.url):
            connection = await self._database.engine.connect()
            won = False
            try:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                lock = text("SELECT pg_try_advisory_lock(:key)").bindparams(key=key)
                won = bool((await connection.execute(lock)).scalar_one())
                if won:
                    for setting in _NOTICED:
                        await connection.execute(text(setting))
                return connection if won else None
            finally:
                if not won:
                    await connection.close()


async def _watch(connection: AsyncConnection, lost: asyncio.Event, look_seconds: float) -> None:
    """Say so when the connection is gone, and the lock with it."""
    try:
        while True:
            await asyncio.sleep(look_seconds)
            async with asyncio.timeout(look_seconds):
                await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.warning("lost its turn with the connection", error=type(error).__name__)
        lost.set()


async def _let_go(connection: AsyncConnection) -> None:
    """End the connection, which frees the lock at once."""
    await connection.invalidate()
    await connection.close()
