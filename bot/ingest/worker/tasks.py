"""What the worker reads: feeds, pages and folders. No network access."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import RefusedInput
from bot.ingest.seen_items import SeenItems, filter_seen
from bot.ingest.worker.messages import (
    FeedRead,
    FolderJob,
    FolderRead,
    Read,
    ReadJob,
)
from bot.models import ParsedArticle, SourceKind
from bot.sources.feeds.answers import feed_of_answer
from bot.sources.feeds.entry import FeedLink
from bot.sources.feeds.reader import is_feed, read_feed
from bot.sources.pages.article import parse_page
from bot.sources.pages.feed_links import feeds_on
from bot.sources.pages.not_feeds import why_no_feed
from bot.sources.text.clean import clean_line
from bot.sources.text.encoding import decode

if TYPE_CHECKING:  # few bots watch a folder, and the readers of files take 2 MB
    from bot.sources.files.reader import Refusal
    from bot.sources.files.safe_open import Found

FILES_AT_ONCE = 200
"""New files of a folder read in one poll."""

MOST_FILES = 20_000
"""The maximum number of files read in a folder."""

_REFUSALS_NAMED = 20
_SNIFFED = 65_536
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}<\?xml")


def read(job: ReadJob, body: bytes) -> Read:
    """Read a body: a feed, unless a page is expected; else an article and its feed links."""
    if not body.strip():
        return Read(refused="is empty")
    if job.kind is not SourceKind.PAGE and is_feed(body):
        found = _feed(job, body)
        return _answer(job, body) if (found.refused or "").startswith("is JSON") else found
    if job.kind is not SourceKind.PAGE and _is_json(body[:_SNIFFED]):
        return _answer(job, body)
    links = feeds_on(body, job.url, job.charset)
    if job.kind is SourceKind.FEED:
        return Read(links=links, refused=_why_no_feed(body[:_SNIFFED]))
    return _page(job, body, links)


def _page(job: ReadJob, body: bytes, links: tuple[FeedLink, ...]) -> Read:
    if why := _no_page(body[:_SNIFFED]):
        return Read(links=links, refused=why)
    try:
        article = parse_page(body, job.now, url=job.url, charset=job.charset)
    except RefusedInput as refused:
        return Read(links=links, refused=str(refused))
    return Read(links=links, article=article)


def read_folder(job: FolderJob) -> FolderRead:
    """Read the files that are not in the memory, a limited number at a time."""
    from bot.sources.files.safe_open import walk

    root = Path(job.path)
    if not root.is_dir():
        raise RefusedInput("there is no such folder")
    known = dict(SeenItems.from_text(job.memory).marks)
    found = [(each, _mark(each)) for each in islice(walk(root), MOST_FILES)]
    fresh = [(each, mark) for each, mark in found if mark and known.get(mark[0]) != mark[1]]
    some = fresh[:FILES_AT_ONCE]
    left = {mark for _, mark in fresh[FILES_AT_ONCE:]}
    articles: list[ParsedArticle] = []
    refused = []
    for outcome in _outcomes([each for each, _ in some], root, job):
        if isinstance(outcome, ParsedArticle):
            articles.append(outcome)
        else:
            refused.append(clean_line(f"{outcome.name} {outcome.reason}", 300))
    marks = tuple(mark for _, mark in found if mark and mark not in left)
    return FolderRead(
        articles=tuple(articles),
        memory=SeenItems(marks).as_text(),
        files=len(found),
        refused=tuple(refused[:_REFUSALS_NAMED]),
        more=bool(left),
    )


def _no_page(start: bytes) -> str | None:
    """The reason why a body is not a page either: JSON, XML of another kind, an error."""
    why = _why_no_feed(start)
    declared = _XML.match(start) is not None and why.startswith("is XML")
    return why if declared or why.startswith(("is JSON", "is a server", "is a list")) else None


def _is_json(start: bytes) -> bool:
    return _why_no_feed(start).startswith("is JSON")


def _answer(job: ReadJob, body: bytes) -> Read:
    """Read a news service's answer as a feed."""
    try:
        feed = feed_of_answer(decode(body, job.charset), job.url).encode("utf-8", "replace")
    except RefusedInput as refused:
        said = str(refused)
        return Read(
            refused=said if said.startswith("is JSON ") else f"is JSON, but not a feed: it {said}"
        )
    return _feed(replace(job, charset="utf-8"), feed)


def _why_no_feed(start: bytes) -> str:
    """The reason why a body is not a feed, by its start."""
    try:
        return why_no_feed(decode(start))
    except RefusedInput:
        return "is not a feed"


def _feed(job: ReadJob, body: bytes) -> Read:
    try:
        feed = read_feed(body, job.now, url=job.url, charset=job.charset, most=job.most)
    except RefusedInput as refused:
        return Read(refused=str(refused))
    sifted = filter_seen(feed.entries, SeenItems.from_text(job.memory))
    memory = sifted.memory.as_text()
    return Read(FeedRead(feed.title, feed.total, sifted.fresh, memory, feed.dates, feed.wait))


def _outcomes(found: list[Found], root: Path, job: FolderJob) -> Iterator[ParsedArticle | Refusal]:
    from bot.sources.files.options import ReadOptions
    from bot.sources.files.reader import read_paths

    for each in found:
        options = ReadOptions(job.now, job.max_bytes)
        yield from read_paths([each.path], options, within=root)


def _mark(found: Found) -> tuple[str, str] | None:
    """The file's name and its time and size; None for what is not a file of the folder."""
    if found.refused:
        return None
    try:
        told = found.path.stat()
    except OSError:
        return None
    name = hashlib.sha256(str(found.path).encode("utf-8", "surrogateescape")).hexdigest()
    return f"f{name[:16]}", f"{told.st_mtime_ns:x} {told.st_size:x}"
