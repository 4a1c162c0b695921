"""Where the logs go."""

from __future__ import annotations

import logging
import sys
from functools import cached_property, partial
from typing import Any

from bot.log import before_first_line


def log_to_stderr(level: str) -> None:
    """Write all logs, the libraries' too, to standard error: lines on a terminal, else JSON.

    Of what libraries log only warnings and errors are shown.
    """
    before_first_line(partial(_set_up, level))
    logging.basicConfig(level=logging.WARNING, handlers=[_LibraryLines()], force=True)
    logging.captureWarnings(capture=True)


def _set_up(level: str) -> None:
    import structlog

    structlog.configure(
        processors=[*_shared(), *_rendered()],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _shared() -> list[Any]:
    import structlog

    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _rendered() -> list[Any]:
    import structlog

    if sys.stderr.isatty():
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


class _LibraryLines(logging.StreamHandler[Any]):
    """Gives what libraries log the same form; made when the first of them writes a line."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    def format(self, record: logging.LogRecord) -> str:
        return self._form.format(record)

    @cached_property
    def _form(self) -> logging.Formatter:
        import structlog

        own = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_shared(), structlog.stdlib.add_logger_name],
            processors=[own, *_rendered()],
        )
