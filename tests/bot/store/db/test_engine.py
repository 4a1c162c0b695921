"""The database is found by its address, and what is wrong with it is told without its secrets."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text

from bot.errors import StoreError
from bot.store import Store
from bot.store.db.engine import Database, normalised
from tests.support.builders import an_article

SECRET = "s3cr3t"

DRIVERS = {
    "postgresql://u:p@h/d": "postgresql+psycopg://u:p@h/d",
    "postgres://u:p@h:5433/d?sslmode=require": "postgresql+psycopg://u:p@h:5433/d?sslmode=require",
    "postgresql+asyncpg://h/d": "postgresql+psycopg://h/d",
    "sqlite:///data/briefbot.db": "sqlite+aiosqlite:///data/briefbot.db",
    "sqlite+aiosqlite:////var/b.db": "sqlite+aiosqlite:////var/b.db",
    "sqlite://": "sqlite+aiosqlite://",
}


@pytest.mark.parametrize(("given", "used"), DRIVERS.items())
def test_it_uses_its_own_drivers(given: str, used: str) -> None:
    assert normalised(given).render_as_string(hide_password=False) == used


UNREADABLE = [
    f"postgresql://user:{SECRET}@host:port/d",
    f"postgresql://user:{SECRET}/with@slash:99x/d",
    f"mysql://user:{SECRET}@host/d",
    f"nonsense {SECRET}",
    "",
]


@pytest.mark.parametrize("url", UNREADABLE)
def test_fault_47_an_address_that_cannot_be_read_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL") as refused:
        Store.open(url)

    assert SECRET not in str(refused.value)


async def test_fault_47_an_unreachable_server_is_named_without_its_password() -> None:
    store = Store.open(f"postgresql://user:{SECRET}@127.0.0.1:1/news")

    with pytest.raises(
        StoreError, match=r"news at 127.0.0.1:1.*check that the server runs"
    ) as told:
        await store.check()
    with pytest.raises(StoreError, match="check that the server runs"):
        await store.migrate()

    assert SECRET not in str(told.value)
    assert SECRET not in str(told.value.__cause__)


async def test_a_missing_database_is_named(postgresql_url: str) -> None:
    store = Store.open(postgresql_url.rpartition("/")[0] + "/nowhere")

    with pytest.raises(StoreError, match='"nowhere" does not exist'):
        await store.check()


async def test_it_goes_on_after_the_server_dropped_its_connections(postgresql_url: str) -> None:
    store = Store.open(postgresql_url)
    await store.articles.add(an_article())
    with psycopg.connect(postgresql_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    assert await store.articles.count() == 1
    await store.close()


async def test_it_makes_the_folder_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "briefbot.db"
    store = Store.open(f"sqlite:///{path}")

    await store.migrate()
    await store.close()

    assert path.exists()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    store = Store.open(f"sqlite:///{tmp_path}/file/briefbot.db")

    with pytest.raises(StoreError, match=r"file for the database cannot be created .*DATABASE_URL"):
        await store.migrate()
    with pytest.raises(StoreError, match="check that its folder exists"):
        await store.check()


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}")

    with pytest.raises(StoreError, match="unable to open"):
        await store.migrate()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, not a database" * 100)
    store = Store.open(f"sqlite:///{path}")

    with pytest.raises(StoreError, match="not a SQLite file"):
        await store.check()
    await store.close()


async def test_fault_13_a_full_disk_is_told_and_nothing_is_half_written(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as other:
        [pages] = other.execute("PRAGMA page_count").fetchone()

    def shrink_disk(connection: Any, _record: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count = {pages + 2}")

    event.listen(store._database.engine.sync_engine, "connect", shrink_disk)

    with pytest.raises(StoreError, match="free some disk space"):
        await store.articles.add(an_article(text="long " * 20_000))

    assert await store.articles.count() == 0
    assert await store.search.find("long") == []
    await store.close()


async def test_fault_13_a_busy_database_is_told(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.db.engine.BUSY_SECONDS", 0)
    store = Store.open(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="another process uses it"):
            await store.articles.add(an_article())

        other.execute("ROLLBACK")
    assert await store.articles.count() == 0
    await store.close()


async def test_sqlite_is_set_up_for_many_readers_and_strict_keys(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    async with database.reading() as connection:
        asked = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    await database.close()

    assert asked == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15_000,
        "synchronous": 2,
    }


async def test_it_works_in_memory() -> None:
    store = Store.open("sqlite://")
    await store.migrate()

    await asyncio.gather(*(store.articles.add(an_article(f"Title {n}")) for n in range(9)))

    assert await store.articles.count() == 9
    await store.close()


async def test_a_cancelled_write_leaves_nothing_and_blocks_nobody(store: Store) -> None:
    for steps in range(1, 40, 3):
        writing = asyncio.create_task(store.articles.add(an_article("Cancelled", str(steps))))
        for _ in range(steps):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

    await store.articles.add(an_article("After"))

    assert len(await store.search.find("after")) == 1


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///data/x.db", "data/x.db"),
        ("sqlite:///{folder}/x.db", "x.db"),
        ("sqlite:////{folder}/x.db", "x.db"),
        ("sqlite:///{folder}//x.db", "x.db"),
        ("sqlite:///{folder}/a b%25#.db", "a b%#.db"),
        ("sqlite:///{folder}/x.db?mode=rw", "x.db"),
        ("sqlite:///{folder}/x.db?mode=rwc", "x.db"),
        ("sqlite:///{folder}/x.db?cache=private&timeout=3", "x.db"),
    ],
)
async def test_a_file_opens_however_its_address_is_written(
    address: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.open(address.format(folder=tmp_path))
    await store.migrate()
    await store.check()
    await store.articles.add(an_article())
    await store.close()
    assert (tmp_path / name).stat().st_size > 0


async def test_the_mode_of_the_address_is_kept(sqlite_url: str) -> None:
    store = Store.open(f"{sqlite_url}?mode=ro")
    assert await store.digests.history() == []
    with pytest.raises(StoreError, match="readonly database"):
        await store.articles.add(an_article())
    await store.close()


async def test_a_file_that_is_away_for_a_while_is_used_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Every call says what to do, nothing is written elsewhere, and no restart is needed."""
    store = Store.open(sqlite_url)
    database = store._database
    await store.digests.history()
    path = tmp_path / "briefbot.db"
    path.rename(tmp_path / "aside.db")
    told = f"The database file {path} is gone: put it back, and the bot goes on"
    async with database.reading():  # holds the connection that is open already
        for call in (store.digests.history(), store.check(), store.articles.add(an_article())):
            with pytest.raises(StoreError) as refused:
                await call
            assert str(refused.value) == told
    assert not path.exists()
    (tmp_path / "aside.db").rename(path)
    async with database.reading():
        await store.check()
        await store.articles.add(an_article())
    await store.close()


async def test_a_file_that_was_replaced_is_neither_read_nor_written(
    sqlite_url: str, tmp_path: Path
) -> None:
    store = Store.open(sqlite_url)
    await store.articles.add(an_article())
    path, aside = tmp_path / "briefbot.db", tmp_path / "aside.db"
    path.rename(aside)
    shutil.copy(aside, path)
    for call in (store.articles.count(), store.check(), store.articles.add(an_article("Two"))):
        with pytest.raises(StoreError, match=r"was replaced.*put the old one back, or restart"):
            await call
    aside.rename(path)
    await store.articles.add(an_article("Two", "https://news.example/two"))
    assert await store.articles.count() == 2
    await store.close()

    path.rename(aside)
    shutil.copy(aside, path)
    restarted = Store.open(sqlite_url)
    assert await restarted.articles.count() == 2
    await restarted.close()
