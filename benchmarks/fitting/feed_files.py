"""How files of news in public repositories are read: what articles a version of a file holds."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import feedparser


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a version of a file holds it; `title` and `text` may have tags."""

    url: str
    title: str
    text: str
    source: str


_LIST_OF_FEEDS = "Start.me"
"""What stands for the outlet of articles that come by way of a list of feeds."""


def host_of(url: str) -> str:
    """The host of an address, as the name of its outlet."""
    return re.sub(r"^https?://(?:www\.)?|/.*", "", url)


def wire(data: bytes) -> Iterator[Entry]:
    """Newspapers of the Middle East and Pakistan, with the summaries of their feeds."""
    for row in json.loads(data)["items"]:
        url = re.split(r"\?(?:traffic_source|at_medium|utm_)", row.get("url") or "")[0]
        source = re.sub(r"\s+—.*", "", row.get("source") or "")
        source = host_of(url) if source == _LIST_OF_FEEDS else source
        yield Entry(url, row.get("title") or "", row.get("summary") or "", source)


def dashboard(data: bytes) -> Iterator[Entry]:
    """Newspapers and broadcasters of many countries, by category; or the press of energy."""
    held = json.loads(data)
    for rows in (held.get("categories") or held["sections"]).values():
        for row in rows:
            url = (row.get("link") or "").split("?")[0]
            yield Entry(url, row["title"], row.get("summary") or "", row["source"])


def listed(data: bytes) -> Iterator[Entry]:
    """The power industry's press in the United States; or broadcasters' news of the world."""
    held = json.loads(data)
    trade = "articles" in held
    for row in held["articles" if trade else "items"]:
        url = re.split(r"\?utm" if trade else r"\?", row.get("link") or "")[0]
        yield Entry(url, row["title"], row.get("summary") or "", row["source"])


def renewables(data: bytes) -> Iterator[Entry]:
    """The energy press of the United Kingdom; the outlet is that of the address."""
    for row in json.loads(data):
        url = (row.get("article_url") or "").split("?utm")[0]
        yield Entry(url, row.get("title") or "", row.get("lead") or "", host_of(url))


def shipping(data: bytes) -> Iterator[Entry]:
    """The shipping press, from a SQLite file."""
    query = "select link, title, raw_snippet, source from articles where original_language = 'en'"
    for url, title, text, source in _rows(data, query):
        yield Entry(url, title, _POSTED.sub("", text or ""), source)


def defence(data: bytes) -> Iterator[Entry]:
    """The press of armed forces and the arms industry, from a SQLite file."""
    query = "select url, title, summary, source from articles where language = 'en'"
    for url, title, text, source in _rows(data, query):
        yield Entry(url, title, text or "", source)


def _rows(data: bytes, query: str) -> list[tuple[str, str, str | None, str]]:
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data)
        return base.execute(query).fetchall()


_POSTED = re.compile(r"The post .{0,300} appeared first on .*")
_SOURCE_NEWS = re.compile(
    r"^# (?P<title>[^\n]+)\n+\*\d{4}-\d\d-\d\d [\d:]+\*\n+"
    r"\[(?P<source>[^\]]+)\]\((?P<url>[^)]+)\)\n"
    r"(?P<text>.*?)(?=^# |\Z)",
    re.MULTILINE | re.DOTALL,
)


def bulletins(data: bytes) -> Iterator[Entry]:
    """Articles of newsrooms in Sri Lanka, from the end of a Markdown page made of them."""
    _, _, articles = data.decode("utf-8", "replace").partition("## Source News")
    for found in _SOURCE_NEWS.finditer(articles):
        text = re.split(r"\n---|\n\[Previous\]", found["text"])[0]
        yield Entry(found["url"], found["title"], text, found["source"])


def press(data: bytes) -> Iterator[Entry]:
    """Articles of any press, as rows of the only list of a JSON file."""
    for row in _only_list(json.loads(data)):
        url = (row.get("link") or row.get("url") or "").split("?")[0]
        text = row.get("description") or row.get("summary") or row.get("content") or ""
        outlet = row.get("source") or row.get("sourceName") or row.get("publisher") or ""
        source = re.sub(r"\s*\[.*", "", outlet)
        yield Entry(url, row["title"], text, source)


def _only_list(held: Any) -> list[dict[str, Any]]:
    if isinstance(held, list):
        return held
    return next(each for each in held.values() if isinstance(each, list))


def clusters(data: bytes) -> Iterator[Entry]:
    """Newsrooms of Africa, from clusters of articles: the first of each, by its headline."""
    for row in json.loads(data)["items"]:
        url = next(iter(row["urls"]), "").split("?")[0]
        yield Entry(url, row["headline"], row.get("summary") or "", next(iter(row["sources"]), ""))


def by_field(data: bytes) -> Iterator[Entry]:
    """Newsrooms of the United Kingdom, by field of politics."""
    for held in json.loads(data)["headlines"].values():
        for row in held:
            url = row["url"].split("?")[0]
            yield Entry(url, row["title"], row.get("description") or "", row["source"])


def newsapi(data: bytes) -> Iterator[Entry]:
    """An answer of newsapi.org, without the outlet's name at the end of a title."""
    for row in json.loads(data)["articles"]:
        url, title = (row.get("url") or "").split("?")[0], row.get("title") or ""
        source = (row.get("source") or {}).get("name") or ""
        if source.lower() in title.lower()[-_LONGEST_OUTLET:]:
            title = _OUTLET_AT_END.sub("", title)
        yield Entry(url, title, row.get("description") or "", source)


_LONGEST_OUTLET = 45
_OUTLET_AT_END = re.compile(r"\s+[-|]\s+[^-|]{2,40}$")


def cnn(data: bytes) -> Iterator[Entry]:
    """A page of CNN."""
    row = json.loads(data)
    yield Entry(
        row["url"].split("?")[0], re.sub(r"\s*\|\s*CNN.*$", "", row["title"]), row["text"], "CNN"
    )


def search_alerts(data: bytes) -> Iterator[Entry]:
    """A feed of Google's alerts; the address is what a link leads to, the outlet its host."""
    for row in feedparser.parse(data).entries:
        link = row.get("link", "")
        url = parse_qs(urlsplit(link).query).get("url", [link])[0].split("?")[0]
        yield Entry(url, row.get("title", ""), row.get("description", ""), host_of(url))


def four_outlets(data: bytes) -> Iterator[Entry]:
    """Four outlets of the United States and Russia, a table each."""
    for row in csv.DictReader(io.StringIO(data.decode("cp1252", "replace"))):
        url, source = row["url"].split("?")[0], row["source"].strip()
        text = re.sub(r"Read Full Art.*$", "", row["summary"] or "")
        yield Entry(url, row["title"], text, _OUTLETS.get(source, source))


_OUTLETS = {"rt": "RT", "nyt": "New York Times", "fox": "Fox News", "breitbart": "Breitbart"}


def feed_of_a_day(data: bytes) -> Iterator[Entry]:
    """What one feed issued, of late or on a day; the outlet is that of the address."""
    for row in _only_list(json.loads(data)):
        url = (row.get("link") or row["url"]).split("?")[0]
        yield Entry(url, row["title"], row.get("description") or "", host_of(url))
