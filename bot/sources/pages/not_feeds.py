"""What was sent or saved in place of a feed: pages, errors, lists, other data."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.sources.feeds.prolog import PAGES, elements_of
from bot.sources.pages.server_errors import is_server_error
from bot.sources.text.json import begins_as_json

WEB_PAGE = "is a web page, not a feed"
FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf"})

_NAMES_A_FEED = re.compile(r"(?:\.(?:xml|rss|atom|rdf)|/(?:rss|feed|atom))/?$", re.IGNORECASE)


def names_a_feed(url: str) -> bool:
    """Whether a URL ends as those of feeds do, so that a page there is an error or a front page."""
    return _NAMES_A_FEED.search(urlsplit(url).path) is not None


def why_no_feed(start: str) -> str:
    """The reason why a text that is not a feed is none, by its beginning."""
    marked = start.lstrip("\ufeff \t\r\n")
    first = next(elements_of(start), None) if marked.startswith("<") else None
    if first and first.name == "opml":
        return "is a list of feeds (OPML): use briefbot sources import"
    if marked[:14].lower() == "<!doctype html" or (first and first.name in PAGES):
        return WEB_PAGE
    if is_server_error(start):
        return "is a server's error, not a feed"
    if begins_as_json(marked):
        return "is JSON, but not a feed"
    if first and marked.startswith("<"):
        return "is XML, but not a feed"
    return "is not a feed"
