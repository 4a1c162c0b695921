"""The day of an article, as the reader of a page counts days."""

from __future__ import annotations

from datetime import UTC, date
from zoneinfo import ZoneInfo

from bot.models import DatePrecision
from bot.store import TextPiece


def day_of(piece: TextPiece, zone: str) -> date:
    """The day in a zone, or as stated where no time is."""
    if piece.precision is not DatePrecision.TIME:
        return piece.published_at.astimezone(UTC).date()
    return piece.published_at.astimezone(ZoneInfo(zone)).date()


def days_of(piece: TextPiece, zone: str) -> tuple[date, ...]:
    """The days that it may have been where it was written: that in the zone, and that in UTC."""
    in_utc = piece.published_at.astimezone(UTC).date()
    return (*dict.fromkeys([day_of(piece, zone), in_utc]),)
