"""What a source says of a date: the instant, how exact it is, and what helps to read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.models import DatePrecision


@dataclass(frozen=True, slots=True)
class StatedDate:
    """An instant in UTC; with precision `day` it is midnight of the stated day."""

    at: datetime
    precision: DatePrecision = DatePrecision.TIME


@dataclass(frozen=True, slots=True)
class DateHints:
    """What is known of a source: its `language` ("en-GB") and its numeric `order` ("dmy")."""

    language: str | None = None
    order: str | None = None


NO_HINTS = DateHints()
