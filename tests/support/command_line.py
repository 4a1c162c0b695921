"""Runs `briefbot` in processes forked from one that has imported every command."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.forked import SERVER, run_command

TIMEOUT = 240
"""Seconds until a command counts as stuck; generous, as the machine may be busy."""

_KNOWN = ("BRIEFBOT_", "TELEGRAM_", "SLACK_", "OPENAI_", "DATABASE_URL")


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Shell:
    """Runs `briefbot` in a folder of its own, with a database of its own."""

    folder: Path
    environ: dict[str, str] = field(
        default_factory=lambda: {k: v for k, v in os.environ.items() if not k.startswith(_KNOWN)}
    )

    def __post_init__(self) -> None:
        self.environ["XDG_DATA_HOME"] = str(self.folder / "share")
        # a port of its own: another test's bot, or any program, may hold the default one
        self.environ["BRIEFBOT_WEB_PORT"] = "0"

    def __call__(self, *arguments: str, typed: str = "", **environ: str) -> Done:
        """Run a command as a shell would, without the time that its imports take."""
        with TemporaryDirectory() as made:
            streams = Path(made)
            (streams / "0").write_text(typed)
            given = (str(self.folder), self.environ | environ, arguments, made)
            process = SERVER.Process(target=run_command, args=given)
            process.start()
            process.join(TIMEOUT)
            if process.exitcode is None:
                process.kill()
                process.join()
            printed = ((streams / each).read_text() for each in "12")
            return Done(int(process.exitcode or 0), *printed)

    def out(self, *arguments: str, typed: str = "", **environ: str) -> str:
        """Run a command that must succeed; returns what it printed."""
        done = self(*arguments, typed=typed, **environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def alone(self, *arguments: str, typed: str = "", **environ: str) -> Done:
        """Run a command in a new interpreter, as a user starts it."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environ | environ,
            timeout=TIMEOUT,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)
