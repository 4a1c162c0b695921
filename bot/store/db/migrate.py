"""Migrations: whether a database is current; a separate process brings it up to date."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import suppress
from importlib.resources import files

from sqlalchemy import Connection, column, inspect, select, table

from bot.errors import StoreError
from bot.store.db.engine import Database, in_memory
from config.private_files import create_private_folder

VERSION = table("alembic_version", column("version_num"))
"""The table in which Alembic stores the revision of a database."""

_REVISION = re.compile(r"r(\d{4})_\w+\.py")


def newest() -> str:
    """The newest revision that this version of the bot knows."""
    names = (each.name for each in files("bot.store.migrations.versions").iterdir())
    return max(found[1] for name in names if (found := _REVISION.fullmatch(name)))


async def is_current(database: Database) -> bool:
    """Whether the database is at the newest revision; raises StoreError if it does not answer."""
    make_folder(database)
    async with database.reading() as connection:
        return await connection.run_sync(_is_at_newest)


async def bring_up_to_date(database: Database) -> None:
    """Create or migrate the tables; raises StoreError with the reason if that is not possible.

    Runs in a separate process, because Alembic takes 12 MB that are never freed. That process
    imports no code from the working folder (`-P`).
    """
    if in_memory(database.url):
        from bot.store.db.migrate_process import migrate

        await migrate(database)
        return
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.store.db.migrate_process"), stdin=pipe, stdout=pipe
    )
    url = database.url.render_as_string(hide_password=False)
    try:
        told, _ = await process.communicate(url.encode())
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode:
        ended = f"The tables could not be migrated: the process ended with {process.returncode}"
        raise StoreError(told.decode().strip() or ended)


def make_folder(database: Database) -> None:
    """Create the folder of a SQLite file; raises StoreError that names it."""
    if database.file is None:
        return
    folder = database.file.parent
    try:
        create_private_folder(folder)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} for the database cannot be created ({error.strerror}): "
            "set DATABASE_URL to a file in a folder that the bot can write"
        ) from error


def _is_at_newest(connection: Connection) -> bool:
    if not inspect(connection).has_table(VERSION.name):
        return False
    return connection.execute(select(VERSION.c.version_num)).scalars().all() == [newest()]
