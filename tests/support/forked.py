"""Processes forked from one that has imported the bot: they start without the time of imports."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.cli import COMMANDS

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    [
        *(each.target.partition(":")[0] for each in COMMANDS),
        "bot.platforms.slack.adapter",
        "bot.platforms.telegram.adapter",
        "tests.fakes.doomed_sender",
    ]
)


class Forked:
    """A process that runs a function of a module until it ends or is killed."""

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        self._process = SERVER.Process(target=work, args=arguments)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        """The status with which it has ended, that of a signal negative; None while it runs."""
        return self._process.exitcode

    async def wait(self, seconds: float | None = None) -> int | None:
        """Wait until it has ended, or so many seconds; returns its status."""
        await asyncio.to_thread(self._process.join, seconds)
        return self.returncode

    def kill(self) -> None:
        self._process.kill()


def a_bot(folder: Path, environ: Mapping[str, str]) -> Forked:
    """`briefbot run` with only that in its environment; what it prints goes to files there."""
    return Forked(run_command, str(folder), dict(environ), ("run",), str(folder))


def run_command(
    folder: str, environ: dict[str, str], arguments: tuple[str, ...], streams: str
) -> None:
    """In the forked process: stand where a shell would put it, and run the command."""
    for number, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY | os.O_APPEND)):
        opened = os.open(f"{streams}/{number}", flags | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, "rw"[number > 0]) for number in range(3))
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = ["briefbot", *arguments]
    from bot.cli import main

    main()
