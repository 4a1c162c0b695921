"""A database that is gone, locked or full for a while."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

SIDE_FILES = ("", "-wal", "-shm")
TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: disk is full' USING ERRCODE = '53100'; END $$
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@asynccontextmanager
async def gone(url: str) -> AsyncIterator[None]:
    """No database: a SQLite file lies elsewhere, PostgreSQL ends and refuses all connections."""
    with _moved(_file(url)) if _is_sqlite(url) else _closed(url):
        yield


@asynccontextmanager
async def full_disk(url: str) -> AsyncIterator[None]:
    """Every table refuses new and changed rows, as where the disk is full."""
    with _full_sqlite(_file(url)) if _is_sqlite(url) else _full_postgresql(url):
        yield


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@contextmanager
def _moved(path: Path) -> Iterator[None]:
    aside = path.with_name("aside")
    names = [path.name + end for end in SIDE_FILES]
    aside.mkdir()
    try:
        for name in names:
            if path.with_name(name).exists():
                path.with_name(name).rename(aside / name)
        yield
    finally:
        for name in names:
            path.with_name(name).unlink(missing_ok=True)
            if (aside / name).exists():
                (aside / name).rename(path.with_name(name))
        aside.rmdir()


@contextmanager
def _closed(url: str) -> Iterator[None]:
    server, _, name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        database = sql.Identifier(name)
        connection.execute(allow.format(database, sql.SQL("false")))
        try:
            connection.execute(TERMINATE, [name])
            yield
        finally:
            connection.execute(allow.format(database, sql.SQL("true")))


@contextmanager
def _full_sqlite(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        tables = [
            name
            for name, made in found
            if not (made.startswith("CREATE VIRTUAL") or name.startswith("sqlite_"))
        ]
        names = []
        try:
            for table in tables:
                for event in ("INSERT", "UPDATE"):
                    names.append(f"full_{event}_{table}")
                    connection.execute(
                        f"CREATE TRIGGER {names[-1]} BEFORE {event} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                    )
            yield
        finally:
            for name in names:
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def _full_postgresql(url: str) -> Iterator[None]:
    with psycopg.connect(url, autocommit=True) as connection:
        tables = [sql.Identifier(name) for (name,) in connection.execute(TABLES).fetchall()]
        try:
            connection.execute(NO_ROOM)
            made = "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {} EXECUTE FUNCTION no_room()"
            for table in tables:
                connection.execute(sql.SQL(made).format(table))
            yield
        finally:
            connection.execute("DROP FUNCTION IF EXISTS no_room CASCADE")
