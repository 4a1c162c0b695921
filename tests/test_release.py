"""`.ci/release` builds from a tag, and only where tag, version and changelog agree."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PYTHON = """#!/bin/sh
case "$*" in
  *hatchling*) mkdir -p dist && echo wheel >dist/briefbot.whl ;;
  *sbom*) echo '{}' ;;
esac
"""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with one commit, a version and a changelog."""

    path: Path

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
        subprocess.run(["git", *who, *arguments], cwd=self.path, check=True, capture_output=True)

    def release(self) -> subprocess.CompletedProcess[str]:
        command = ["sh", ".ci/release"]
        return subprocess.run(command, cwd=self.path, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Version 1.2.0, committed and tagged."""
    found = Repository(tmp_path)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "release", tmp_path / ".ci" / "release")
    (tmp_path / ".gitignore").write_text(".venv\ndist\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0 (2026-11-29)\n\n- New.\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    found.git("init", "-q")
    found.git("add", "-A")
    found.git("commit", "-qm", "one")
    found.git("tag", "v1.2.0")
    return found


def test_a_tagged_version_is_built_with_its_parts_sums_and_changes(repository: Repository) -> None:
    done = repository.release()
    assert (done.returncode, done.stderr) == (0, "")
    dist = repository.path / "dist"
    assert {each.name for each in dist.iterdir()} == {
        "briefbot.whl",
        "briefbot-1.2.0.sbom.json",
        "SHA256SUMS",
        "CHANGES.md",
    }
    assert "briefbot.whl" in (dist / "SHA256SUMS").read_text()
    assert (dist / "CHANGES.md").read_text().strip() == "- New."


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pyproject.toml", 'version = "1.2.1"\n', "not the version in pyproject.toml"),
        ("CHANGELOG.md", "## Unreleased\n", 'no heading "## 1.2.0"'),
    ],
)
def test_what_does_not_agree_is_refused(
    repository: Repository, name: str, text: str, told: str
) -> None:
    (repository.path / name).write_text(text)
    assert "not committed" in repository.release().stderr
    repository.git("commit", "-qam", "two")
    assert "no tag" in repository.release().stderr
    repository.git("tag", "-f", "v1.2.0")
    done = repository.release()
    assert done.returncode == 1
    assert told in done.stderr
    assert not (repository.path / "dist").exists()
