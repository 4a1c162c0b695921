"""The age of the news and the health of sources, for /brief and /status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.languages import listed, number, tr
from bot.models import Line, Source, Standing
from bot.render.phrases import and_more, counted
from bot.sources.http.addresses import OWN_NETWORKS
from handlers.parsing.zones import zone_title
from handlers.reply_lines import code, line, sentence
from handlers.time_format import length, local_time

NAMED = 5
"""Sources that need attention listed by name; the others are only counted."""

ORDER = (
    Standing.GIVEN_UP,
    Standing.FAILING,
    Standing.STALE,
    Standing.ENDED,
    Standing.NEW,
    Standing.HEALTHY,
)
"""Display order: sources that need attention first."""

TROUBLED = frozenset(ORDER[:3])


def newest_line(newest: datetime | None, timezone: str, now: datetime) -> Line:
    """Return a line with the age of the newest stored article."""
    if newest is None:
        return sentence(
            "No article is stored yet. The operator of this bot adds some with {command}.",
            command=code("briefbot ingest"),
        )
    when = f"{local_time(newest, timezone, now)}, {zone_title(timezone)}"
    return line(
        tr("The newest stored article is {age} old ({when}).", age=length(now - newest), when=when)
    )


def summary(sources: Sequence[Source], now: datetime) -> str:
    """Count the sources by health: "50 sources: 2 failing and 48 healthy"."""
    counts = Counter(each.state.standing(now) for each in sources)
    named = [f"{number(counts[how])} {tr(how.value)}" for how in ORDER if counts[how]]
    return f"{counted(len(sources), 'source')}: {listed(named)}"


def sources_lines(sources: Sequence[Source], now: datetime) -> tuple[Line, ...]:
    """Return the sources counted by health and some that need attention; empty without sources."""
    if not sources:
        return ()
    troubled = [each.name for each in sources if each.state.standing(now) in TROUBLED]
    named = f" ({_named(troubled)})" if troubled else ""
    return (line(f"{summary(sources, now)}{named}."),)


def with_remedy(reason: str) -> str:
    """The reason of a failure, with the setting that allows one's own network."""
    if not any(f" is {kind}" in reason for kind in OWN_NETWORKS):
        return reason
    return tr(
        "{reason}; if it is your own, name its network in BRIEFBOT_ALLOWED_NETWORKS", reason=reason
    )


def _named(names: Sequence[str]) -> str:
    hidden = len(names) - NAMED
    return listed([*names[:NAMED], *([and_more(hidden)] if hidden > 0 else [])])
