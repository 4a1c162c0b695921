"""One bot for each SQLite file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.process_lock import holder, only_process


def test_a_second_process_is_told_which_one_runs(tmp_path: Path) -> None:
    file = tmp_path / "briefbot.db"
    assert holder(file) is None
    with only_process(file):
        pid = holder(file)
        with pytest.raises(StoreError, match=f"process {pid}"), only_process(file):
            pass
    assert holder(file) is None
    with only_process(file):
        assert holder(file) == pid


def test_a_server_may_serve_many() -> None:
    with only_process(None), only_process(None):
        assert holder(Path("/nowhere/briefbot.db")) is None
