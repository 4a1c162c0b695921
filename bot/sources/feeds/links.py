"""The address of a feed's item, as a browser would read it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from bot.errors import FetchError
from bot.sources.feeds.raw import RawItem
from bot.sources.http.url import web_address, with_scheme
from bot.sources.text.urls import clean_url

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SLASHES = re.compile(r"(https?):///+", re.IGNORECASE)
_READER = re.compile(r"feed:", re.IGNORECASE)
_FORUMS = frozenset({"reddit.com", "old.reddit.com", "news.ycombinator.com"})
_SUBMITTED = re.compile(
    r"(?:article url:\s{0,5})<a\s[^<>]{0,200}?href=\"([^\"<>]{8,2000})\""
    r"|<a\s[^<>]{0,200}?href=\"([^\"<>]{8,2000})\"[^<>]{0,200}>\s{0,5}\[link\]",
    re.IGNORECASE,
)


def article_url(item: RawItem, channel: str, feed: str) -> str | None:
    """The item's address; a relative one refers to its own base, else the channel's link.

    On Reddit and Hacker News it is the article that was submitted, not the discussion.
    """
    link = _absolute(item.link.strip(), item.base, channel, feed) if item.link.strip() else ""
    return _shown(_submitted(item, link) or link)


def _absolute(link: str, base: str, channel: str, feed: str) -> str:
    plain = link.replace("\\", "/") if _SCHEME.match(link) or "\\" in link[:3] else link
    plain = _SLASHES.sub(r"\1://", with_scheme(plain) if _READER.match(plain) else plain)
    home = channel or feed
    host = _host(home)
    if host and plain.lower().startswith((f"{host}/", f"www.{host}/")):
        return f"{urlsplit(home).scheme}://{plain}"
    return _joined(_joined(home, base), plain)


def _submitted(item: RawItem, link: str) -> str | None:
    if _host(link) not in _FORUMS:
        return None
    for markup in (item.content, item.summary):
        found = _SUBMITTED.search(markup[:20_000])
        address = unescape(found[1] or found[2]) if found else ""
        if address and not _host(address).endswith("reddit.com") and _host(address) not in _FORUMS:
            return address
    return None


def _shown(link: str) -> str | None:
    """The URL to show; spaces and non-ASCII letters are percent-encoded."""
    cleaned = clean_url(link)
    if cleaned and cleaned.isascii():
        return cleaned
    try:
        return clean_url(web_address(link).url)
    except FetchError:
        return cleaned


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return ""
