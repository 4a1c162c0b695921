"""Read files and folders into articles; each refused part is named with the reason."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import RefusedInput
from bot.models import DatePrecision, ParsedArticle
from bot.sources.feeds.answers import feed_of_answer
from bot.sources.feeds.reader import read_feed
from bot.sources.files.documents import docx_text, pdf_text
from bot.sources.files.formats import SNIFFED, format_of
from bot.sources.files.jsonl import FIELDS, OTHER_NAMES, as_article
from bot.sources.files.mail import parse_mail
from bot.sources.files.markdown import parse_markdown
from bot.sources.files.options import ReadOptions
from bot.sources.files.plain_text import parse_plain
from bot.sources.files.safe_open import Found, opened, walk
from bot.sources.files.table import rows
from bot.sources.pages.article import parse_page
from bot.sources.pages.server_errors import is_server_error
from bot.sources.pages.shown_source import shown_feed
from bot.sources.pages.walls import has_body, wall_refusal, without_walls
from bot.sources.text.clean import clean_line
from bot.sources.text.encoding import decode
from bot.sources.text.json import read_json

LARGEST_JSONL = 100
LARGEST_FEED = 8
LARGEST_DOCUMENT = 10
"""The size limits of files with many articles or pictures, as multiples of the limit of one."""

_LARGEST = {
    "jsonl": LARGEST_JSONL,
    "csv": LARGEST_JSONL,
    "feed": LARGEST_FEED,
    "pdf": LARGEST_DOCUMENT,
    "docx": LARGEST_DOCUMENT,
}
_WRAPPERS = ("articles", "items", "results", "data", "docs", "documents", "stories", "news")
_TEXTS = frozenset({"text", *(name for name, field in OTHER_NAMES.items() if field == "text")})
_NO_RECORD = frozenset({b"", b"[", b"]", b"],"})
"""Lines without a record, in a file whose lines are those of one list."""

_MOST_REFUSALS = 100
"""The number of refused lines without one article after which reading stops."""
_MOST_UNKNOWN = 1_000
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a parser may raise on a file that nobody thought of: it costs that file alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused file, line or record: its name and the reason."""

    name: str
    reason: str


Outcome = ParsedArticle | Refusal


def read_paths(
    paths: Iterable[Path], options: ReadOptions, *, within: Path | None = None
) -> Iterator[Outcome]:
    """Yield the articles and refusals of files and folders; nothing outside of `within` is read."""
    for path in paths:
        met = False
        for found in walk(path, within):
            met = True
            yield from _read(found, options)
        if not met:
            yield _refusal(str(path), "the folder holds no files")


def parse(data: bytes, name: str, options: ReadOptions) -> list[Outcome]:
    """Read the articles in one file's bytes; `name` is for refusals and to detect the format."""
    return list(_guarded(io.BytesIO(data), len(data), name, options))


def _read(found: Found, options: ReadOptions) -> Iterator[Outcome]:
    name = str(found.path)
    if found.refused:
        yield _refusal(name, found.refused)
        return
    try:
        with opened(found) as (file, size):
            outcomes = _dated(_guarded(file, size, name, options), found.path, options)
            yield from _with_origin(outcomes, found.path.name)
    except RefusedInput as refused:
        yield _refusal(name, str(refused))
    except OSError as error:
        yield _refusal(name, f"cannot be read: {(error.strerror or 'error').lower()}")


def _dated(outcomes: Iterable[Outcome], path: Path, options: ReadOptions) -> Iterator[Outcome]:
    """Give articles without a date the one that the options say."""
    at = options.date
    if at is None and options.file_dates:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    day = options.date is not None
    precision = DatePrecision.DAY if day else DatePrecision.TIME
    for each in outcomes:
        if at is None or isinstance(each, Refusal) or each.published_at:
            yield each
        else:
            yield replace(each, published_at=at, date_precision=precision, date_stated=None)


def _with_origin(outcomes: Iterable[Outcome], name: str) -> Iterator[Outcome]:
    """Set the origin of each article: the file name, with a number where title and time repeat."""
    seen: Counter[tuple[str, datetime | None]] = Counter()
    shown = os.fsencode(name).decode("utf-8", "replace")
    for each in outcomes:
        if isinstance(each, Refusal):
            yield each
            continue
        alike = each.title, each.published_at
        seen[alike] += 1
        yield replace(each, origin=f"{shown}#{seen[alike]}")


def _guarded(file: BinaryIO, size: int, name: str, options: ReadOptions) -> Iterator[Outcome]:
    try:
        yield from _articles(file, size, name, options)
    except RefusedInput as refused:
        yield _refusal(name, str(refused))
    except _FAULTS:
        yield _refusal(name, "cannot be read as an article")


def _articles(file: BinaryIO, size: int, name: str, options: ReadOptions) -> Iterator[Outcome]:
    _check_size(size, options.max_bytes * LARGEST_JSONL)
    head = file.read(SNIFFED)
    if not head.strip():
        raise RefusedInput("is empty")
    kind = format_of(head, name) if options.read_as == "auto" else options.read_as
    largest = options.max_bytes * _LARGEST.get(kind, 1)
    _check_size(size, largest)
    file.seek(0)
    if kind == "jsonl" and not head.startswith(_WIDE_MARKS):
        yield from _json_lines(file, name, options)
        return
    data = file.read(largest + 1)
    _check_size(len(data), largest)
    if kind == "jsonl":
        lines = io.BytesIO(decode(data).encode("utf-8", "replace"))
        yield from _json_lines(lines, name, options)
    elif kind == "json":
        yield from _json_whole(decode(data), name, options)
    elif kind == "csv":
        numbered = ((f"{name}:{n}", row) for n, row in rows(decode(data)))
        yield from _records(numbered, options)
    elif kind == "feed":
        yield from _feed(data, options.now)
    elif kind == "html" and (shown := shown_feed(decode(data))) is not None:
        yield from _feed(shown.encode("utf-8", "replace"), options.now)
    else:
        yield _WHOLE[kind](data, options.now)


def _check_size(size: int, largest: int) -> None:
    if size > largest:
        raise RefusedInput(f"has {size:,} bytes, more than the {largest:,} allowed")


def _feed(data: bytes, now: datetime) -> Iterator[Outcome]:
    feed = read_feed(data, now)
    for entry in feed.entries:
        yield replace(entry.article, source=entry.article.source or feed.title or None)


def _json_whole(text: str, name: str, options: ReadOptions) -> Iterator[Outcome]:
    value = read_json(text)
    if _is_answer(value):
        found = list(_feed(feed_of_answer(text).encode("utf-8", "replace"), options.now))
        if not found:
            raise RefusedInput("holds no article")
        yield from found
        return
    records = value if isinstance(value, list) else _wrapped(value) or [value]
    if not records:
        raise RefusedInput("holds no article")
    yield from _records(((f"{name}[{n}]", each) for n, each in enumerate(records, 1)), options)


def _is_answer(value: Any) -> bool:
    """Whether its records are those of a news service, without the text that files have."""
    records = value if isinstance(value, list) else _wrapped(value) or [value]
    return bool(records) and isinstance(records[0], dict) and not all(map(_has_text, records))


def _has_text(record: Any) -> bool:
    """Whether a record names a text that is more than its description, and no nested outlet."""
    if not isinstance(record, dict) or isinstance(record.get("source"), dict):
        return False
    named = {str(name).lower(): each for name, each in record.items() if isinstance(each, str)}
    texts = [each for name, each in named.items() if name in _TEXTS]
    return bool(texts) and len(max(texts, key=len)) >= len(named.get("description", ""))


def _wrapped(value: Any) -> list[Any]:
    """The records of an answer that holds them beside its status, as those of news services do."""
    if not isinstance(value, dict) or not FIELDS.isdisjoint({"text", "content"} & value.keys()):
        return []
    lists = (value.get(name) for name in _WRAPPERS)
    return next((each for each in lists if isinstance(each, list) and each), [])


def _records(named: Iterable[tuple[str, Any]], options: ReadOptions) -> Iterator[Outcome]:
    for name, record in named:
        try:
            yield _record(record, options)
        except RefusedInput as refused:
            yield _refusal(name, str(refused))


def _record(record: Any, options: ReadOptions) -> ParsedArticle:
    """An article of a record; the names in it that are not read are counted."""
    article = as_article(record, options.now)
    for each in record:
        name = str(each)
        if name.lower() not in FIELDS and len(options.unknown) < _MOST_UNKNOWN:
            options.unknown[clean_line(name, 60)] += 1
    return article


def _json_lines(file: BinaryIO, name: str, options: ReadOptions) -> Iterator[Outcome]:
    articles = refusals = 0
    for number, line in enumerate(_bounded_lines(file, options.max_bytes), 1):
        if line is not None and line.strip() in _NO_RECORD:
            continue
        outcome = _json_line(line, f"{name}:{number}", options)
        yield outcome
        articles += isinstance(outcome, ParsedArticle)
        refusals += isinstance(outcome, Refusal)
        if not articles and refusals == _MOST_REFUSALS:
            raise RefusedInput(f"holds no article in {number} lines: the rest was not read")
    if not articles and not refusals:
        raise RefusedInput("holds no article")


def _json_line(line: bytes | None, name: str, options: ReadOptions) -> Outcome:
    if line is None:
        return _refusal(name, f"has more than the {options.max_bytes:,} bytes allowed")
    try:
        return _record(read_json(decode(line).strip().removesuffix(",")), options)
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


def _text(data: bytes, now: datetime) -> ParsedArticle:
    """A text file; what was copied from a wall or an error page is refused."""
    article = parse_plain(decode(data), now)
    paragraphs = article.text.split("\n\n")
    unwalled = without_walls(paragraphs, trusted=has_body(paragraphs))
    if unwalled.wall and unwalled.whole:
        raise wall_refusal(unwalled.wall)
    if is_server_error(f"{article.title}\n{article.text}"):
        raise wall_refusal("error")
    return article


def _markdown(data: bytes, now: datetime) -> ParsedArticle:
    return parse_markdown(decode(data), now)


def _pdf(data: bytes, now: datetime) -> ParsedArticle:
    return parse_plain(pdf_text(data), now)


def _docx(data: bytes, now: datetime) -> ParsedArticle:
    return parse_plain(docx_text(data), now)


_WHOLE: dict[str, Callable[[bytes, datetime], ParsedArticle]] = {
    "text": _text,
    "markdown": _markdown,
    "html": parse_page,
    "mail": parse_mail,
    "pdf": _pdf,
    "docx": _docx,
}


def _refusal(name: str, reason: str) -> Refusal:
    return Refusal(clean_line(name, 1_000), reason)
