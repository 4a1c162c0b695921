"""How fresh the news is, in lines that /brief and /status share."""

from __future__ import annotations

from datetime import datetime

from bot.models import Line
from bot.render.words import counted, listed
from bot.store import SourcesHealth
from handlers.parsing.zones import zone_title
from handlers.replies import code, line
from handlers.times import length, local_time

FAILING_NAMED = 5
"""So many failing sources are named; the rest are a number."""


def newest_line(newest: datetime | None, timezone: str, now: datetime) -> Line:
    """Tell how old the newest stored article is."""
    if newest is None:
        return line(
            "No article is stored yet: whoever runs this bot brings some in with ",
            code("briefbot ingest"),
            ".",
        )
    when = f"{local_time(newest, timezone, now)}, {zone_title(timezone)}"
    return line(f"The newest stored article is {length(now - newest)} old ({when}).")


def sources_lines(health: SourcesHealth) -> tuple[Line, ...]:
    """Tell how many sources are healthy, and name some of those that fail; nothing of none."""
    if not health.total:
        return ()
    said = f"{counted(health.total, 'source')}: {len(health.healthy)} healthy"
    if not health.failing:
        return (line(f"{said}, none failing."),)
    hidden = len(health.failing) - FAILING_NAMED
    named = [*health.failing[:FAILING_NAMED], *([f"{hidden} more"] if hidden > 0 else [])]
    return (line(f"{said}, {len(health.failing)} failing ({listed(named)})."),)
