"""The feed links of a web page."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # lxml ships no types

from bot.errors import FetchError, RefusedInput
from bot.sources.feeds.entry import FeedLink
from bot.sources.http.url import web_address
from bot.sources.text.clean import clean_line
from bot.sources.text.encoding import decode

MOST = 20
"""The maximum number of feed links of one page."""

_READ = 1_000_000
_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/rdf+xml": 1,
    "application/feed+json": 1,
    "application/json": 8,
    "application/xml": 8,
    "text/xml": 8,
}
_LIKE_A_FEED = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?|rdf)(?:$|[/._?-])|feed\.json$", re.I)
_ASIDE = re.compile(r"comments?\b|/tag/|/author/", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)


class _Links:
    """Collect declared feed links, and links that look like feeds."""

    def __init__(self) -> None:
        self.base = ""
        self.found: list[tuple[int, str, str]] = []

    def start(self, tag: str, attributes: Any) -> None:
        href = str(attributes.get("href") or "").strip()
        if tag == "base" and href and not self.base:
            self.base = href
        rank = self._rank(tag, attributes, href)
        if href and rank is not None and len(self.found) < 50 * MOST:
            self.found.append((rank, href, str(attributes.get("title") or "")))

    def close(self) -> None:
        return None

    def _rank(self, tag: str, attributes: Any, href: str) -> int | None:
        if tag == "link" and "alternate" in str(attributes.get("rel") or "").lower().split():
            kind = str(attributes.get("type") or "").partition(";")[0].strip().lower()
            rank = _TYPES.get(kind)
            if rank == 8 and not _LIKE_A_FEED.search(href):
                return None
            return rank
        return 10 if tag == "a" and _LIKE_A_FEED.search(href) else None


def feeds_on(data: bytes, url: str, charset: str | None = None) -> tuple[FeedLink, ...]:
    """The feed links of the page at `url`, the most likely first; empty if it is not a page."""
    declared = _CHARSET.search(data[:4096])
    inside = declared[1].decode("ascii") if declared else None
    try:
        text = decode(data[:_READ], charset, inside).replace("\0", "")
    except RefusedInput:
        return ()
    links = _Links()
    try:
        parser = etree.HTMLParser(target=links, encoding="utf-8")
        etree.fromstring(text.encode("utf-8", "replace") or b"<p>", parser)
    except (etree.LxmlError, ValueError):
        return ()
    return _best(links, url)


def _best(links: _Links, url: str) -> tuple[FeedLink, ...]:
    ranked: dict[str, tuple[int, FeedLink]] = {}
    for rank, href, title in links.found:
        found = _address(url, links.base, href)
        if found and found != url:
            aside = 5 * bool(_ASIDE.search(f"{title} {href}"))
            ranked.setdefault(found, (rank + aside, FeedLink(found, clean_line(title, 100))))
    order = sorted(ranked.values(), key=lambda each: each[0])
    return tuple(link for _, link in order[:MOST])


def _address(url: str, base: str, href: str) -> str | None:
    if href.lower().startswith("feed:"):
        href = href[5:] if "://" in href[5:] else f"http:{href[5:]}"
    try:
        return web_address(urljoin(urljoin(url, base), href)).url
    except (FetchError, ValueError):
        return None
