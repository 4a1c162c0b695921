"""The identity, outlet and date that a parsed article gets before it is stored."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from bot.models import UNDATED, Article, DatePrecision, ParsedArticle

_SAME_HOST = re.compile(r"^(?:www|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)$", re.IGNORECASE)
_AMP_QUERY = re.compile(r"(?:amp|outputType)(?:=(?:1|true|amp)?)?$", re.IGNORECASE)
_SLUG = re.compile(r"(/(?!(?:19|20)\d{6}/)\d{6,})/[^/]*[^\W\d_]{2}[^/]*-[^/]*$")
_ITEM_NUMBER = re.compile(r"[0-9]{1,5}")
DEFAULT_SOURCE = "Local files"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Older dates come from clocks that were never set."""

LATEST_AHEAD = timedelta(days=1)
"""How far in the future a date may be: clocks differ, and so do days around the world."""

_CLOCK_SKEW = timedelta(hours=1)


def as_article(parsed: ParsedArticle, *, source: str | None, now: datetime) -> Article:
    """Give a parsed article its identity; one with a missing or impossible date is undated."""
    published_at = _plausible(parsed.published_at, now)
    outlet = parsed.source or source or _host(parsed.url) or DEFAULT_SOURCE
    return Article(
        id=_digest(*_identity(parsed, outlet))[:20],
        title=parsed.title,
        text=parsed.text,
        source=outlet,
        published_at=published_at or UNDATED,
        fetched_at=now,
        content_hash=_digest(parsed.title, parsed.text),
        url=parsed.url,
        category=parsed.category,
        author=parsed.author,
        summary=parsed.summary,
        language=parsed.language,
        date_precision=parsed.date_precision if published_at else DatePrecision.UNKNOWN,
        date_stated=None if published_at else parsed.date_stated,
        kind=parsed.kind,
        guid=parsed.guid,
    )


def _identity(parsed: ParsedArticle, outlet: str) -> tuple[str, ...]:
    if parsed.key:
        return "key", outlet, parsed.key
    if parsed.url:
        return "url", page_of(parsed.url)
    day = parsed.published_at.date().isoformat() if parsed.published_at else ""
    return "title", parsed.title, day, parsed.origin or outlet


def is_item_number(guid: str | None) -> bool:
    """Whether a guid is a bare small number: some feeds number their items from 1 each day."""
    return bool(guid and _ITEM_NUMBER.fullmatch(guid))


def page_of(url: str) -> str:
    """The page of an address, without what varies: "www.", "/amp", a slug after a number.

    "https://www.site.example/news/1234567/a-long-title" and "…/news/1234567" are one page.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = _AMP_PATH.sub("", parts.path.rstrip("/"))
    path = _SLUG.sub(r"\1", path)
    host = _SAME_HOST.sub("", parts.netloc.lower())
    query = "&".join(each for each in parts.query.split("&") if each and not _AMP_QUERY.match(each))
    return f"{host}{path}?{query}".rstrip("?")


def _plausible(given: datetime | None, now: datetime) -> datetime | None:
    """A date that is not before 1990 or after tomorrow; one in the near future becomes `now`."""
    if given is None or not EARLIEST <= given <= now + LATEST_AHEAD:
        return None
    return min(given, now) if given > now + _CLOCK_SKEW else given


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()


def _host(url: str | None) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None
