"""Public news that a repository holds as the latest state of feeds: every version of its files.

An article is taken as it stood in the first version that has it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from benchmarks.fitting.public_news import Item, key_of
from bot.sources.text.html import html_text

FILE_BYTES = 60_000_000
"""A version of a file that is larger is left out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as a version of a file holds it; `text` may have tags."""

    url: str
    title: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class RollingFeed:
    """The files that match a git pathspec, up to a commit, and how one is parsed."""

    name: str
    commit: str
    files: str
    parse: Callable[[bytes], Iterable[Entry]]


_LIST_OF_FEEDS = "Start.me"
"""What stands for the outlet of articles that come by way of a list of feeds."""


def _outlet(url: str) -> str:
    """The host of an address, as the name of its outlet."""
    return re.sub(r"^https?://(?:www\.)?|/.*", "", url)


def wire(data: bytes) -> Iterator[Entry]:
    """Newspapers of the Middle East and Pakistan, with the summaries of their feeds."""
    for row in json.loads(data)["items"]:
        url = re.split(r"\?(?:traffic_source|at_medium|utm_)", row.get("url") or "")[0]
        source = re.sub(r"\s+—.*", "", row.get("source") or "")
        source = _outlet(url) if source == _LIST_OF_FEEDS else source
        yield Entry(url, row.get("title") or "", row.get("summary") or "", source)


def dashboard(data: bytes) -> Iterator[Entry]:
    """Newspapers and broadcasters of many countries, by category."""
    for rows in json.loads(data)["categories"].values():
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
        yield Entry(url, row.get("title") or "", row.get("lead") or "", _outlet(url))


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


_WIRE = "d68da37dae7ae5705d73ea31c78690be66272553"
_DASHBOARD = "30a5e1bc077a96b11d66346bf5bc6844b61813ea"
ROLLING_FEEDS = (
    RollingFeed("middle_east", _WIRE, "data/feeds.json", wire),
    RollingFeed("dawn", _WIRE, "data/feeds.json", wire),
    RollingFeed("many_countries", _DASHBOARD, "docs/news.json", dashboard),
    RollingFeed("south_asia", _DASHBOARD, "docs/news.json", dashboard),
    RollingFeed(
        "renewables",
        "88602ffe6224adb22d066594484277ae84a7240b",
        ":(glob)data/*/current_articles.json",
        renewables,
    ),
    RollingFeed(
        "power", "b45a1db798603cd49966975dd9e8403b01ec842b", "docs/data/articles.json", listed
    ),
    RollingFeed(
        "shipping", "badeb7df51d3f0a3b18d9ab26b26f200ea8725a2", "data/articles.db", shipping
    ),
    RollingFeed(
        "sri_lanka", "0fcbad235160fea174d9a62153d877b8dfba8fe8", ":(glob)data/*.md", bulletins
    ),
    RollingFeed(
        "broadcasters", "28c2c5005207e15ec5d98bf6b02486c9eb6fbeb1", "data/world-news.json", listed
    ),
    RollingFeed("defence", "aeb6924f713379d526e6d6c1b03ead79a80ed4d0", "data/articles.db", defence),
)


def in_history(folder: Path, feed: RollingFeed, days: Mapping[str, date]) -> list[Item]:
    """The articles whose keys are in `days`, each of its day, from a clone that has the commit."""
    wanted = dict(days)
    found: list[Item] = []
    for data in _versions(folder, feed):
        found += _taken(_entries(feed, data), wanted)
        if not wanted:
            break
    return sorted(found, key=lambda each: (each.day, each.id))


def _entries(feed: RollingFeed, data: bytes) -> list[Entry]:
    """The entries of a version; none of one that was committed broken."""
    try:
        return list(feed.parse(data))
    except (ValueError, TypeError, LookupError, AttributeError, sqlite3.Error):
        return []


def _taken(entries: Iterable[Entry], wanted: dict[str, date]) -> Iterator[Item]:
    for each in entries:
        key = key_of(each.url)
        if each.title and key in wanted:
            title, text = html_text(each.title), html_text(each.text)
            text = "" if text == title else text
            day = wanted.pop(key)
            yield Item(day, key, each.url, each.url, title, text, each.source)


def _versions(folder: Path, feed: RollingFeed) -> Iterator[bytes]:
    """What the files were, oldest first, each content once."""
    command = ["git", "-C", str(folder), "log", "--reverse", "--format=", "--raw", "--no-abbrev"]
    command += ["--no-renames", "-m", "--first-parent", feed.commit, "--", feed.files]
    log = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    blobs = dict.fromkeys(line.split()[3] for line in log.splitlines() if line.startswith(":"))
    command = ["git", "-C", str(folder), "cat-file", "--batch"]
    pipe: Any = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as git:
        asked, answered = cast("IO[bytes]", git.stdin), cast("IO[bytes]", git.stdout)
        for blob in blobs:
            asked.write(f"{blob}\n".encode())
            asked.flush()
            head = answered.readline().split()
            if len(head) == 3:
                data = answered.read(int(head[2]) + 1)[:-1]
                if len(data) <= FILE_BYTES:
                    yield data
        asked.close()
