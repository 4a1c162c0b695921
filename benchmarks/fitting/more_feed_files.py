"""More files of news in public repositories."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

from benchmarks.fitting.feed_files import Entry, host_of
from benchmarks.fitting.public_news import key_of


def found_headlines(data: bytes) -> Iterator[Entry]:
    """What searches in Google News found; what stands for a text there only repeats the title."""
    for row in json.loads(data):
        yield Entry(row["url"].split("?")[0], row["title"], "", row["source"])


def searched(data: bytes) -> Iterator[Entry]:
    """What many searches in Google News found; the outlet is the host of an icon if not named."""
    for row in json.loads(data):
        url, source = (row.get("Link") or "").split("?")[0], row.get("Source") or _UNNAMED
        icon = _ICON.search(row.get("img") or "") if source == _UNNAMED else None
        yield Entry(url, row.get("Title") or "", "", icon[1] if icon else source)


_UNNAMED = "More"
"""What stands for an outlet that a page of search results did not name."""
_ICON = re.compile(r"[?&]url=https?://(?:www\.)?([^/&]+)")


def top_headlines(data: bytes) -> Iterator[Entry]:
    """A page of headlines, each before its outlet; one has a name in place of an address."""
    for line in data.decode("utf-8", "replace").splitlines():
        title, _, source = line.removeprefix("- ").strip().rpartition(" - ")
        if line.startswith("- ") and title:
            yield Entry(f"headlines/{key_of(line[2:].strip())}", title, "", source)


def cards(data: bytes) -> Iterator[Entry]:
    """The oil and gas press on a page of cards, whose texts are in Chinese."""
    for source, link, title in _CARD.findall(data.decode("utf-8", "replace")):
        url, headline = unescape(link).split("?")[0], unescape(title)
        found = url.startswith("https://news.google.com/")
        kept = _OUTLET_AT_END.sub("", headline) if found else headline
        yield Entry(url, kept, "", unescape(source))


_CARD = re.compile(
    r'<span class="meta">([^<]*?) · [\d: -]+</span>\s*</div>\s*'
    r'<h3 class="card-title"><a href="([^"]*)"[^>]*>(.*?)</a></h3>',
    re.DOTALL,
)
_OUTLET_AT_END = re.compile(r"\s+-\s+[^-]{2,40}$")


def state_media(data: bytes) -> Iterator[Entry]:
    """Agencies and newspapers of the Middle East and South Asia, of one region; only English."""
    for row in json.loads(data):
        if row["language"] == "en":
            title, text = row["title_original"], row.get("content_original") or ""
            source = re.sub(r"\s*\(.*", "", row["source_name"])
            yield Entry(row["url"].split("?")[0], title, text.removeprefix(title).lstrip(), source)


def lines_of_feeds(data: bytes) -> Iterator[Entry]:
    """The press on armed forces, and what searches for them found, an article a line."""
    for line in data.decode("utf-8", "replace").splitlines():
        row = json.loads(line)
        url, headline = row["url"].split("?")[0], row["title"]
        title, _, outlet = headline.rpartition(" - ")
        if url.startswith("https://news.google.com/") and title:
            yield Entry(url, title, "", outlet)
        else:
            yield Entry(url, headline, row.get("summary") or "", host_of(url))


def table_of_links(data: bytes) -> Iterator[Entry]:
    """What searches in Google News found, as a table of links, each before its outlet."""
    for link, title, outlet in _LINKED.findall(data.decode("utf-8", "replace")):
        yield Entry(link.split("?")[0], title, "", unescape(outlet))


_LINKED = re.compile(
    r'<td><a href="([^"]*)"[^>]*>(.*?)</a>(?:&nbsp;)*\s*(?:<font[^>]*>(.*?)</font>)?', re.DOTALL
)
