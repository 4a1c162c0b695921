"""backup, restore and prune as an operator types them."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.store import Store
from tests.support.builders import ago, an_article


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> CliRunner:
    """The command line in an empty folder, on a database of its own."""
    folder = tmp_path / "an empty folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in [each for each in os.environ if each.startswith("BRIEFBOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return CliRunner()


async def stock(url: str) -> None:
    store = Store.open(url)
    for number in range(3):
        at = ago(days=400)
        await store.articles.add(an_article(f"Item {number}", fetched_at=at, published_at=at))
    await store.close()


async def test_backup_prune_restore(
    shell: CliRunner, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock(sqlite_url)

    async def typed(*line: str) -> str:
        done = await asyncio.to_thread(shell.invoke, app, list(line))
        assert done.exit_code == 0, done.output
        return done.output

    assert "rows, " in await typed("backup", "kept.db")
    assert "rows, " in await typed("backup")
    assert "rows, " in await typed("backup", str(tmp_path))
    assert "would delete 3 articles" in await typed("prune", "--articles", "90d", "--dry-run")
    assert "deleted 3 articles" in await typed("prune", "--articles", "90d")
    monkeypatch.setenv("BRIEFBOT_KEEP_ARTICLES", "30")
    assert "deleted 0 articles" in await typed("prune")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'restored.db'}")
    assert "3  articles" in await typed("restore", "kept.db", "--dry-run")
    assert "3  articles" in await typed("restore", "kept.db")
    assert "deleted 3 articles" in await typed("prune")


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("prune", 2, "name an age"),
        ("prune --articles 3d", 2, "at least 7 days"),
        ("prune --articles 99999999999999 --dry-run", 2, "at most 99999 days"),
        ("prune --articles soon", 2, "such as 90d"),
        ("restore absent.db", 1, "absent.db"),
        ("backup /proc/nowhere/x.db", 1, "cannot be written"),
    ],
)
def test_what_is_wrong_is_said(shell: CliRunner, line: str, status: int, told: str) -> None:
    done = shell.invoke(app, line.split())
    assert done.exit_code == status
    assert told in done.output.replace("\n", " ")
