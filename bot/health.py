"""The state of every background task of this process: for /readyz, the log and the operators."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.log import get_logger

REPORT_AFTER = 60.0
"""Seconds that a task must fail before the operators are told."""

log = get_logger(__name__)


@dataclass(slots=True)
class _Part:
    """One background task; `due` is the instant by which it must have worked again."""

    error: str | None = None
    failed_at: float = 0.0
    due: float | None = None
    told: bool = False


class Health:
    """Collects what the background tasks say of themselves. Instants are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._parts: dict[str, _Part] = {}
        self._recovered: list[str] = []

    def working(self, name: str, *, within: float | None = None) -> None:
        """Note that a task works; it must say so again `within` seconds, if that is given."""
        part = self._parts.setdefault(name, _Part())
        part.due = None if within is None else self._clock() + within
        if part.error is None:
            return
        seconds = round(self._clock() - part.failed_at)
        log.info("works again", task=name, after_seconds=seconds)
        if part.told:
            self._recovered.append(f"{name} works again after {_lasted(seconds)}")
        part.error, part.told = None, False

    def failed(self, name: str, reason: str) -> None:
        """Note that a task does not work."""
        part = self._parts.setdefault(name, _Part())
        if part.error is None:
            part.failed_at = self._clock()
            log.warning("does not work", task=name, reason=reason)
        part.error, part.due = reason, None

    def remove(self, name: str) -> None:
        """Forget a task that was stopped on purpose."""
        self._parts.pop(name, None)

    def states(self) -> dict[str, bool]:
        """Every task, and whether it works."""
        self._find_stalled()
        return {name: each.error is None for name, each in self._parts.items()}

    def problems(self) -> dict[str, str]:
        """The tasks that do not work, each with the reason."""
        self._find_stalled()
        return {name: each.error for name, each in self._parts.items() if each.error is not None}

    def reports(self) -> list[str]:
        """Lines for the operators: faults that have lasted, and their ends; each line once."""
        lines, self._recovered = self._recovered, []
        for name, reason in self.problems().items():
            part = self._parts[name]
            if not part.told and self._clock() - part.failed_at >= REPORT_AFTER:
                part.told = True
                lines.append(f"{name} does not work: {reason}. The bot retries automatically.")
        return lines

    def _find_stalled(self) -> None:
        now = self._clock()
        for name, part in self._parts.items():
            if part.due is not None and now > part.due:
                self.failed(name, "it has stalled")


def _lasted(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
