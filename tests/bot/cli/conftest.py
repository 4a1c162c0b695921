"""A folder with a migrated database, because migrating takes a second of each command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import Shell


@pytest.fixture
def briefbot(tmp_path: Path, sqlite_template: Path) -> Shell:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    shutil.copy(sqlite_template, data / "briefbot.db")
    (data / "briefbot.db").chmod(0o600)
    return Shell(tmp_path)
