"""Copies one database into another, empty one, of either engine."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Table, func, insert, select, text

from bot.errors import StoreError
from bot.store.db.async_engine import AsyncConnection
from bot.store.db.engine import Database
from bot.store.db.schema import metadata
from bot.store.db.types import Number

_AT_ONCE = 500


async def copy(source: Database, target: Database, on_table: Callable[[str, int], None]) -> None:
    """Copy every table in one transaction; `on_table` gets the name and row count of each table.

    Both databases must be migrated. Raises StoreError, and copies nothing, if the target has rows.
    """
    async with source.reading(snapshot=True) as reader, target.writing() as writer:
        for table in metadata.sorted_tables:
            if await _holds_rows(writer, table):
                raise StoreError(
                    f"The database that DATABASE_URL names is not empty (table {table.name}): "
                    "copy into a new one"
                )
        for table in metadata.sorted_tables:
            on_table(table.name, await _copy_table(reader, writer, table))
            if not target.sqlite:
                await _advance_sequence(writer, table)


async def _holds_rows(connection: AsyncConnection, table: Table) -> bool:
    return (await connection.execute(select(1).select_from(table).limit(1))).first() is not None


async def _copy_table(reader: AsyncConnection, writer: AsyncConnection, table: Table) -> int:
    count = 0
    rows = await reader.stream(select(table))
    async for some in rows.mappings().partitions(_AT_ONCE):
        await writer.execute(insert(table), [dict(row) for row in some])
        count += len(some)
    return count


async def _advance_sequence(connection: AsyncConnection, table: Table) -> None:
    """Advance the sequence of the table past the copied ids."""
    key = [column for column in table.primary_key if isinstance(column.type, Number)]
    if len(key) != 1 or len(table.primary_key) != 1:
        return
    sequence = func.pg_get_serial_sequence(table.name, key[0].name)
    named = (await connection.execute(select(sequence))).scalar()
    highest = (await connection.execute(select(func.max(key[0])))).scalar()
    if named and highest:
        await connection.execute(text("SELECT setval(:name, :at)"), {"name": named, "at": highest})
