"""Database errors as texts that name the remedy and contain no secret."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StoreError

REMEDIES = (
    ("unable to open", "check that its folder exists and can be written by the bot"),
    ("readonly database", "allow the bot to write the file and its folder"),
    ("not a database", "it is not a SQLite file: name another one in DATABASE_URL"),
    ("malformed", "it is damaged: restore it from a backup"),
    ("disk is full", "free some disk space"),
    ("disk i/o", "check the disk"),
    ("locked", "another process uses it: stop that process, or try again"),
    ("no such table", "its tables are missing: run `briefbot run` once"),
    ('relation "', "its tables are missing: run `briefbot run` once"),
    ("does not exist", "create what is missing, or correct DATABASE_URL"),
    ("password authentication", "correct the user or the password in DATABASE_URL"),
    ("permission denied", "grant this right to the database user"),
    ("connect", "check that the server runs and that DATABASE_URL names it"),
)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Raise the driver's errors as StoreError."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreError(f"{place(url)} is too busy: every connection is in use") from error
    except (SQLAlchemyError, sqlite3.Error, OSError, OverflowError) as error:
        raise StoreError(told(error, url)) from error


def told(error: Exception, url: URL) -> str:
    """One line for a person: the place, the reason and the remedy."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    reason = _without_secret(str(cause), url).strip().split("\n")[0] or type(cause).__name__
    remedy = next((text for sign, text in REMEDIES if sign in reason.lower()), None)
    return f"{place(url)}: {reason}" + (f" – {remedy}" if remedy else "")


def place(url: URL) -> str:
    """The name or path of the database, without user and password."""
    if url.get_backend_name() == "sqlite":
        return f"The database {url.database or 'in memory'}"
    port = f":{url.port}" if url.port else ""
    return f"The database {url.database or ''} at {url.host or 'the local server'}{port}"


def _without_secret(text: str, url: URL) -> str:
    return text.replace(str(url.password), "***") if url.password else text
