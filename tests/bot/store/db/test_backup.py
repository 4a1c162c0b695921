"""A backup is one private file that holds everything, taken while others write."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Store
from bot.store.db.migrate import newest
from config.private_files import open_to_others
from tests.support.builders import an_article
from tests.support.store_desk import Desk


def names_in(folder: Path, beginning: str) -> list[str]:
    return sorted(each.name for each in folder.rglob(f"{beginning}*"))


def ignored(_table: str, _rows: int) -> None:
    return None


@pytest.fixture
async def place(empty_database_url: str) -> AsyncIterator[Store]:
    """An empty database on either engine."""
    store = Store.open(empty_database_url)
    await store.migrate()
    yield store
    await store.close()


async def test_a_backup_under_load_restores_to_one_moment(
    desk: Desk, place: Store, tmp_path: Path
) -> None:
    """Each transaction stores an article with its words: counts that differ are two moments."""
    await desk.ready(parts=3)
    await desk.store.articles.add_many([(an_article(f"Before {n}"), None) for n in range(50)])
    done = asyncio.Event()

    async def load() -> int:
        written = 0
        while not done.is_set():
            await desk.store.articles.add(an_article(f"Meanwhile {written}"))
            written += 1
        return written

    loading = asyncio.create_task(load())
    path, counts = tmp_path / "a backup.db", {}
    await desk.store.back_up(path, lambda table, rows: counts.update({table: rows}))
    done.set()
    assert await loading > 0

    restored: dict[str, int] = {}
    await place.restore(path, lambda table, rows: restored.update({table: rows}))
    assert restored == counts == await place.row_counts()
    assert counts["articles"] == counts["article_words"] >= 50
    assert counts["deliveries"] == 3
    assert len(await place.search.find("before", limit=99)) == 50
    assert open_to_others([path]) == []
    assert names_in(tmp_path, "a backup") == [path.name]


async def test_a_backup_writes_over_nothing_and_restores_into_the_empty_only(
    sqlite_store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "backup.db"
    await sqlite_store.articles.add(an_article())
    await sqlite_store.back_up(path, ignored)
    with pytest.raises(StoreError, match="exists already"):
        await sqlite_store.back_up(path, ignored)
    with pytest.raises(StoreError, match="not empty"):
        await sqlite_store.restore(path, ignored)


@pytest.mark.parametrize("where", ["missing", "file"])
async def test_a_backup_that_cannot_be_written_leaves_nothing(
    where: str, sqlite_store: Store, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        await sqlite_store.back_up(tmp_path / where / "backup.db", ignored)
    assert names_in(tmp_path, "backup") == []


@pytest.mark.parametrize("harm", ["missing", "no database", "damaged", "another program's"])
async def test_what_is_no_backup_is_refused(
    harm: str, sqlite_store: Store, tmp_path: Path, sqlite_template: Path
) -> None:
    path = tmp_path / "x.db"
    if harm == "no database":
        path.write_bytes(b"hello" * 1000)
    elif harm == "damaged":
        shutil.copy(sqlite_template, path)
        os.truncate(path, 30_000)
    elif harm == "another program's":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE things (a)")
    with pytest.raises(StoreError, match=r"x\.db"):
        await sqlite_store.restore(path, ignored)
    assert sum((await sqlite_store.row_counts()).values()) == 0


async def test_the_backup_of_an_older_version_is_brought_up_to_date_and_stays_as_it_is(
    sqlite_store: Store, place: Store, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    await sqlite_store.articles.add(an_article())
    await sqlite_store.back_up(path, ignored)
    older = Store.open(f"sqlite:///{path}")
    await older.downgrade("0012")
    await older.close()
    before = path.read_bytes()
    assert newest() > "0012"
    await place.restore(path, ignored)
    assert await place.articles.count() == 1
    assert path.read_bytes() == before


async def test_it_copies_back_from_postgresql_to_sqlite(
    postgresql_url: str, tmp_path: Path
) -> None:
    source = Store.open(postgresql_url)
    await source.articles.add(an_article("Amberline pipeline opens"))
    target = Store.open(f"sqlite:///{tmp_path / 'back.db'}")
    await target.migrate()
    await target.copy_from(postgresql_url, ignored)
    assert len(await target.search.find("pipeline")) == 1
    await target.close()
    await source.close()
