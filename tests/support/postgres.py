"""A real PostgreSQL server for the tests: temporary and on loopback.

pytest-postgresql cannot do this when the tests run as root, because PostgreSQL refuses root and
the plugin has no way to start it as another user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

START_SECONDS = 30

QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}
"""Settings for speed: no data has to survive a crash."""

END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

LAYOUT = """
SELECT relname::text AS name, relkind::text AS kind, attname::text AS part FROM pg_class
LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT proname, 'function', '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT tgname, 'trigger', '' FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT conname, 'constraint', '' FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
ORDER BY name, kind, part
"""
"""Every table, index and sequence with its columns, every function, trigger and constraint."""

REVISION = "SELECT version_num FROM alembic_version"

_TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'alembic_version'
AND relnamespace = 'public'::regnamespace
"""
TABLES = f"{_TABLES} AND pg_relation_size(oid) > 0"
GROWN = f"{_TABLES} AND pg_relation_size(oid) > 65536"
"""Tables for which TRUNCATE is cheaper than deleted rows."""

RESTART = """
SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
"""


class PostgresMissing(Exception):
    """PostgreSQL cannot be started; the text says why."""


class PostgresServer:
    """A running server that creates databases."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._made = 0
        self._layouts: dict[tuple[str, str], list[Any]] = {}

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/{database}"

    def create(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def empty(self, database: str, template: str) -> bool:
        """Delete all rows, reset sequences; false if the tables differ from the template's."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(END_OTHERS)
            if connection.execute(LAYOUT).fetchall() != self._layout(template, LAYOUT):
                return False
            if connection.execute(REVISION).fetchall() != self._layout(template, REVISION):
                return False
            connection.execute("SET session_replication_role = replica")
            for (table,) in connection.execute(TABLES).fetchall():
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for (table,) in connection.execute(GROWN).fetchall():
                connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
            connection.execute(RESTART)
        return True

    def _layout(self, template: str, query: LiteralString) -> list[Any]:
        if (template, query) not in self._layouts:
            with psycopg.connect(self.url(template)) as connection:
                self._layouts[template, query] = connection.execute(query).fetchall()
        return self._layouts[template, query]

    def drop(self, database: str) -> None:
        self._run("DROP DATABASE {} WITH (FORCE)", database)

    def answers(self) -> bool:
        try:
            self._run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A server that runs during the block; raises PostgresMissing if it cannot be started."""
    programs = _programs()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="briefbot-postgres-"))
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        _initialise(programs, folder, owner)
        with _process(programs, folder, owner) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder that holds initdb and postgres."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if not folders:
        raise PostgresMissing("PostgreSQL is not installed: no initdb on PATH or in /usr/lib")
    return folders[-1].parent


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as its own user."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise PostgresMissing(
            "root cannot run PostgreSQL, and there is no user postgres"
        ) from error
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _initialise(programs: Path, folder: Path, owner: dict[str, Any]) -> None:
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(
        [programs / "initdb", "--pgdata", folder / "data", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **owner,
    )
    if made.returncode != 0:
        raise PostgresMissing(f"initdb failed: {made.stderr.strip()}")


@contextmanager
def _process(programs: Path, folder: Path, owner: dict[str, Any]) -> Iterator[PostgresServer]:
    port = _free_port()
    settings = QUICK | {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder)}
    options = [f"--{name}={value}" for name, value in settings.items()]
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-p", str(port), *options],
            cwd=folder,
            stdout=output,
            stderr=output,
            **owner,
        )
    try:
        server = PostgresServer(port)
        _wait(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=START_SECONDS)


def _wait(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise PostgresMissing(f"postgres did not start: {log.read_text().strip()}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
