"""The list of commands is shown without importing the commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.cli.lazy_commands import Entry, _excluded_last

HEAVY = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "feedparser",
    "httpx",
    "jinja2",
    "lxml",
    "numpy",
    "openai",
    "py3langid",
    "rapidfuzz",
    "sentencex",
    "slack_sdk",
    "sqlalchemy",
    "structlog",
    "telegram",
    "trafilatura",
)
"""Libraries of which the smallest takes 20 ms of processor time to import."""

PROBE = """
import sys
from bot.__main__ import main
sys.argv = ["briefbot", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize("option", ["--help", "--version", "no-such-command"])
def test_help_and_version_import_no_heavy_library_and_no_command(option: str) -> None:
    command = [sys.executable, "-c", PROBE, option]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = set(done.stderr.splitlines())
    assert "bot.cli" in imported
    assert not imported & set(HEAVY)
    assert not {each.target.partition(":")[0] for each in COMMANDS} & imported
    parts = ("summarizer", "handlers", "bot.store", "config.settings")
    assert not any(name.startswith(parts) for name in imported)


def test_a_briefing_imports_no_library_that_it_does_not_need(
    tmp_path: Path, sqlite_template: Path
) -> None:
    database = shutil.copy(sqlite_template, tmp_path / "briefbot.db")
    command = [sys.executable, "-c", PROBE, "brief"]
    environ = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=environ, cwd=tmp_path
    )
    imported = set(done.stderr.splitlines())
    assert "summarizer.extractive.engine" in imported
    needed = {"aiosqlite", "numpy", "rapidfuzz", "sentencex", "sqlalchemy"}
    seldom = {
        *("rich", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm"),
        *("bot.render.slack.messages", "bot.store.delivery", "bot.models.watches"),
    }
    assert not imported & ({*HEAVY, *seldom} - needed)


def test_garbage_is_collected_again_once_a_command_is_imported() -> None:
    script = "import gc; " + PROBE + "print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    command = [sys.executable, "-c", script, "topics", "list"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True True"


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_list_says_of_a_command_what_its_own_help_says(entry: Entry) -> None:
    command = entry.load()
    assert command.name == entry.name
    assert (command.help or "").splitlines()[0] == entry.summary


def test_the_version_is_that_of_the_package() -> None:
    command = [sys.executable, "-m", "bot", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("briefbot ")
    assert done.stdout.split()[1][0].isdigit()


def test_a_misspelt_command_gets_a_suggestion() -> None:
    command = [sys.executable, "-m", "bot", "docter"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "'doctor'" in done.stderr


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["-oil", "gas"], ["gas", "--", "-oil"]),
        (["gas", "--limit", "3", "-hungary"], ["gas", "--limit", "3", "--", "-hungary"]),
        (["gas", "--json", "-h"], ["gas", "--json", "-h"]),
        (["gas", "--", "-oil"], ["gas", "--", "-oil"]),
        (["gas", "--limit", "-5"], ["gas", "--limit", "-5"]),
    ],
)
def test_words_to_exclude_are_no_options(given: list[str], read: list[str]) -> None:
    assert _excluded_last(given) == read
