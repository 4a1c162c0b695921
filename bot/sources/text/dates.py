"""The instants that articles state, in the spellings that are met."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No article that matters here is older; clocks that were never set say 1970."""

_LONGEST = 64
_ZONE_NAMES = re.compile(r"(?<!\s)\s*+\b(?:UTC|GMT|Z)$", re.IGNORECASE)
_LATEST_SKEW = timedelta(days=1)
_RFC_822 = re.compile(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d\d(?::\d\d)? \S+$")
_WRITTEN = tuple(
    f"{day}{hour}"
    for day in ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y/%m/%d")
    for hour in ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
)


def parse_date(raw: str | None, now: datetime) -> datetime | None:
    """The instant that `raw` states, in UTC, or None if it states none from 1990 to tomorrow.

    Reads ISO 8601, RFC 822, "23 November 2026", "Nov 23, 2026 7:30 am" and Unix seconds; a date
    without a zone is taken as UTC, one without a time as midnight.
    """
    text = " ".join((raw or "").split())
    if not text or len(text) > _LONGEST or not text.isascii():
        return None
    for read in _READERS:
        try:
            instant = _as_utc(read(text))
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
        return instant if EARLIEST <= instant <= now + _LATEST_SKEW else None
    return None


def _as_utc(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _iso(text: str) -> datetime:
    return datetime.fromisoformat(_ZONE_NAMES.sub("+00:00", text))


def _seconds(text: str) -> datetime:
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)


def _written(text: str) -> datetime:
    plain = _ZONE_NAMES.sub("", text.replace(",", " ").replace(" at ", " "))
    plain = " ".join(plain.split())
    for form in _WRITTEN:
        try:
            return datetime.strptime(plain, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise ValueError(text)


def _mailed(text: str) -> datetime:
    """RFC 822, as most feeds write; told by its look, for ruling the others out takes long."""
    if not _RFC_822.match(text):
        raise ValueError(text)
    return parsedate_to_datetime(text)


_READERS: tuple[Callable[[str], datetime], ...] = (
    _iso,
    _mailed,
    _written,
    parsedate_to_datetime,
    _seconds,
)
