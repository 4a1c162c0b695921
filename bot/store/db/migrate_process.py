"""Migrates a database to the newest revision.

Run as `python -m bot.store.db.migrate_process`, it reads the address from standard input and prints
the error, if any.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from bot.errors import StoreError
from bot.store.db.engine import Database

MIGRATION_LOCK = 0x62726965
"""The key of the advisory lock that replicas take when they start concurrently."""


async def migrate(database: Database) -> None:
    """Migrate the tables in one transaction; does nothing if they are current.

    Raises StoreError if the database cannot be written or was made by a newer version.
    """
    async with database.writing() as connection:
        if not database.sqlite:
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        await connection.run_sync(_upgrade)


async def downgrade(database: Database, revision: str) -> None:
    """Take the tables back to an older revision; what that one cannot hold is deleted.

    Raises StoreError if there is no such revision.
    """
    async with database.writing() as connection:
        await connection.run_sync(partial(_downgrade, revision=revision))


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for work on this connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.store:migrations")
    return config


def _downgrade(connection: Connection, revision: str) -> None:
    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision not in known:
        raise StoreError(f"There is no revision {revision!r}: {', '.join(sorted(known))}")
    command.downgrade(config, revision)


def _upgrade(connection: Connection) -> None:
    config = configuration(connection)
    present = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if unknown := sorted(set(present) - known):
        raise StoreError(
            f"The database was made by a newer version of the bot (its tables are at "
            f"{unknown[0]}): install that version or a later one"
        )
    command.upgrade(config, "head")


async def _migrate_and_close(database: Database) -> None:
    try:
        await migrate(database)
    finally:
        await database.close()


def main() -> None:
    """Migrate the database whose address is on standard input."""
    try:
        asyncio.run(_migrate_and_close(Database(sys.stdin.read())))
    except StoreError as error:
        print(error)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
