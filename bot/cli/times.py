"""Times on the command line: `24h`, `7d`, a date, an instant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.models import Window

Until = Annotated[str | None, typer.Option(help="like --since; a date includes the whole day")]

YEARS = range(1900, 3000)
"""The years that a time may have."""

_DIGITS = 5
"""Most digits of a number of hours or days."""


def instant(given: str, *, zone: str, at: datetime, end_of_day: bool = False) -> datetime:
    """Read `24h`, `7d`, `2026-11-01` or `2026-11-01T08:00` as an aware UTC instant.

    A bare date is the start of that day in `zone`, or its end with `end_of_day`. Raises
    BadParameter for any other text and for a year outside YEARS.
    """
    if ago := re.fullmatch(r"(\d+)\s*([hd])", given.strip().lower()):
        if len(ago[1]) > _DIGITS:
            raise typer.BadParameter(
                f"{given!r} is too long: write at most {'9' * _DIGITS}{ago[2]}"
            )
        hours = int(ago[1]) * (24 if ago[2] == "d" else 1)
        return at - timedelta(hours=hours)
    try:
        read = datetime.fromisoformat(given.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{given!r} is not a time: write 24h, 7d, 2026-11-01 or 2026-11-01T08:00"
        ) from None
    if read.year not in YEARS:
        raise typer.BadParameter(f"{given!r} is out of range: write a year from 1900 to 2999")
    local = read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))
    if end_of_day and re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", given.strip()):
        local = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return local.astimezone(UTC)


def window(since: str, until: str | None, zone: str) -> Window:
    """Read `--since` and `--until`; raises BadParameter if the first is not the earlier one."""
    at = datetime.now(UTC)
    first = instant(since, zone=zone, at=at)
    last = instant(until, zone=zone, at=at, end_of_day=True) if until else at
    if first >= last:
        raise typer.BadParameter(f"--since {since} is not before --until {until or 'now'}")
    return Window(first, last)
