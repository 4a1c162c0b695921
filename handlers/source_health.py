"""The age of the news and the health of sources, for /brief and /status."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.models import Line
from bot.render.phrases import counted, listed
from bot.store import SourcesHealth
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, line
from handlers.time_format import length, local_time

NAMED = 5
"""Failing or stale sources listed by name; the others are only counted."""


def newest_line(newest: datetime | None, timezone: str, now: datetime) -> Line:
    """Return a line with the age of the newest stored article."""
    if newest is None:
        return line(
            "No article is stored yet. The operator of this bot adds some with ",
            code("briefbot ingest"),
            ".",
        )
    when = f"{local_time(newest, timezone, now)}, {zone_title(timezone)}"
    return line(f"The newest stored article is {length(now - newest)} old ({when}).")


def sources_lines(health: SourcesHealth) -> tuple[Line, ...]:
    """Return the number of healthy sources and the names of some others; empty without sources."""
    if not health.total:
        return ()
    said = [f"{len(health.healthy)} healthy"]
    if health.stale:
        said.append(f"{len(health.stale)} stale ({_named(health.stale)})")
    failing = len(health.failing)
    said.append(f"{failing} failing ({_named(health.failing)})" if failing else "none failing")
    return (line(f"{counted(health.total, 'source')}: {', '.join(said)}."),)


def _named(names: Sequence[str]) -> str:
    hidden = len(names) - NAMED
    return listed([*names[:NAMED], *([f"{hidden} more"] if hidden > 0 else [])])
