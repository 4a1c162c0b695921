"""The only access to the database: its address, its connections and its errors."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    DateTime,
    Interval,
    Table,
    TableValuedAlias,
    Text,
    cast,
    column,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StoreError
from bot.store.db.async_engine import AsyncConnection, AsyncEngine, create_async_engine
from bot.store.db.errors import explained
from bot.store.db.types import LONGEST_NAME, Instant, Json, storable
from config.private_files import create_private, make_private

if TYPE_CHECKING:  # a twentieth of the time that a command on SQLite takes
    from sqlalchemy.dialects import postgresql

BUSY_SECONDS = 15
"""How long a SQLite connection waits for another process to finish writing."""

BUSY_PAUSE = 0.05

CACHE_KIB = 512
"""The page cache of each SQLite connection; the operating system caches the file too."""

CONNECT_SECONDS = 10
"""The connect timeout of PostgreSQL."""

CONNECTIONS, MORE_CONNECTIONS = 10, 5
"""Connections to PostgreSQL that are kept open, and those that are opened beyond for a rush."""


class Database:
    """Opens transactions; every driver error is raised as a StoreError."""

    def __init__(self, url: str) -> None:
        self.url = normalised(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url)
        self._readers = _readers(self.engine)
        self._one_writer = asyncio.Lock()
        self._opened: tuple[int, int] | None = None

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL and for a database in memory."""
        name = self.url.database
        return Path(name) if self.sqlite and name and not in_memory(self.url) else None

    @asynccontextmanager
    async def reading(self, *, snapshot: bool = False) -> AsyncIterator[AsyncConnection]:
        """Reads only. A `snapshot` is a transaction that sees nothing that is committed meanwhile.

        On PostgreSQL each other statement is a transaction: what it sees is the same, sooner.
        """
        with self._explained():
            await self._open_file()
            async with (self.engine if snapshot else self._readers).connect() as connection:
                if snapshot and not self.sqlite:  # SQLite's transactions all are snapshots
                    await connection.execution_options(isolation_level="REPEATABLE READ")
                yield connection

    @asynccontextmanager
    async def writing(self, *, durable: bool = True) -> AsyncIterator[AsyncConnection]:
        """A transaction that is committed when the block ends and rolled back when it raises.

        A transaction that is not `durable` survives a crash of the bot, but perhaps not a power
        failure. SQLite allows one writer: the writers of this process queue here without polling,
        and the write lock is taken at the start, so that no transaction fails half-way.
        """
        turn = self._one_writer if self.sqlite else nullcontext()
        with self._explained():
            await self._open_file(to_write=True)
            async with turn, self.engine.connect() as connection:
                await connection.execution_options(writes=True, durable=durable)
                async with connection.begin():
                    yield connection

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT with support for ON CONFLICT."""
        if self.sqlite:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)

    def upsert(
        self, table: Table, on: Sequence[str], changes: Sequence[str]
    ) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that updates the row if one with the same `on` columns exists."""
        new = self.insert(table)
        return new.on_conflict_do_update(
            index_elements=on, set_={name: new.excluded[name] for name in changes}
        )

    def rows(self, texts: Sequence[str]) -> TableValuedAlias:
        """A table with one column, `value`, and one row for each text."""
        return self.rows_of(literal([storable(each)[:LONGEST_NAME] for each in texts], Json))

    def rows_of(self, given: ColumnElement[Any]) -> TableValuedAlias:
        """A table with one column, `value`, and one row for each text of a list."""
        listed = (
            func.json_each(given)
            if self.sqlite
            else func.json_array_elements_text(cast(given, JSON))
        )
        return listed.table_valued(column("value", Text), name="given")

    def listed(self, each: ColumnElement[Any]) -> ColumnElement[Any]:
        """The aggregate that collects a column into a list."""
        collect = func.json_group_array if self.sqlite else func.json_agg
        return cast(collect(each), Json)

    def clock(self, now: datetime, later: timedelta = timedelta(0)) -> ColumnElement[Any]:
        """The present instant plus `later`, by the server's clock, which all processes share.

        With SQLite there is one machine, whose clock says `now`.
        """
        if self.sqlite:
            return literal(now + later, Instant)
        return func.clock_timestamp(type_=DateTime(timezone=True)) + literal(later, Interval)

    async def vacuum(self) -> None:
        """Rewrite a SQLite file without its free pages; raises StoreError while others write."""
        if self.file:
            with explained(self.url):
                await asyncio.to_thread(_vacuum, self.file)

    async def close(self) -> None:
        await self.engine.dispose()

    async def check(self) -> None:
        """Read something; raises StoreError with the remedy if the database is gone."""
        if lost := self._lost():
            raise StoreError(lost)
        async with self.reading() as connection:
            await connection.execute(select(literal(1)))
            if self.sqlite:
                await connection.exec_driver_sql("PRAGMA schema_version")

    async def _open_file(self, *, to_write: bool = False) -> None:
        """Fail here if the file cannot be opened: aiosqlite would leak a thread.

        Nothing is written to a file that is gone, and no other file is read in its place; what an
        open connection reads of a file that is gone is true.
        """
        path = self.file
        if path and not self._opened:
            await asyncio.to_thread(_open, path)
            self._opened = await asyncio.to_thread(_identity, path)
        elif path and (lost := self._lost()) and (to_write or path.exists()):
            raise StoreError(lost)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raise the driver's errors as StoreError; a lost file explains any of them."""
        try:
            with explained(self.url):
                yield
        except StoreError as error:
            if (lost := self._lost()) and lost != str(error):
                raise StoreError(lost) from error
            raise

    def _lost(self) -> str | None:
        """What became of the file that was opened, with the remedy; None if it is there."""
        if not (self.file and self._opened):
            return None
        found = _identity(self.file)
        if found == self._opened:
            return None
        if found is None:
            return f"The database file {self.file} is gone: put it back, and the bot goes on"
        return (
            f"The database file {self.file} was replaced while the bot runs: put the old one back, "
            "or restart the bot to use the new one"
        )


def normalised(url: str) -> URL:
    """The address with the bot's driver; raises StoreError without showing secrets."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise StoreError(
            "DATABASE_URL cannot be read: write sqlite:///path/to/file.db or "
            "postgresql://user:password@host/database, with special characters in the password "
            "percent-encoded"
        ) from None
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError(f"DATABASE_URL names {backend}: only sqlite and postgresql are supported")


def _open(path: Path) -> None:
    """Switch the file to write-ahead logging; SQLite's busy timeout does not cover this."""
    _keep_private(path)
    until = time.monotonic() + BUSY_SECONDS
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(BUSY_PAUSE)
            else:
                return


def _vacuum(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _identity(path: Path) -> tuple[int, int] | None:
    """The device and inode of a file; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _keep_private(path: Path) -> None:
    """Let nobody else read the database; SQLite gives its side files the same rights."""
    with suppress(OSError):
        create_private(path)
    for each in side_files(path):
        make_private(each)


def side_files(path: Path) -> tuple[Path, ...]:
    """A SQLite file and the files that SQLite keeps beside it."""
    return tuple(path.with_name(path.name + end) for end in ("", "-wal", "-shm", "-journal"))


def in_memory(url: URL) -> bool:
    return url.database in {None, "", ":memory:"}


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        arguments = {"connect_timeout": CONNECT_SECONDS}
        engine = create_async_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args=arguments,
            pool_size=CONNECTIONS,
            max_overflow=MORE_CONNECTIONS,
        )
        event.listen(engine.sync_engine, "begin", _begin_postgresql)
        return engine
    size: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if in_memory(url) else {}
    engine = create_async_engine(
        _file_address(url), hide_parameters=True, poolclass=AsyncAdaptedQueuePool, **size
    )
    event.listen(engine.sync_engine, "connect", _set_up_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _end_sqlite)
    return engine


def _readers(engine: AsyncEngine) -> AsyncEngine:
    """The engine for reading, on the same connections."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def _file_address(url: URL) -> URL:
    """The address that opens a file which exists, or in the user's own `mode`.

    A connection to a missing file would make an empty one, and stay with it after the right one is
    back. The form: https://www.sqlite.org/uri.html, where `//` begins the name of a machine.
    """
    if in_memory(url):
        return url
    name = quote(str(url.database))
    absolute = "//" if name.startswith("/") else ""
    return url.set(
        database=f"file:{absolute}{name}",
        query={"mode": "rw", **url.query, "uri": "true"},
    )


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("durable", True):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Let SQLAlchemy begin transactions: https://docs.sqlalchemy.org/en/21/dialects/sqlite.html."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    cursor.close()


def _end_sqlite(connection: Any, _record: object, _cause: object) -> None:
    """Release the lock at once when a task is cancelled.

    SQLite closes a connection only after its last cursor, which a traceback may keep alive.
    """
    with suppress(sqlite3.Error, SQLAlchemyError):
        connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("writes", False):
        connection.exec_driver_sql("BEGIN")
        return
    synchronous = "FULL" if options.get("durable", True) else "NORMAL"
    connection.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
