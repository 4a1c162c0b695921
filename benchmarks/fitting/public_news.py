"""Public collections of news that editors labelled: what their files are and how they are read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import tarfile
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any, cast

from benchmarks.report import read_jsonl

FILE_BYTES = 8_000_000
"""The most that is read of one file of a repository."""

ALLSIDES_START, ALLSIDES_DAYS = date(2021, 4, 19), 4
"""AllSides has few articles a day: editors read windows of four days, named after the first."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article of a collection; `key` and `day` find its label, `id` is the collection's own."""

    day: date
    key: str
    id: str
    url: str
    title: str
    text: str
    source: str
    category: str | None = None


Parse = Callable[[str, bytes], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Repository:
    """The files under `folder` at a commit, and how one is parsed from its path and bytes.

    `articles` is how many the editors read: others would be taken for off topic.
    """

    name: str
    commit: str
    folder: str
    articles: int
    parse: Parse


def key_of(identity: str) -> str:
    """The key of an article in the labels: 12 hexadecimal digits."""
    return hashlib.sha256(identity.encode()).hexdigest()[:12]


def pakistani(path: str, data: bytes) -> Iterator[Item]:
    """A page of Dawn or APP; none if its date is more than a day from the day of its folder."""
    found = re.fullmatch(r"(\w+)/articles/(\d{4})/(\d\d)/(\d\d)/([^/]+)\.json", path)
    if not found:
        return
    outlet, year, month, day, name = found.groups()
    row, listed = json.loads(data), date(int(year), int(month), int(day))
    published = _date(row.get("date_published"))
    if published is None or abs(published - listed) <= timedelta(days=1):
        url = row.get("link") or f"data/{path}"
        source = "Dawn" if outlet == "dawn" else "APP"
        title, text = row.get("title") or "", row.get("content") or ""
        yield Item(listed, key_of(path), name, url, title, text, source)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def world(path: str, data: bytes) -> Iterator[Item]:
    """A page of one of many outlets, as Markdown: its full text, or else its summary."""
    day, _, rest = path.partition("/")
    page = data.decode("utf-8", "replace")
    title = _first(r"^# (.*)$", page)
    if title and rest:
        place = f"news/{path}"
        summary = _first(r"## Summary\n(.*?)(?=\n## |\Z)", page, re.DOTALL)
        yield Item(
            day=date.fromisoformat(day),
            key=key_of(path),
            id=place,
            url=_first(r"\*\*Source:\*\* \[(.*?)\]", page) or place,
            title=title,
            text=_first(r"## Full Article\n(.*)", page, re.DOTALL) or summary,
            source=_first(r"\*\*Publisher:\*\* (.*)", page),
            category=rest.split("/")[0],
        )


def _first(pattern: str, page: str, flags: int = re.MULTILINE) -> str:
    found = re.search(pattern, page, flags)
    return found[1].strip() if found else ""


def energy(path: str, data: bytes) -> Iterator[Item]:
    """The teasers of the trade press, from one table of all days."""
    if path != "deepwater_news.csv":
        return
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        day, url = date.fromisoformat(row["date"]), row["url"]
        text, source = row["description"], row["source"]
        yield Item(day, key_of(url), url, url, row["title"], text, source, row["category"])


REPOSITORIES = (
    Repository("pk", "b0dabd22a0086d29d54129bf571ec10588070823", "data", 4_732, pakistani),
    Repository("world", "1a919da32ec9c93f984a92c9c1ab7f0635a0225b", "news", 5_230, world),
    Repository("energy", "cb35b622f9dce37efb3d770895fcdc098ae6526b", "docs/data", 2_695, energy),
)
ALLSIDES = ("allsides", 757)


def in_repository(folder: Path, repository: Repository, days: frozenset[date]) -> list[Item]:
    """The articles of some days in a clone; raises ValueError if git cannot give them all."""
    tree = f"{repository.commit}:{repository.folder}"
    command = [
        "git",
        "-C",
        str(folder),
        "-c",
        "core.autocrlf=false",
        "archive",
        "--format=tar",
        tree,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as git:
        try:
            items = list(_items(cast("IO[bytes]", git.stdout), repository.parse, {None, *days}))
        except tarfile.TarError as error:
            raise ValueError(f"{folder}: git archive {tree} failed: {error}") from error
    found = [each for each in items if each.day in days]
    return sorted(found, key=lambda each: (each.day, each.id))


def _items(stream: IO[bytes], parse: Parse, days: Container[date | None]) -> Iterator[Item]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for each in archive:
            if each.isfile() and each.size <= FILE_BYTES and _day_in(each.name) in days:
                taken = archive.extractfile(each)
                yield from parse(each.name, taken.read() if taken else b"")


def _day_in(path: str) -> date | None:
    found = re.search(r"\b(\d{4})[-/](\d\d)[-/](\d\d)\b", path)
    return _date("-".join(found.groups())) if found else None


def in_allsides(path: Path) -> list[Item]:
    """The articles of a file of AllSides; raises ValueError if it is no such file."""
    try:
        items = [_allsides_item(row) for row in read_jsonl(path)]
    except KeyError as error:
        raise ValueError(f"{path}: a row has no {error}") from error
    return sorted(items, key=lambda each: (each.day, each.id))


def _allsides_item(row: dict[str, Any]) -> Item:
    day, url = _window(row["date"]), row["url"]
    return Item(day, key_of(url), row["id"], url, row["title"], row["text"], row["source"])


def _window(time: str) -> date:
    passed = (date.fromisoformat(time[:10]) - ALLSIDES_START).days
    return ALLSIDES_START + timedelta(days=passed - passed % ALLSIDES_DAYS)
