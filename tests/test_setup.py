"""`make setup` with a pretended Python: whatever interrupts it, the same command then works."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PYTHON = """#!/bin/sh
[ "$FAKE_BROKEN" != "$0" ] || exit 127
step() { [ "$FAKE_STOP" != "$1" ] || { kill -"$FAKE_SIGNAL" $PPID; sleep 0.1; exit 130; }; }
case "$*" in
  *version_info*) echo "${FAKE_VERSION:-3.12}" ;;
  *ensurepip*) [ -z "$FAKE_NO_VENV" ] ;;
  *pathlib*) step rewrite; exec REAL "$@" ;;
  "-m venv "*) step venv; mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo >"$3/pyvenv.cfg" ;;
  *--require-hashes*) step dependencies; [ -z "$FAKE_PIP" ] || { echo "$FAKE_PIP"; exit 1; } ;;
  *--editable*)
    step briefbot
    printf '#!%s/.venv.new/bin/python\\n' "$PWD" >.venv.new/bin/briefbot
    chmod +x .venv.new/bin/briefbot ;;
esac
"""

COUNTED = """#!/bin/sh
[ "$FAKE_STOP" != "NAME $*" ] || { kill -"$FAKE_SIGNAL" $PPID; sleep 0.1; exit 130; }
exec REAL "$@"
"""

MOMENTS = (
    "venv",
    "dependencies",
    "briefbot",
    "rewrite",
    "mv .venv.new/.stamp .venv.new/.installed",
    "mv .venv .venv.old",
    "mv .venv.new .venv",
    "rm -rf .venv.old",
)


def _heed_ctrl_c() -> None:
    """A shell that starts the tests in the background lets them ignore SIGINT."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True, slots=True)
class Folder:
    """A project folder with nothing but what set-up reads."""

    path: Path
    tools: Path

    def setup(self, **environ: str) -> subprocess.CompletedProcess[str]:
        known = {k: v for k, v in os.environ.items() if not k.startswith("FAKE_")}
        paths = f"{self.tools}:{os.environ['PATH']}"
        return subprocess.run(
            ["sh", ".ci/setup"],
            cwd=self.path,
            env=known | {"PATH": paths, "PYTHON": "python3", "FAKE_SIGNAL": "KILL"} | environ,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
            preexec_fn=_heed_ctrl_c,
        )

    def venvs(self) -> list[str]:
        return sorted(each.name for each in self.path.glob(".venv*"))

    def lock(self, text: str) -> None:
        (self.path / "requirements" / "dev.txt").write_text(text)

    def whole(self) -> bool:
        """Whether there is one environment, whose scripts name its own interpreter."""
        script = self.path / ".venv" / "bin" / "briefbot"
        own = f"#!{self.path}/.venv/bin/python\n"
        return self.venvs() == [".venv"] and script.read_text() == own


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "a folder & more", tmp_path / "tools")
    for each in (made.path / ".ci", made.path / "requirements", made.tools):
        each.mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "setup", made.path / ".ci" / "setup")
    (made.path / "Makefile").touch()
    (made.path / "pyproject.toml").write_text("[project]\nname = 'briefbot'\n[tool.x]\n")
    made.lock("one==1\n")
    texts = {"python3": PYTHON.replace("REAL", sys.executable)}
    for name in ("mv", "rm"):
        real = shutil.which(name)
        assert real
        texts[name] = COUNTED.replace("REAL", real).replace("NAME", name)
    for name, text in texts.items():
        (made.tools / name).write_text(text)
        (made.tools / name).chmod(0o755)
    return made


def test_an_environment_is_made_once(folder: Folder) -> None:
    first, second = folder.setup(), folder.setup()
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Installing" in first.stderr
    assert second.stderr == ""
    assert folder.whole()


@pytest.mark.parametrize("moment", MOMENTS)
def test_after_a_kill_at_any_moment_the_same_command_works(folder: Folder, moment: str) -> None:
    folder.setup()
    folder.lock("one==2\n")
    killed = folder.setup(FAKE_STOP=moment)
    assert killed.returncode == -signal.SIGKILL
    kept = {".venv", ".venv.old", ".venv.new"} & {*folder.venvs()}
    assert any((folder.path / each / ".installed").exists() for each in kept)
    assert folder.setup().returncode == 0
    assert folder.whole()


@pytest.mark.parametrize("moment", ["venv", "dependencies", "briefbot"])
def test_ctrl_c_says_that_the_same_command_starts_again(folder: Folder, moment: str) -> None:
    stopped = folder.setup(FAKE_STOP=moment, FAKE_SIGNAL="INT")
    assert stopped.returncode == 130
    assert stopped.stderr.splitlines()[1:] == [
        "briefbot: set-up was interrupted; the same command starts it again"
    ]
    assert folder.setup().returncode == 0
    assert folder.whole()


def test_a_half_made_environment_without_a_stamp_is_replaced(folder: Folder) -> None:
    (folder.path / ".venv" / "bin").mkdir(parents=True)
    (folder.path / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    assert folder.setup().returncode == 0
    assert folder.whole()


@pytest.mark.parametrize(
    ("change", "environ"),
    [
        ("another Python behind the same name", {"FAKE_VERSION": "3.13"}),
        ("packages of another lock", {}),
        ("a broken interpreter", {}),
        ("a folder that was moved", {}),
        ("a missing command", {}),
    ],
)
def test_an_environment_that_no_longer_fits_is_replaced(
    folder: Folder, change: str, environ: dict[str, str]
) -> None:
    folder.setup()
    if change == "packages of another lock":
        folder.lock("one==2\n")
    elif change == "a broken interpreter":
        (folder.path / ".venv" / "bin" / "python").write_text("#!/nowhere/python\n")
    elif change == "a folder that was moved":
        moved = Folder(folder.path.with_name("moved"), folder.tools)
        folder.path.rename(moved.path)
        folder = moved
    elif change == "a missing command":
        (folder.path / ".venv" / "bin" / "briefbot").unlink()
    done = folder.setup(**environ)
    assert done.returncode == 0
    assert "Installing" in done.stderr
    assert folder.whole()


@pytest.mark.parametrize(
    ("environ", "remedy"),
    [
        ({"FAKE_NO_VENV": "1"}, "sudo apt install python3.12-venv"),
        ({"FAKE_VERSION": "3.9"}, "Python 3.11 or newer is needed, and python3 is Python 3.9"),
        ({"FAKE_VERSION": "2.7"}, "make setup PYTHON=/path/to/python3.12"),
        ({"PYTHON": "/nowhere/python3"}, "/nowhere/python3 does not run"),
        (
            {"FAKE_PIP": "ERROR: HTTPSConnectionPool: Max retries exceeded"},
            "check the network or proxy",
        ),
        ({"FAKE_PIP": "ERROR: [Errno 28] No space left on device"}, "No space left on device"),
    ],
)
def test_what_set_up_cannot_mend_it_says_in_one_line_and_then_works(
    folder: Folder, environ: dict[str, str], remedy: str
) -> None:
    failed = folder.setup(**environ)
    said = [line for line in failed.stderr.splitlines() if not line.startswith("Installing")]
    assert failed.returncode == 1
    assert len(said) == 1
    assert remedy in said[0]
    assert folder.setup().returncode == 0
    assert folder.whole()


def test_the_old_environment_stays_until_the_new_one_is_complete(folder: Folder) -> None:
    folder.setup()
    folder.lock("one==2\n")
    assert folder.setup(FAKE_PIP="ERROR: no such package").returncode == 1
    assert (folder.path / ".venv" / "bin" / "briefbot").exists()
