"""Read feeds into articles: RSS, Atom, RDF and JSON Feed, well-formed or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from bot.errors import RefusedInput
from bot.sources.feeds.entry import MOST_ITEMS, Entry
from bot.sources.feeds.items import entries
from bot.sources.feeds.json_feed import has_items, json_start, read_json_feed
from bot.sources.feeds.malformed import read_malformed
from bot.sources.feeds.prolog import escaped_feed, feed_root, has_capital_items
from bot.sources.feeds.raw import RawFeed
from bot.sources.feeds.repair import repaired
from bot.sources.feeds.rss_atom import read_markup
from bot.sources.feeds.xml import MalformedXml, xml_text
from bot.sources.text.clean import clean_line
from bot.sources.text.encoding import UnknownEncoding, decode
from bot.sources.text.html import html_text
from bot.sources.text.urls import clean_url

_SNIFFED = 200_000
_ITEMS = re.compile(rb"\"items\"\s{0,20}:\s{0,20}\[")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read.

    entries  its newest items in the feed's order, up to the requested number
    total    the number of all its items, usable or not
    dates    the known publication dates of its items, newest first
    wait     the minimum number of seconds between two polls that it asks for, or None
    """

    title: str
    link: str | None
    entries: tuple[Entry, ...]
    total: int
    dates: tuple[datetime, ...]
    wait: float | None


def is_feed(data: bytes) -> bool:
    """Whether the bytes start like a feed; reading may still fail."""
    try:
        head = decode(data[:_SNIFFED])
    except UnknownEncoding:  # its tags are legible, and it may name its encoding
        head = data[:_SNIFFED].decode("latin-1")
    except RefusedInput:
        return False
    if json_start(head) is not None:
        return has_items(head) or (len(data) > _SNIFFED and _ITEMS.search(data) is not None)
    return feed_root(head) is not None or escaped_feed(head)


def read_feed(
    data: bytes,
    now: datetime,
    *,
    url: str = "",
    charset: str | None = None,
    most: int = MOST_ITEMS,
) -> Feed:
    """Read a feed that came from `url`; raises RefusedInput saying why it cannot be read.

    `charset` is what its server said. A feed without items is a feed.
    """
    raw = _read(data, charset, url, most, now)
    hints = raw.date_hints
    dates = [item.date(now, hints) for item in raw.items]
    return Feed(
        title=clean_line(html_text(raw.title), 100),
        link=clean_url(raw.link),
        entries=entries(raw, url, dates),
        total=raw.total,
        dates=tuple(sorted((each.at for each in dates if each.at), reverse=True)),
        wait=raw.wait,
    )


def _read(data: bytes, charset: str | None, url: str, most: int, now: datetime) -> RawFeed:
    if not data.strip():
        raise RefusedInput("is empty")
    if not is_feed(data):
        raise RefusedInput("is not a feed")
    text = xml_text(data, charset)
    if json_start(text) is not None:
        return read_json_feed(text, url, most, now)
    root = feed_root(text)
    if root is None and escaped_feed(text):
        text = repaired(unescape(text))
    elif root and (root.name not in {root.spelt, "rdf"} or has_capital_items(text)):
        text = repaired(text)
    try:
        return read_markup(text, url, most, now)
    except MalformedXml:
        return _repaired(repaired(text), url, most, now)


def _repaired(text: str, url: str, most: int, now: datetime) -> RawFeed:
    try:
        return read_markup(text, url, most, now)
    except MalformedXml:
        return read_malformed(text, most, now)
