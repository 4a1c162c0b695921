"""Malformed feeds, read by feedparser: it accepts almost anything but is slow."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from bot.errors import RefusedInput
from bot.sources.feeds.raw import RawFeed, RawItem, newest

LARGEST = 1_500_000
"""The maximum size in characters: feedparser takes up to 6 s for a million."""


def read_malformed(text: str, most: int, now: datetime) -> RawFeed:
    """Read a malformed feed; raises RefusedInput if it is unreadable or too long."""
    if len(text) > LARGEST:
        raise RefusedInput("is not well-formed, and is too large to repair")
    if "<!entity" in text.lower():
        raise RefusedInput("is not well-formed, and declares entities, which are not read")
    told = _parsed(text)
    found = [item for each in told.entries if _says_something(item := _item(each))]
    items, total = newest(found, most, now)
    if not items:
        raise RefusedInput("is not well-formed, and no item of it can be read")
    return RawFeed(
        title=_text(told.feed, "title"),
        link=_text(told.feed, "link"),
        language=_text(told.feed, "language"),
        items=items,
        total=total,
    )


def _parsed(text: str) -> Any:
    import feedparser  # takes memory, and few feeds need it

    kind = {"content-type": "application/xml; charset=utf-8"}
    data = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        return feedparser.parse(
            data, response_headers=kind, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedInput("is not well-formed, and cannot be repaired") from error


def _item(entry: dict[str, Any]) -> RawItem:
    contents = dict.get(entry, "content") or [{}]
    tags = dict.get(entry, "tags") or [{}]
    return RawItem(
        title=_text(entry, "title"),
        link=_text(entry, "link") or _enclosed(entry),
        guid=_text(entry, "id"),
        dates=tuple(
            text
            for name in ("published", "created", "updated", "date", "prism_publicationdate")
            if (text := _text(entry, name))
        ),
        content=_text(contents[0], "value"),
        summary=_text(entry, "summary"),
        author=_text(entry, "author"),
        category=_text(tags[0], "term"),
        categories=tuple(_text(each, "term") for each in tags)[:30],
    )


def _enclosed(entry: dict[str, Any]) -> str:
    enclosures = dict.get(entry, "enclosures") or [{}]
    return _text(enclosures[0], "href")


def _says_something(item: RawItem) -> bool:
    return bool(item.title or item.content or item.summary)


def _text(told: dict[str, Any], name: str) -> str:
    """One value as stored: feedparser's own look-up substitutes one date for another."""
    value = dict.get(told, name)
    return value if isinstance(value, str) else ""
