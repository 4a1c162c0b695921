"""RSS, Atom and RDF: elements to raw items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.errors import RefusedInput
from bot.sources.feeds.fields import (
    PICTURES,
    Fields,
    as_html,
    attribute,
    fields,
    local_name,
    markup,
    named_persons,
    plain,
    text_of,
)
from bot.sources.feeds.item_links import item_link
from bot.sources.feeds.links import joined
from bot.sources.feeds.raw import Newest, RawFeed, RawItem, first
from bot.sources.feeds.xml import elements
from bot.sources.text.html import html_text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = ("item", "entry")
_FEEDS = ("channel", "feed")
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000}


def read_markup(text: str, url: str, most: int, now: datetime) -> RawFeed:
    """Read a well-formed feed; raises MalformedXml, or RefusedInput if it is not a feed."""
    held = Newest(most, now)
    feed = None
    for element in elements(text, *_ITEMS, *_FEEDS):
        if local_name(element) in _ITEMS:
            held.add(_item(element))
            element.clear()
        elif feed is None:
            feed = _feed(element, url)
    if feed is None and not held.total:
        raise RefusedInput("is not a feed")
    feed = feed or RawFeed()
    return RawFeed(feed.title, feed.link, feed.language, feed.wait, held.items(), held.total)


def _item(element: Any) -> RawItem:
    told = fields(element)
    guid = plain(told["guid"] + told["id"])
    source = told["source"][0] if told["source"] else None
    authors = tuple(filter(None, _authors(told)))
    return RawItem(
        title=markup(each for name in _TITLES for each in told[name]),
        link=item_link(told, guid) or attribute(element, "about"),
        guid=guid or attribute(element, "about"),
        dates=tuple(text_of(each) or attribute(each, "datetime") for each in _dates(told)),
        content=markup(told["content:encoded"] + told["content"] + told["fulltext"]),
        summary=_summary(told),
        author=first(authors),
        category=first(_categories(told["category"] + told["dc:subject"])),
        categories=tuple(_categories([each for name in _CATEGORIES for each in told[name]])),
        base=_base(told) or str(element.base or ""),
        language=str(element.get(_LANG) or "") or plain(told["dc:language"]),
        outlet=_outlet(source),
        outlet_url=_outlet_url(source),
        credits=(*authors, *_credits(told))[:_MOST_CATEGORIES],
    )


_TITLES = ("title", "dc:title", "media:title", "itunes:title", f"media:title{PICTURES}")
_DATES = (
    "pubdate", "published", "issued", "dc:date", "dc:issued", "dc:created", "dc:available",
    "prism:publicationdate", "prism:coverdate", "news:publication_date", "created", "date",
    "dc:dateaccepted", "publicationdate", "datepublished", "updated", "modified", "dc:modified",
    "lastmod", "prism:modificationdate",
)  # fmt: skip
"""The elements that state a date, those of the publication first."""

_OTHER_DATES = frozenset(
    {"pubdate", "published", "publishdate", "publisheddate", "publishedat", "publicationdate",
     "datepublished", "datecreated", "dateissued", "datesubmitted", "createdat", "postdate",
     "posted", "datetime", "coverdisplaydate"}
)  # fmt: skip
"""Names that feeds invent, in any namespace and with or without hyphens and underscores."""

_SUMMARIES = (
    "description", "summary", "media:description", "dc:description", "dc:abstract",
    "itunes:summary", "itunes:subtitle", "itunes:description",
)  # fmt: skip
_LEAST_SUMMARY = 40
"""Characters of a summary below which a longer one beside it is read: "Listen now."."""

_CATEGORIES = ("category", "dc:subject", "media:category", "itunes:category", "dc:type")
_MOST_CATEGORIES = 30


def _feed(element: Any, url: str) -> RawFeed:
    told = fields(element)
    return RawFeed(
        title=markup(told["title"] + told["dc:title"]),
        link=joined(joined(url, str(element.base or "")), item_link(told, "")),
        language=plain(told["language"] + told["dc:language"]) or str(element.get(_LANG) or ""),
        wait=_wait(told),
    )


def _dates(told: Fields) -> Iterator[Any]:
    """The elements that state a date, in the order in which they are tried."""
    yield from (each for name in _DATES if name in told for each in told[name])
    yield from (each for name, found in told.items() if _is_other_date(name) for each in found)


@lru_cache(maxsize=256)
def _is_other_date(name: str) -> bool:
    local = name.rpartition(":")[2].replace("-", "").replace("_", "")
    return name not in _DATES and local in _OTHER_DATES


def _summary(told: Fields) -> str:
    """The first summary that is more than a phrase or the title again, or else the first."""
    elements = [each for name in _SUMMARIES if name in told for each in told[name]]
    found = [text for each in elements if (text := as_html(each).strip())]
    if len(found) > 1:
        title = markup(told["title"]).strip()
        for each in found:
            shown = html_text(each)
            if len(shown) >= _LEAST_SUMMARY and shown != title:
                return each
    return first(found) or markup(told[f"media:description{PICTURES}"])


def _base(told: Fields) -> str:
    """The base of an item's link, where the link has one of its own."""
    return str((told["link"][0].base if told["link"] else None) or "")


def _authors(told: Fields) -> Iterator[str]:
    yield from (text_of(each) for each in told["dc:creator"])
    yield from named_persons(told["author"])
    yield from (text_of(each) for each in told["itunes:author"])


def _credits(told: Fields) -> Iterator[str]:
    """Who else is named as its origin; a photo's credit says nothing of the article."""
    names = ("dc:publisher", "dc:contributor", "dc:source", "source")
    found = (text_of(each).strip() for name in names for each in told[name] if not len(each))
    return (each for each in found if each)


def _categories(found: Sequence[Any]) -> Iterator[str]:
    for each in found[:_MOST_CATEGORIES]:
        yield attribute(each, "label") or attribute(each, "term") or text_of(each)


def _outlet(source: Any) -> str:
    """The original outlet of a syndicated item: RSS's text, or the title of Atom's source."""
    if source is None:
        return ""
    return markup(fields(source)["title"]) if len(source) else plain([source])


def _outlet_url(source: Any) -> str:
    if source is None:
        return ""
    return attribute(source, "url") or item_link(fields(source), "")


def _wait(told: Fields) -> float | None:
    """The minimum number of seconds between two polls that the feed asks for."""
    minutes = _number(plain(told["ttl"]))
    if minutes:
        return minutes * 60
    period = _PERIODS.get(plain(told["sy:updateperiod"]).lower())
    times = _number(plain(told["sy:updatefrequency"])) or 1
    return period / times if period else None


def _number(text: str) -> float | None:
    return float(text) if text.isdecimal() and text.isascii() and len(text) < 8 else None
