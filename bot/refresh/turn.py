"""Whose body is being read, and what becomes of a process that takes long with one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.refresh.line import Line


class Turn:
    """The right to have a body read; `aside` is the process that took too long with it."""

    def __init__(self, patience: float, set_aside: Callable[[Line], None]) -> None:
        self.aside: Line | None = None
        self._patience = patience
        self._set_aside = set_aside
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, line: Line) -> None:
        """From now on this process reads the body."""
        self._timer = asyncio.get_running_loop().call_later(self._patience, self._is_late, line)

    def end(self) -> None:
        """The process reads it no more."""
        if self._timer:
            self._timer.cancel()

    def _is_late(self, line: Line) -> None:
        self.aside = line
        self._set_aside(line)
