"""The address of a feed's item, as a browser would read it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

from bot.errors import FetchError
from bot.sources.feeds.raw import RawItem
from bot.sources.http.url import web_address, with_scheme
from bot.sources.text.urls import clean_url

_USUAL = re.compile(r"https?://[A-Za-z0-9][!-:<-\[\]-~]*")
"""A whole address, without spaces, backslashes and semicolons: nothing has to be joined."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SLASHES = re.compile(r"(https?):/*", re.IGNORECASE)
_HOST = re.compile(r"www\.(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,20}(?=[/?#:]|$)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?:amp|#0{0,3}38|#x26);", re.IGNORECASE)
_ROUTE = ("!", "/")
"""What a fragment begins with that names a page, in sites that are one page to a server."""

_SAFE = "!$&'()*+,;=:@/?~%"
_READER = re.compile(r"feed:", re.IGNORECASE)
_FORUMS = frozenset({"reddit.com", "old.reddit.com", "news.ycombinator.com"})
_FORUM = re.compile(r"https?://[^/]{0,90}(?:reddit|ycombinator)\.com", re.IGNORECASE)
_SUBMITTED = re.compile(
    r"(?:article url:\s{0,5})<a\s[^<>]{0,200}?href=\"([^\"<>]{8,2000})\""
    r"|<a\s[^<>]{0,200}?href=\"([^\"<>]{8,2000})\"[^<>]{0,200}>\s{0,5}\[link\]",
    re.IGNORECASE,
)


def article_url(item: RawItem, channel: str, feed: str) -> str | None:
    """The item's address; a relative one refers to its own base, else the channel's link.

    On Reddit and Hacker News it is the article that was submitted, not the discussion. A fragment
    is kept where it is all that is written, or a route such as "#!/news/7".
    """
    written = _AMPERSAND.sub("&", item.link.strip())
    usual = _USUAL.fullmatch(written)
    link = written if usual or not written else _absolute(written, item.base, channel, feed)
    shown = _shown(_submitted(item, link) or link)
    fragment = quote(written.partition("#")[2][:200], safe=_SAFE) if "#" in written else ""
    kept = fragment and (written.startswith("#") or fragment.startswith(_ROUTE))
    return f"{shown}#{fragment}" if shown and kept else shown


def without_fragment(url: str | None) -> str | None:
    """The address of the page alone."""
    return url.partition("#")[0] if url else url


def joined(base: str, link: str) -> str:
    """The address that a link on a page or in a feed refers to; empty if it is none."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def _absolute(link: str, base: str, channel: str, feed: str) -> str:
    home = channel or feed
    plain = _slashed(with_scheme(link) if _READER.match(link) else link)
    if _HOST.match(plain):
        plain = f"//{plain}"
    plain = _SLASHES.sub(r"\1://", plain, count=1) if _SCHEME.match(plain) else plain
    host = _host(home)
    if host and plain.lower().startswith((f"{host}/", f"www.{host}/")):
        return f"{urlsplit(home).scheme}://{plain}"
    return joined(joined(home, base), plain)


def _slashed(link: str) -> str:
    """The link with slashes for backslashes in its path, where browsers take one for the other."""
    path = re.match(r"[^?#]*", link)
    end = path.end() if path else 0
    return link[:end].replace("\\", "/") + link[end:].replace("\\", "%5C")


def _submitted(item: RawItem, link: str) -> str | None:
    if not _FORUM.match(link) or _host(link) not in _FORUMS:
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
