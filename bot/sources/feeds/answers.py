"""Answers of news services in JSON, written as the feed that they could have been.

Services call the same things by many names and put them into lists at many places. One table says
which name is which; all else, such as dates and markup, is read as in any feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from bot.errors import RefusedInput
from bot.sources.feeds.entry import MOST_ITEMS
from bot.sources.text.html import as_markup
from bot.sources.text.json import read_json
from bot.sources.text.secrets import without_secrets

_NAMES = {
    "title": ("title", "headline", "webtitle", "name"),
    "link": ("url", "link", "web_url", "weburl", "canonical", "alternate", "permalink", "href"),
    "guid": ("id", "guid", "uuid", "article_id", "objectid"),
    "pubDate": (
        "publishedat", "published_at", "datepublished", "date_published", "pubdate", "pub_date",
        "published_date", "webpublicationdate", "published", "date_gmt", "date", "datetime",
        "seendate", "created_at", "created_utc", "timestamp", "updated",
    ),
    "text": (
        "content", "body", "text", "articlebody", "content_html", "content_text", "bodytext",
        "full_text", "lead_paragraph", "selftext", "story_text",
    ),
    "summary": (
        "description", "summary", "abstract", "excerpt", "snippet", "trailtext", "standfirst",
    ),
    "source": ("source", "publisher", "provider", "outlet", "source_name", "feed", "domain"),
    "author": ("author", "authors", "creator", "byline"),
    "category": ("category", "categories", "section", "sectionname", "section_name", "tags"),
}  # fmt: skip
"""The elements of a feed's item and the names that services give to them, in lower case."""

_TITLES = ("title", "headline", "webtitle")
_KIND = re.compile(r"article|posting|report", re.IGNORECASE)
_LISTS = frozenset(
    {"articles", "items", "results", "data", "entries", "docs", "documents", "stories", "news",
     "hits", "value", "posts", "children", "@graph", "item", "entry"}
)  # fmt: skip
_WITHIN = frozenset({"response", "result", "feed", "rss", "channel", *_LISTS})
_UNWRAPPED = ("data", "attributes", "node", "_source", "fields")
_VALUES = ("rendered", "main", "name", "title", "content", "href", "value", "#text", "original")
_MESSAGES = ("message", "error", "errors", "detail", "error_message", "fault")
_DEEPEST = 5
_MOST_NODES = 500
_CUT = re.compile(r"\[\+\d{1,9} chars\]$")
_MILLISECONDS = 100_000_000_000
_HEAD = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title></title>'
)

Record = Mapping[str, Any]


def feed_of_answer(text: str, url: str = "") -> str:
    """An answer's articles as RSS; raises RefusedInput with the service's own words, if any.

    An answer that holds an empty list and no such words is a feed without items. `url` is where it
    came from: the values in it, such as keys, are not repeated.
    """
    told = read_json(text)
    records = [each for each in _records(told) if _is_article(each)]
    said = _message(told, url) if isinstance(told, Mapping) and not records else ""
    if said or not (records or _is_empty(told)):
        raise RefusedInput(f"is JSON without articles: {said}" if said else "holds no article")
    items = "".join(map(_item, records[: 10 * MOST_ITEMS]))
    return f"{_HEAD}{items}</channel></rss>"


def _records(told: Any) -> list[Record]:
    """The first list of objects with titles, near the root before deep inside."""
    for several in _lists(told):
        found = [_flat(each) for each in several if isinstance(each, Mapping)]
        if any(map(_is_article, found)):
            return found
    alone = _flat(told) if isinstance(told, Mapping) else {}
    return [alone] if _KIND.search(_text(alone.get("@type"), "title")) else []


def _is_empty(told: Any) -> bool:
    """Whether it holds lists of articles, and nothing in any of them."""
    several = list(_lists(told))
    return bool(several) and not any(several)


def _lists(told: Any) -> Iterator[list[Any]]:
    """The lists that may hold articles, near the root before deep inside."""
    waiting: list[tuple[Any, int]] = [(told, 0)]
    for _ in range(_MOST_NODES):
        if not waiting:
            break
        node, depth = waiting.pop(0)
        if isinstance(node, list):
            yield node
        elif isinstance(node, Mapping) and depth < _DEEPEST:
            waiting += [
                ([value] if name in {"item", "entry"} and isinstance(value, Mapping) else value,
                 depth + 1)
                for name, value in node.items()
                if str(name).lower() in _WITHIN
            ]  # fmt: skip


def _is_article(record: Record) -> bool:
    """Whether it has a title, and an address or a date; a mere name is a title beside a date."""
    dated = _value(record, "pubDate")
    title = any(_text(record.get(name), "title") for name in _TITLES) or dated
    return bool(title and _value(record, "title") and (dated or _value(record, "link")))


def _flat(record: Record) -> Record:
    """A record by names in lower case, with those of the object that is wrapped in it."""
    found = {str(name).lower(): value for name, value in record.items()}
    for name in _UNWRAPPED:
        inside = found.get(name)
        if isinstance(inside, Mapping):
            found = {str(each).lower(): value for each, value in inside.items()} | found
    return found


def _value(record: Record, element: str) -> str:
    return next(
        (text for name in _NAMES[element] if (text := _text(record.get(name), element))), ""
    )


def _text(value: Any, element: str) -> str:
    """A value as text: of a list its first, of an object the part that says it."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = next((value[each] for each in _VALUES if isinstance(value.get(each), str)), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _instant(value) if element == "pubDate" else str(value)
    return value.strip() if isinstance(value, str) else ""


def _instant(number: float) -> str:
    seconds = number / 1_000 if number >= _MILLISECONDS else number
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""


def _item(record: Record) -> str:
    text = _CUT.sub("", _value(record, "text")).rstrip()
    summary = _value(record, "summary")
    if len(text) < len(summary):
        text = ""
    named = {
        "title": as_markup(_value(record, "title")),
        "link": _value(record, "link"),
        "pubDate": _value(record, "pubDate"),
        "source": _value(record, "source"),
        "dc:creator": _value(record, "author"),
        "category": _value(record, "category"),
        "content:encoded": as_markup(text),
        "description": as_markup(summary),
    }
    guid = escape(_value(record, "guid"))
    inside = "".join(f"<{name}>{escape(each)}</{name}>" for name, each in named.items() if each)
    return f'<item>{inside}<guid isPermaLink="false">{guid}</guid></item>'


def _message(told: Record, url: str) -> str:
    """What a service says of its failure, without addresses, paths and keys."""
    said: Iterator[Any] = (told[name] for name in _MESSAGES if told.get(name))
    first = next(said, None)
    if isinstance(first, list):
        first = first[0]
    if isinstance(first, Mapping):
        first = next((first[name] for name in _MESSAGES if isinstance(first.get(name), str)), "")
    return without_secrets(first, url, 120) if isinstance(first, str) else ""
