"""Data of every revision survives all upgrades, and as far as tables allow all downgrades."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any
from unittest.mock import patch

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Time,
    func,
    insert,
    select,
)

from bot.store.db.engine import Database
from bot.store.db.migrate_process import configuration
from bot.store.db.schema import metadata

OTHERS = ("alembic_version", "article_index")
VALUES: tuple[tuple[type, Any], ...] = (
    (Boolean, True),
    (Float, 1.0),
    (LargeBinary, b""),
    (DateTime, datetime(2026, 11, 23, tzinfo=UTC)),
    (Date, date(2026, 11, 23)),
    (Time, time(7, 30)),
)


def tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(OTHERS))
    return found


def value(column: Column[Any], number: int) -> Any:
    """A value for row `number`; every key is the number, so that references hold."""
    for kind, plain in VALUES:
        if isinstance(column.type, kind):
            return plain
    return number if isinstance(column.type, Integer) else str(number)


def fill(connection: Connection, there: MetaData, number: int) -> None:
    """One row in every table there is."""
    for table in there.sorted_tables:
        row = {
            column.name: value(column, number)
            for column in table.columns
            if column.computed is None and str(column.type) != "TSVECTOR"
        }
        connection.execute(insert(table).values(row))


def counts(connection: Connection, there: MetaData) -> Counter[str]:
    return Counter(
        {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in there.sorted_tables
        }
    )


async def test_rows_of_every_revision_come_up_and_go_down_again(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    try:
        async with database.writing() as connection:
            config = await connection.run_sync(configuration)
            scripts = ScriptDirectory.from_config(config)
            with patch.object(ScriptDirectory, "from_config", lambda _: scripts):  # read once
                await connection.run_sync(_up_and_down, config, scripts)
    finally:
        await database.close()


def _up_and_down(connection: Connection, config: Config, scripts: ScriptDirectory) -> None:
    revisions = [script.revision for script in reversed([*scripts.walk_revisions()])]
    expected: Counter[str] = Counter()
    for number, revision in enumerate(revisions, 1):
        command.upgrade(config, revision)
        present = tables(connection)
        fill(connection, present, number)
        expected.update(present.tables.keys())
        assert counts(connection, present) == expected, revision
    assert set(expected) == set(metadata.tables)
    for revision in reversed(revisions[:-1]):
        command.downgrade(config, revision)
        there = counts(connection, tables(connection))
        assert there == {name: expected[name] for name in there}, revision
    command.upgrade(config, "head")
    kept = counts(connection, tables(connection))
    assert all(kept[name] == expected[name] for name in there)
    assert set(kept) == set(metadata.tables)
