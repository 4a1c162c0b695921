"""What tests of the command line share."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.log import before_first_line
from tests.support.command_line import Shell


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Put back where logs go: a command run within this process sends them to its own streams.

    Those are closed when it ends, and the next test that logs would fail.
    """
    root, ours = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()  # a command closes those that it finds
    yield
    before_first_line(None)
    structlog.configure(**ours)
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def briefbot(tmp_path: Path, sqlite_template: Path) -> Shell:
    """A shell in a folder with a migrated database, as migrating takes a second of each command."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copy(sqlite_template, data / "briefbot.db")
    (data / "briefbot.db").chmod(0o600)
    return Shell(tmp_path)
