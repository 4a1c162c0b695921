"""The wheel alone, in an empty folder whose name has a space: from nothing to a first briefing."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.paths import ROOT

STORY = """Marenda opens the Amberline gas pipeline

{today}

Marenda opened the 640-kilometre Amberline gas pipeline on Sunday, the energy ministry said.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel installs; its dependencies come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(folder / "site")
    return folder / "site"


def test_from_an_empty_folder_to_a_first_briefing(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "an empty folder"
    place.mkdir()
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(site),
        "BRIEFBOT_LOG_LEVEL": "ERROR",
    }

    def briefbot(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "bot", *arguments],
            cwd=place,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = "import bot, config, handlers, summarizer; print(bot.__file__)"
    done = subprocess.run(
        [sys.executable, "-P", "-c", where], cwd=place, env=environ, capture_output=True, check=True
    )
    assert str(site) in done.stdout.decode()
    assert "wrote .env" in briefbot("init", "--yes")
    assert "socket_mode_enabled" in briefbot("slack", "manifest")
    assert " 0 refused" in briefbot("sources", "import", "--starter")
    (place / "story.txt").write_text(STORY.format(today=datetime.now(UTC).date()))
    assert "1 new" in briefbot("ingest", "story.txt")
    assert "Amberline" in briefbot("brief", "energy", "--since", "48h")
    assert (place / "data" / "briefbot.db").exists()
    assert not (tmp_path / ".local").exists()
