"""The date of an item that states several: the first that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.models import DatePrecision
from bot.sources.dates.parser import read_date
from bot.sources.dates.stated import NO_HINTS, DateHints, StatedDate

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that was read, or the first one as written that could not be read."""

    stated: StatedDate | None = None
    unread: str | None = None

    @property
    def at(self) -> datetime | None:
        return self.stated.at if self.stated else None

    @property
    def fields(self) -> dict[str, Any]:
        """The date as fields of a ParsedArticle."""
        return {
            "published_at": self.at,
            "date_precision": self.stated.precision if self.stated else DatePrecision.TIME,
            "date_stated": self.unread,
        }


def first_date(
    texts: Iterable[str | None], now: datetime, hints: DateHints = NO_HINTS
) -> FoundDate:
    """The first readable date; one with a time replaces a mere day that it falls on."""
    found: StatedDate | None = None
    unread: str | None = None
    for text in texts:
        if not text or not text.strip():
            continue
        stated = read_date(text, now, hints)
        if stated is None:
            unread = unread or _shown(text)
        elif stated.precision is not DatePrecision.DAY:
            near = found is None or abs(stated.at - found.at) < timedelta(hours=36)
            return FoundDate(stated if near else found)
        else:
            found = found or stated
    return FoundDate(found, None if found else unread)


def _shown(text: str) -> str:
    """An unread date as written, in valid Unicode."""
    return " ".join(text.split())[:_LONGEST_SHOWN].encode("utf-8", "replace").decode()
