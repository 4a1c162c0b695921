"""A database comes to the tables of the schema, and to nothing else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, UniqueConstraint, text

from bot.errors import StoreError
from bot.models import Stored
from bot.store import Store
from bot.store.db.engine import Database
from bot.store.db.migrate import newest
from bot.store.db.schema import metadata
from tests.support.builders import an_article

SEARCH_ONLY = ("article_index", "vector", "ix_article_words_vector")
"""What the migrations make for one engine's search alone."""


async def test_it_makes_the_tables_of_the_schema(empty_database_url: str) -> None:
    await _migrate(empty_database_url)

    database = Database(empty_database_url)
    async with database.reading() as connection:
        differences = await connection.run_sync(_differences)
    await database.close()

    assert differences == []


def test_every_reference_has_an_index_so_that_a_deletion_reads_no_whole_table() -> None:
    bare = []
    for table in metadata.sorted_tables:
        indexed = {next(iter(table.primary_key.columns)).name}
        indexed |= {next(iter(each.columns)).name for each in table.indexes if len(each.columns)}
        unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
        indexed |= {next(iter(each.columns)).name for each in unique}
        firsts = [each.column_keys[0] for each in table.foreign_key_constraints]
        bare += [f"{table.name}.{first}" for first in firsts if first not in indexed]
    assert bare == []


async def test_it_changes_nothing_the_second_time(store: Store) -> None:
    await store.articles.add(an_article())

    await store.migrate()

    assert await store.articles.add(an_article()) is Stored.UNCHANGED
    assert len(await store.search.find("storm")) == 1


async def test_replicas_may_start_at_once(empty_database_url: str) -> None:
    await asyncio.gather(*(_migrate(empty_database_url) for _ in range(4)))

    store = Store.open(empty_database_url)
    assert await store.articles.add(an_article()) is Stored.NEW
    await store.close()


async def test_a_file_named_bot_in_the_working_folder_is_not_run(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot.py").write_text("raise SystemExit('a stranger')")
    monkeypatch.chdir(tmp_path)
    await _migrate(empty_database_url)
    store = Store.open(empty_database_url)
    await store.check()
    assert await store.articles.count() == 0
    await store.close()


async def test_it_refuses_a_database_from_a_newer_version(database_url: str) -> None:
    database = Database(database_url)
    async with database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()

    with pytest.raises(StoreError, match=r"newer version of the bot .*9999"):
        await _migrate(database_url)


def test_the_newest_revision_is_where_alembic_goes() -> None:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == newest()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=rf"The folder {tmp_path}/file/x for the database cannot"):
        await _migrate(f"sqlite:///{tmp_path}/file/x/briefbot.db")


async def test_a_database_without_tables_says_so(empty_database_url: str) -> None:
    store = Store.open(empty_database_url)

    with pytest.raises(StoreError, match="its tables are missing"):
        await store.articles.count()
    await store.check()
    await store.close()


async def _migrate(url: str) -> None:
    store = Store.open(url)
    try:
        await store.migrate()
    finally:
        await store.close()


def _differences(connection: Connection) -> list[Any]:
    def compared(_object: object, name: str | None, *_rest: object) -> bool:
        return not (name or "").startswith(SEARCH_ONLY)

    options = {"compare_type": True, "compare_server_default": True, "include_object": compared}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


async def test_one_process_may_open_several_databases_in_memory() -> None:
    for _ in range(2):
        store = Store.open("sqlite://")
        await store.migrate()
        await store.check()
        assert await store.articles.add(an_article()) is Stored.NEW
        await store.close()
