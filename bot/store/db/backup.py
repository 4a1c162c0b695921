"""Online backups: one SQLite file that holds everything, whatever the engine of the database."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from sqlalchemy import func, select

from bot.errors import StoreError
from bot.store.db.copy import copy
from bot.store.db.engine import Database, side_files
from bot.store.db.migrate import VERSION, bring_up_to_date
from bot.store.db.schema import metadata
from config.private_files import FILE_MODE, create_private

OnTable = Callable[[str, int], None]

UNFINISHED = ".part"
"""Ends the name of a backup that is not complete."""


async def back_up(database: Database, path: Path, on_table: OnTable) -> None:
    """Write a consistent copy to a new file of mode 0600, while others read and write.

    `on_table` gets the name and row count of each table. Raises StoreError, and leaves no file, if
    that is not possible.
    """
    if database.file is not None and not database.file.exists():
        raise StoreError(f"There is no database {database.file} to back up")
    part = path.with_name(path.name + UNFINISHED)
    with _new_file(path):
        _remove(part)
        create_private(part)
        try:
            if database.sqlite:
                await asyncio.to_thread(_vacuum_into, database, part)
            else:
                await _copy_into(database, part)
            for table, rows in (await asyncio.to_thread(_checked, part)).items():
                on_table(table, rows)
            part.replace(path)
        finally:
            _remove(part)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    """The database in a backup, on a copy that is brought up to date; raises StoreError."""
    with tempfile.TemporaryDirectory(prefix="briefbot-") as folder:
        taken = Path(folder) / "restored.db"
        try:
            await asyncio.to_thread(shutil.copyfile, path, taken)
            taken.chmod(FILE_MODE)
            await asyncio.to_thread(_checked, taken)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path} cannot be read as a backup: {_reason(error)}") from error
        database = Database(f"sqlite:///{taken}")
        try:
            await bring_up_to_date(database)
            yield database
        finally:
            await database.close()


async def rows_of(database: Database) -> dict[str, int]:
    """The row count of each table."""
    async with database.reading() as connection:
        return {
            table.name: int(
                (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            )
            for table in metadata.sorted_tables
        }


@contextmanager
def _new_file(path: Path) -> Iterator[None]:
    """Reserve the name of a file; it is removed where the block raises. Raises StoreError."""
    try:
        path.touch(FILE_MODE, exist_ok=False)
    except FileExistsError:
        raise StoreError(f"{path} exists already: name another file") from None
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        yield
    except BaseException as error:
        path.unlink(missing_ok=True)
        if isinstance(error, (OSError, sqlite3.Error)):
            raise _not_written(path, error) from error
        raise


def _not_written(path: Path, error: OSError | sqlite3.Error) -> StoreError:
    return StoreError(f"The backup {path} cannot be written: {_reason(error)}")


def _vacuum_into(database: Database, part: Path) -> None:
    """One read transaction; in WAL mode it delays no writer."""
    with closing(sqlite3.connect(f"file:{database.file}?mode=rw", uri=True)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


async def _copy_into(database: Database, part: Path) -> None:
    target = Database(f"sqlite:///{part}")
    try:
        await bring_up_to_date(target)
        await copy(database, target, lambda _table, _rows: None)
    finally:
        await target.close()


def _checked(path: Path) -> dict[str, int]:
    """The row count of each table; makes one file of it. Raises sqlite3.Error if it is damaged."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(str(found))
        names = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")
        }
        if VERSION.name not in names:
            raise sqlite3.DatabaseError("it holds no tables of this bot")
        return {
            table.name: connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608 - our own names
            for table in metadata.sorted_tables
            if table.name in names
        }


def _remove(path: Path) -> None:
    for each in side_files(path):
        each.unlink(missing_ok=True)


def _reason(error: OSError | sqlite3.Error) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
