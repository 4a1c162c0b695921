"""Bringing a database to the tables that this version of the bot needs."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from bot.errors import StoreError
from bot.store.engine import Database

MIGRATION_LOCK = 0x62726965
"""Names the advisory lock that replicas take in turn when they start at once."""


async def migrate(database: Database) -> None:
    """Make the tables, in one transaction; nothing happens when all is there.

    Raises StoreError when the database cannot be written or comes from a newer version.
    """
    async with database.writing() as connection:
        if not database.sqlite:
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATION_LOCK)))
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.store:migrations")
    present = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if unknown := sorted(set(present) - known):
        raise StoreError(
            f"The database was made by a newer version of the bot (its tables are at "
            f"{unknown[0]}): install that version or a later one"
        )
    command.upgrade(config, "head")
