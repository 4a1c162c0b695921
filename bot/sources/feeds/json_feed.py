"""JSON Feed (https://www.jsonfeed.org/version/1.1/) to raw items."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.errors import RefusedInput
from bot.sources.feeds.links import joined
from bot.sources.feeds.raw import RawFeed, RawItem, first, newest
from bot.sources.text.html import as_markup
from bot.sources.text.json import read_json

_START = re.compile(
    r"\{\s{0,50}\"(?:version|title|description|home_page_url|feed_url|language|authors?|icon|favicon"
    r"|user_comment|next_url|hubs|expired|items)\"\s{0,50}:"
)
_ITEMS = re.compile(r"\"items\"\s{0,20}:\s{0,20}\[")
_PAGE = re.compile(r"<(?:!doctype|html|head|body|script|rss|feed|rdf)\b", re.IGNORECASE)
_SEARCHED = 8_000
"""Characters in which a feed must begin: a server's warning stands before it, or a call."""

_NAMED = {
    "title": ("title", "headline"),
    "link": ("url", "external_url", "link", "permalink"),
    "id": ("id", "guid", "uuid", "_id"),
    "published": (
        "date_published", "published", "published_at", "publish_date", "published_date", "pub_date",
        "publication_date", "date", "created", "created_at", "date_created", "timestamp",
    ),
    "modified": ("date_modified", "modified", "updated", "updated_at", "modified_at"),
    "html": ("content_html", "content", "body"),
    "text": ("content_text", "text"),
    "summary": ("summary", "description", "excerpt"),
    "tags": ("tags", "categories", "category"),
    "authors": ("authors", "author", "creator", "byline"),
    "home": ("home_page_url", "link"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The names that are read, the standard's first: "datePublished" is "date_published"."""

_WORDS = ("title", "html", "text", "summary")
_MOST = 30


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
    about = told["feed"] if isinstance(told.get("feed"), Mapping) else told
    entries = (each for each in told["items"] if _is_item(each))
    items, total = newest((_item(_by_name(each)) for each in entries), most, now)
    channel = _by_name(about)
    return RawFeed(
        title=_text(channel, "title"),
        link=joined(url, _text(channel, "home")),
        language=_text(channel, "language"),
        items=items,
        total=total,
    )


def _is_feed(told: Mapping[str, Any]) -> bool:
    """Whether it says that it is a feed, or any item has the names that a feed's items have."""
    items = told.get("items")
    if not isinstance(items, list):
        return False
    return "jsonfeed.org" in _scalar(told.get("version")) or any(map(_is_item, items))


def _is_item(told: Any) -> bool:
    if not isinstance(told, Mapping):
        return False
    named = _by_name(told)
    return ("link" in named or "id" in named) and any(name in named for name in _WORDS)


def _by_name(told: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The values under the names that are read, in whatever case and form these are written."""
    given: dict[str, Any] = {}
    for name, value in told.items():
        given.setdefault(_plain(str(name)), value)
    named = {
        name: [given[_plain(each)] for each in several if given.get(_plain(each)) is not None]
        for name, several in _NAMED.items()
    }
    named["attachments"] = [told.get("attachments"), told.get("enclosures")]
    return {name: found for name, found in named.items() if found}


def _plain(name: str) -> str:
    return name[:40].lower().replace("_", "").replace("-", "")


def _item(told: Mapping[str, list[Any]]) -> RawItem:
    plain = html.escape(_text(told, "text"), quote=False).replace("\n", "<br>")
    guid = _text(told, "id")
    link = _text(told, "link") or (guid if guid.startswith(("http://", "https://")) else "")
    names = tuple(_names(told.get("authors", [])))[:_MOST]
    tags = tuple(_names(told.get("tags", [])))[:_MOST]
    return RawItem(
        title=as_markup(_text(told, "title")),
        link=link or _enclosed(told),
        guid=guid,
        dates=tuple(
            text for name in ("published", "modified") for text in map(_scalar, told.get(name, []))
        ),
        content=_text(told, "html") or plain,
        summary=as_markup(_text(told, "summary")),
        author=first(names),
        category=first(tags),
        categories=tags,
        language=_text(told, "language"),
        credits=names,
    )


def _enclosed(told: Mapping[str, list[Any]]) -> str:
    """The address of the first attachment that is no picture."""
    files = [
        each for some in told.get("attachments", []) if isinstance(some, list) for each in some
    ]
    return first(
        _scalar(each.get("url"))
        for each in files
        if isinstance(each, Mapping) and not _scalar(each.get("mime_type")).startswith("image")
    )


def _names(values: list[Any]) -> Iterator[str]:
    """The texts in values that are texts, objects with a name, or lists of these."""
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            name = each.get("name") if isinstance(each, Mapping) else each
            if isinstance(name, str):
                yield name


def _text(told: Mapping[str, list[Any]], name: str) -> str:
    return first(_scalar(each) for each in told.get(name, []))


def _scalar(value: Any) -> str:
    """A text or a number as text; empty for anything else."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return "" if isinstance(value, float) and math.isnan(value) else str(value)
