"""The loggers of all modules; structlog is imported when the first line is written.

Most commands write no line, and structlog with rich costs them a twentieth of their time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_set_up: list[Callable[[], None]] = []


def before_first_line(set_up: Callable[[], None] | None) -> None:
    """Call `set_up` once, before the next line is written; None cancels an earlier one."""
    _set_up[:] = [set_up] if set_up else []


def get_logger(name: str) -> Logger:
    """The logger of a module."""
    return Logger(name)


class Logger:
    """Writes lines: an event in a few words, and what belongs to it as `name=value`."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def debug(self, event: str, **values: Any) -> None:
        self._write("debug", event, values)

    def info(self, event: str, **values: Any) -> None:
        self._write("info", event, values)

    def warning(self, event: str, **values: Any) -> None:
        self._write("warning", event, values)

    def error(self, event: str, **values: Any) -> None:
        self._write("error", event, values)

    def exception(self, event: str, **values: Any) -> None:
        """Write an error with the traceback of the exception that is being handled."""
        self._write("exception", event, values)

    def _write(self, method: str, event: str, values: dict[str, Any]) -> None:
        import structlog

        while _set_up:
            _set_up.pop()()
        getattr(structlog.get_logger(self._name), method)(event, **values)
