"""Read files and folders into articles; each refused part is named with the reason."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO

from bot.errors import RefusedInput
from bot.models import ParsedArticle
from bot.sources.feeds.reader import is_feed, read_feed
from bot.sources.files.jsonl import as_article, parse_json
from bot.sources.files.plain_text import parse_plain
from bot.sources.files.safe_open import Found, opened, walk
from bot.sources.pages.article import parse_page
from bot.sources.text.clean import clean_line
from bot.sources.text.encoding import decode
from bot.sources.text.json import read_json

LARGEST_JSONL = 100
LARGEST_FEED = 8
"""The size limits of files with many articles, as multiples of the limit of one."""

_SNIFFED = 4096
_MOST_REFUSALS = 100
"""The number of refused lines without one article after which reading stops."""
_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}
_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF|opml)\b", re.IGNORECASE)
_JSON_LINE = re.compile(r'\s*\{\s*"')
_JSON_LINES = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused file, line or record: its name and the reason."""

    name: str
    reason: str


Outcome = ParsedArticle | Refusal


def read_paths(
    paths: Iterable[Path],
    *,
    max_bytes: int,
    now: datetime,
    read_as: str = "auto",
    within: Path | None = None,
) -> Iterator[Outcome]:
    """Yield the articles and refusals of files and folders.

    `read_as` is auto, text, html, json, jsonl or feed.
    No article may exceed `max_bytes`. Nothing outside of `within`, if it is given, is read.
    """
    for path in paths:
        met = False
        for found in walk(path, within):
            met = True
            yield from _read(found, read_as, max_bytes, now)
        if not met:
            yield _refusal(str(path), "the folder holds no files")


def parse(
    data: bytes, read_as: str, name: str, *, now: datetime, max_bytes: int = 2_000_000
) -> list[Outcome]:
    """Read the articles in one file's bytes; `name` is for refusals and to detect the format."""
    return list(_guarded(io.BytesIO(data), len(data), read_as, name, max_bytes, now))


def _read(found: Found, read_as: str, max_bytes: int, now: datetime) -> Iterator[Outcome]:
    name = str(found.path)
    if found.refused:
        yield _refusal(name, found.refused)
        return
    try:
        with opened(found) as (file, size):
            yield from _with_origin(
                _guarded(file, size, read_as, name, max_bytes, now), found.path.name
            )
    except RefusedInput as refused:
        yield _refusal(name, str(refused))
    except OSError as error:
        yield _refusal(name, f"cannot be read: {(error.strerror or 'error').lower()}")


def _with_origin(outcomes: Iterable[Outcome], name: str) -> Iterator[Outcome]:
    """Set the origin of each article: the file name, with a number where title and time repeat."""
    seen: Counter[tuple[str, datetime | None]] = Counter()
    for each in outcomes:
        if isinstance(each, Refusal):
            yield each
            continue
        alike = each.title, each.published_at
        seen[alike] += 1
        yield replace(each, origin=f"{name}#{seen[alike]}")


def _guarded(
    file: BinaryIO, size: int, read_as: str, name: str, max_bytes: int, now: datetime
) -> Iterator[Outcome]:
    try:
        yield from _articles(file, size, read_as, name, max_bytes, now)
    except RefusedInput as refused:
        yield _refusal(name, str(refused))


def _articles(
    file: BinaryIO, size: int, read_as: str, name: str, max_bytes: int, now: datetime
) -> Iterator[Outcome]:
    _check_size(size, max_bytes * LARGEST_JSONL)
    head = file.read(_SNIFFED)
    if not head.strip():
        raise RefusedInput("is empty")
    kind = _sniffed(head, name) if read_as == "auto" else read_as
    largest = max_bytes * {"jsonl": LARGEST_JSONL, "feed": LARGEST_FEED}.get(kind, 1)
    _check_size(size, largest)
    file.seek(0)
    if kind == "jsonl" and not head.startswith(_WIDE_MARKS):
        yield from _json_lines(file, name, max_bytes, now)
        return
    data = file.read(largest + 1)
    _check_size(len(data), largest)
    if kind == "jsonl":
        lines = io.BytesIO(decode(data).encode("utf-8", "replace"))
        yield from _json_lines(lines, name, max_bytes, now)
    elif kind == "json":
        yield from _json_whole(decode(data), name, now)
    elif kind == "feed":
        yield from _feed(data, now)
    else:
        yield _WHOLE[kind](data, now)


def _check_size(size: int, largest: int) -> None:
    if size > largest:
        raise RefusedInput(f"has {size:,} bytes, more than the {largest:,} allowed")


def _feed(data: bytes, now: datetime) -> Iterator[Outcome]:
    feed = read_feed(data, now)
    for entry in feed.entries:
        yield replace(entry.article, source=entry.article.source or feed.title or None)


def _json_whole(text: str, name: str, now: datetime) -> Iterator[Outcome]:
    value = read_json(text)
    records = value if isinstance(value, list) else [value]
    if not records:
        raise RefusedInput("holds no article")
    for number, record in enumerate(records, 1):
        try:
            yield as_article(record, now)
        except RefusedInput as refused:
            yield _refusal(f"{name}[{number}]", str(refused))


def _json_lines(file: BinaryIO, name: str, max_bytes: int, now: datetime) -> Iterator[Outcome]:
    articles = refusals = 0
    for number, line in enumerate(_bounded_lines(file, max_bytes), 1):
        if line is not None and not line.strip():
            continue
        outcome = _json_line(line, f"{name}:{number}", max_bytes, now)
        yield outcome
        articles += isinstance(outcome, ParsedArticle)
        refusals += isinstance(outcome, Refusal)
        if not articles and refusals == _MOST_REFUSALS:
            raise RefusedInput(f"holds no article in {number} lines: the rest was not read")
    if not articles and not refusals:
        raise RefusedInput("holds no article")


def _json_line(line: bytes | None, name: str, max_bytes: int, now: datetime) -> Outcome:
    if line is None:
        return _refusal(name, f"has more than the {max_bytes:,} bytes allowed")
    try:
        return parse_json(decode(line), now)
    except RefusedInput as refused:
        return _refusal(name, str(refused))


def _bounded_lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """Yield lines; None stands for one longer than `max_bytes`, which is never held in memory."""
    while line := file.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(max_bytes)
        yield None


def _sniffed(head: bytes, name: str) -> str:
    """The format: by content where it is clear, else by suffix, else text."""
    suffix = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if suffix in {"jsonl", "html"}:
        return suffix
    start = decode(head)
    if suffix == "json":
        return "jsonl" if _JSON_LINES.match(start) else suffix
    if _PAGE.match(start):
        return "html"
    if is_feed(head):
        return "feed"
    if _XML.match(start):
        raise RefusedInput("is XML, which is not read as an article")
    return "jsonl" if _JSON_LINE.match(start) else "text"


def _text(data: bytes, now: datetime) -> ParsedArticle:
    return parse_plain(decode(data), now)


_WHOLE: dict[str, Callable[[bytes, datetime], ParsedArticle]] = {"text": _text, "html": parse_page}


def _refusal(name: str, reason: str) -> Refusal:
    return Refusal(clean_line(name, 1_000), reason)
