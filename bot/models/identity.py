"""The identity, outlet and date that a parsed article gets before it is stored."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.models import Article, ParsedArticle

DEFAULT_SOURCE = "Local files"
_OLDEST_DAYS = 365 * 40
_CLOCK_SKEW = timedelta(hours=1)


def as_article(parsed: ParsedArticle, *, source: str | None, now: datetime) -> Article:
    """Give a parsed article its identity; a missing or impossible date becomes `now`."""
    outlet = parsed.source or source or _host(parsed.url) or DEFAULT_SOURCE
    return Article(
        id=_digest(*_identity(parsed, outlet))[:20],
        title=parsed.title,
        text=parsed.text,
        source=outlet,
        published_at=_dated(parsed.published_at, now),
        fetched_at=now,
        content_hash=_digest(parsed.title, parsed.text),
        url=parsed.url,
        category=parsed.category,
        author=parsed.author,
        summary=parsed.summary,
        language=parsed.language,
    )


def _identity(parsed: ParsedArticle, outlet: str) -> tuple[str, ...]:
    if parsed.key:
        return "key", outlet, parsed.key
    if parsed.url:
        return "url", parsed.url
    day = parsed.published_at.date().isoformat() if parsed.published_at else ""
    return "title", parsed.title, day, parsed.origin or outlet


def _dated(given: datetime | None, now: datetime) -> datetime:
    if given is None or given > now + _CLOCK_SKEW or given < now - timedelta(days=_OLDEST_DAYS):
        return now
    return given


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
