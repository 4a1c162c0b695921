"""Databases for the tests: each test gets its own, on both engines."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import shutil
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.store import Store
from bot.store.db.engine import Database
from bot.store.db.migrate_process import migrate
from tests.support.postgres import PostgresMissing, PostgresServer, running_server

ENGINES = ("sqlite", "postgresql")

NOTHING_SKIPS = os.environ.get("TEST_NOTHING_SKIPS") == "1"
"""Whether a part that is missing fails the tests instead of skipping them."""

# How long an example takes tells of the machine.
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
if NOTHING_SKIPS:  # a check of what was submitted says the same each time
    STEADY = settings(STEADY, derandomize=True, database=None)
settings.register_profile("steady", STEADY)
settings.load_profile("steady")

# Else each process compiles every test, and what it starts the bot, again in each run.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# As the bot itself logs them: a traceback with the value of every variable takes seconds.
PLAIN = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[*structlog.get_config()["processors"][:-1], PLAIN])

STUCK_SECONDS = 600
"""After this time a test with its fixtures counts as stuck, on the slowest machine too."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` means: two more than cores, for many tests wait for servers."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """End the process of a stuck test; the other processes take over its other tests.

    `faulthandler_timeout` would not do: pytest stops its clock when a test fails, and a failed
    test is what leaves a thread behind that the end of the event loop waits for.
    """
    timer = Timer(STUCK_SECONDS, _end_stuck_process)
    timer.daemon = True
    timer.start()
    try:
        return (yield)
    finally:
        timer.cancel()


def _end_stuck_process() -> None:
    faulthandler.dump_traceback(file=2)
    os._exit(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test process."""
    try:
        with running_server() as server:
            yield server
    except PostgresMissing as missing:
        if NOTHING_SKIPS:
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a migrated database, to be copied."""
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "briefbot.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite database, for tests that need no second engine."""
    path = tmp_path / "briefbot.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def emptied_databases() -> list[str]:
    """PostgreSQL databases that tests have used and that are empty again: faster than new ones."""
    return []


@pytest.fixture
def postgresql_url(
    postgres: PostgresServer, postgres_template: str, emptied_databases: list[str]
) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    fresh = not emptied_databases
    name = postgres.create(postgres_template) if fresh else emptied_databases.pop()
    yield postgres.url(name)
    if postgres.empty(name, postgres_template):
        emptied_databases.append(name)
    else:
        postgres.drop(name)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database, on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An empty store, on each engine."""
    opened = Store.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_store(sqlite_url: str) -> AsyncIterator[Store]:
    """An empty store on SQLite alone, for tests of what lies above the store."""
    opened = Store.open(sqlite_url)
    yield opened
    await opened.close()


def _migrate(url: str) -> None:
    """In a thread of its own: the tests' event loop stays as it is. No process has to start."""

    async def migrated() -> None:
        made = Database(url)
        await migrate(made)
        await made.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, migrated()).result()
