"""Jobs for the worker and their results: plain serialisable values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.ingest.seen_items import FreshEntry
from bot.models import ParsedArticle, SourceKind
from bot.sources.feeds.entry import MOST_ITEMS, FeedLink


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Read a body that came from `url`; with kind None the kind is detected."""

    url: str
    kind: SourceKind | None
    now: datetime
    charset: str | None = None
    memory: str | None = None
    most: int = MOST_ITEMS
    do: Literal["read"] = "read"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed: its new entries, and the memory to keep once they are stored."""

    title: str
    total: int
    fresh: tuple[FreshEntry, ...]
    memory: str
    dates: tuple[datetime, ...]
    wait: float | None


@dataclass(frozen=True, slots=True)
class Read:
    """The content of a body: a feed, an article, or a page with feed links.

    `refused` says why it is neither feed nor article.
    """

    feed: FeedRead | None = None
    article: ParsedArticle | None = None
    links: tuple[FeedLink, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class FolderJob:
    """Read the new and changed files of a folder."""

    path: str
    now: datetime
    max_bytes: int
    memory: str | None = None
    do: Literal["folder"] = "folder"


@dataclass(frozen=True, slots=True)
class FolderRead:
    """A folder's new articles; `more` says that others wait for the next poll."""

    articles: tuple[ParsedArticle, ...]
    memory: str
    files: int
    refused: tuple[str, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class StoreJob:
    """Store these articles of a source."""

    articles: tuple[ParsedArticle, ...]
    source: str | None
    now: datetime
    do: Literal["store"] = "store"


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of articles by outcome."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """The job failed with this reason; `by_store` marks a database error."""

    reason: str
    by_store: bool = False


Job = ReadJob | FolderJob | StoreJob
Result = Read | FolderRead | Counts | Refused
