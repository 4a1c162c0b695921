"""JSON Feed (https://www.jsonfeed.org/version/1.1/) to raw items."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from bot.errors import RefusedInput
from bot.sources.feeds.raw import RawFeed, RawItem, first, newest
from bot.sources.text.json import read_json

_START = re.compile(
    r"\{\s{0,50}\"(?:version|title|description|home_page_url|feed_url|language|authors?|icon|favicon"
    r"|user_comment|next_url|hubs|expired|items)\"\s{0,50}:"
)
_ITEMS = re.compile(r"\"items\"\s{0,20}:\s{0,20}\[")
_PAGE = re.compile(r"<(?:!doctype|html|head|body|script|rss|feed|rdf)\b", re.IGNORECASE)
_SEARCHED = 8_000
"""Characters in which a feed must begin: a server's warning stands before it, or a call."""

_NAMES = frozenset({"url", "id", "external_url"})


def json_start(text: str) -> int | None:
    """Where a JSON feed begins, also behind a server's warning or in a call; None for any other."""
    blank = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if text.startswith("{", blank):
        return blank
    found = _START.search(text[:_SEARCHED])
    return found.start() if found and not _PAGE.search(text[: found.start()]) else None


def has_items(text: str) -> bool:
    """Whether a JSON text names items, or says that it is a feed."""
    return "jsonfeed.org" in text or _ITEMS.search(text) is not None


def read_json_feed(text: str, url: str, most: int, now: datetime) -> RawFeed:
    """Read a JSON feed, without what stands around it; raises RefusedInput for any other JSON."""
    start = json_start(text) or 0
    told = read_json(text[start : text.rfind("}") + 1] if start else text)
    if not isinstance(told, Mapping) or not _is_feed(told):
        raise RefusedInput("is JSON, but not a feed")
    entries = (each for each in told["items"] if isinstance(each, Mapping))
    items, total = newest((_item(each) for each in entries), most, now)
    return RawFeed(
        title=_plain(told, "title"),
        link=_joined(url, _text(told, "home_page_url")),
        language=_text(told, "language"),
        items=items,
        total=total,
    )


def _is_feed(told: Mapping[str, Any]) -> bool:
    """Whether it says that it is a feed, or its items have the names that a feed's items have."""
    items = told.get("items")
    if not isinstance(items, list):
        return False
    if "jsonfeed.org" in _text(told, "version"):
        return True
    return bool(items) and all(
        isinstance(each, Mapping)
        and not _NAMES.isdisjoint(each)
        and not {"content_html", "content_text", "title", "summary"}.isdisjoint(each)
        for each in items
    )


def _item(told: Mapping[str, Any]) -> RawItem:
    plain = html.escape(_text(told, "content_text"), quote=False).replace("\n", "<br>")
    link = _text(told, "url") or _text(told, "external_url")
    return RawItem(
        title=_plain(told, "title"),
        link=link or _enclosed(told),
        guid=_text(told, "id"),
        dates=tuple(
            text for name in ("date_published", "date_modified") if (text := _text(told, name))
        ),
        content=_text(told, "content_html") or plain,
        summary=html.escape(_text(told, "summary"), quote=False),
        author=_author(told),
        category=first(each for each in _list(told, "tags") if isinstance(each, str)),
        categories=tuple(each for each in _list(told, "tags") if isinstance(each, str))[:30],
        language=_text(told, "language"),
    )


def _enclosed(told: Mapping[str, Any]) -> str:
    """The address of the first attachment."""
    return first(
        _text(each, "url") for each in _list(told, "attachments") if isinstance(each, Mapping)
    )


def _author(told: Mapping[str, Any]) -> str:
    persons = [*_list(told, "authors"), told.get("author")]
    return first(_text(each, "name") for each in persons if isinstance(each, Mapping))


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _plain(told: Mapping[str, Any], name: str) -> str:
    """A line that is plain text by the standard, and has HTML's references in many feeds."""
    return html.escape(html.unescape(_text(told, name)), quote=False)


def _list(told: Mapping[str, Any], name: str) -> list[Any]:
    value = told.get(name)
    return value if isinstance(value, list) else []


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""
