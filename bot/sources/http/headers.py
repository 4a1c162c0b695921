"""Response headers, parsed defensively."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 7 * 86_400.0
"""The maximum of Retry-After and cache lifetimes, in seconds."""

_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60})\s*(?:;|$)", re.I)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?\s*([a-z0-9][\w.:-]{0,39})", re.I | re.ASCII)
_VALIDATOR = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,998}[\x21-\x7e])?")
_AGE = re.compile(r"[0-9]{1,12}")
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,12})", re.I)
_UNCACHED = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,\s])", re.I)


@dataclass(frozen=True, slots=True)
class AnswerHeaders:
    """The relevant response headers. Times are in seconds from now, at most LONGEST_WAIT.

    etag, last_modified  to be sent back with the next request, verbatim
    cache_max_age        how long the answer stays fresh; 0 if it must not be kept
    retry_after          how long the server asks clients to wait
    """

    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    cache_max_age: float | None
    retry_after: float | None


def read_headers(headers: Mapping[str, str]) -> AnswerHeaders:
    """Parse them; a missing or invalid value is None. `headers` ignores case in names."""
    content_type = headers.get("Content-Type", "")
    mime, charset = _TYPE.match(content_type), _CHARSET.search(content_type)
    return AnswerHeaders(
        content_type=mime[1].lower() if mime else None,
        charset=charset[1].lower() if charset else None,
        etag=_validator(headers.get("ETag")),
        last_modified=_validator(headers.get("Last-Modified")),
        cache_max_age=_fresh_for(headers),
        retry_after=_seconds_until(headers.get("Retry-After"), headers.get("Date")),
    )


def sendable(value: str | None) -> str | None:
    """The validator as received, or None if a request cannot carry it."""
    return _validator(value)


def _validator(value: str | None) -> str | None:
    return value if value and _VALIDATOR.fullmatch(value) else None


def _fresh_for(headers: Mapping[str, str]) -> float | None:
    control = headers.get("Cache-Control", "")
    if _UNCACHED.search(control):
        return 0.0
    stated = _MAX_AGE.search(control)
    if not stated:
        return _seconds_until(headers.get("Expires"), headers.get("Date"))
    age = headers.get("Age", "").strip()
    passed = float(age) if _AGE.fullmatch(age) else 0.0
    return _clamped(float(stated[1]) - passed)


def _seconds_until(value: str | None, date: str | None) -> float | None:
    """Seconds, or the distance of a date from the server's own clock, which may be wrong."""
    text = (value or "").strip()
    if _AGE.fullmatch(text):
        return _clamped(float(text))
    then, now = _instant(text), _instant(date or "")
    return _clamped((then - now).total_seconds()) if then and now else None


def _instant(text: str) -> datetime | None:
    if not text or len(text) > 64:
        return None
    try:
        instant = parsedate_to_datetime(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _clamped(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_WAIT)
