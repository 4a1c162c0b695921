"""Whether a database has the tables of this version; they are made by a process of its own."""

from __future__ import annotations

import asyncio
import re
import sys
from contextlib import suppress
from importlib.resources import files

from sqlalchemy import Connection, column, inspect, select, table

from bot.errors import StoreError
from bot.store.db.engine import Database, in_memory

VERSION = table("alembic_version", column("version_num"))
"""The table in which Alembic keeps how far a database has come."""

_REVISION = re.compile(r"r(\d{4})_\w+\.py")


def newest() -> str:
    """The revision of the tables that this version of the bot needs."""
    names = (each.name for each in files("bot.store.migrations.versions").iterdir())
    return max(found[1] for name in names if (found := _REVISION.fullmatch(name)))


async def is_current(database: Database) -> bool:
    """Whether there is nothing to be made; raises StoreError where the database does not answer."""
    make_folder(database)
    async with database.reading() as connection:
        return await connection.run_sync(_is_at_newest)


async def bring_up_to_date(database: Database) -> None:
    """Make the tables, or bring them up to date; raises StoreError saying why that is not possible.

    Alembic takes 12 MB, which a process that has loaded it never gives back. That process takes no
    code from the folder in which the bot was started (`-P`).
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
        ended = f"The tables could not be made: their process ended with {process.returncode}"
        raise StoreError(told.decode().strip() or ended)


def make_folder(database: Database) -> None:
    """Make the folder of a SQLite file; raises StoreError naming it."""
    if database.file is None:
        return
    folder = database.file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} for the database cannot be made ({error.strerror}): "
            "set DATABASE_URL to a file in a folder that the bot can write"
        ) from error


def _is_at_newest(connection: Connection) -> bool:
    if not inspect(connection).has_table(VERSION.name):
        return False
    return connection.execute(select(VERSION.c.version_num)).scalars().all() == [newest()]
