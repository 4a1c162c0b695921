"""One bot for each SQLite file: a lock that ends with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import StoreError
from config.private_files import FILE_MODE

ENDING = ".lock"

try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]


@contextmanager
def only_process(database: Path | None) -> Iterator[None]:
    """Hold the lock of a SQLite file inside the block; None is a server, which many may use.

    Raises StoreError if another process holds it.
    """
    if database is None or fcntl is None:
        yield
        return
    handle = os.open(_path(database), os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(
                f"Another briefbot (process {_read(handle) or 'unknown'}) runs on {database}: stop "
                "it, or use PostgreSQL for several processes"
            ) from None
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def holder(database: Path) -> int | None:
    """The id of the process that holds the lock of a SQLite file; None if none does."""
    if fcntl is None:
        return None
    with suppress(OSError):
        handle = os.open(_path(database), os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _read(handle) or 0
        finally:
            os.close(handle)
    return None


def _path(database: Path) -> Path:
    return database.with_name(database.name + ENDING)


def _read(handle: int) -> int:
    text = os.pread(handle, 20, 0).decode(errors="replace").strip()
    return int(text) if text.isdigit() else 0
