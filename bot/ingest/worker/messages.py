"""What the worker is asked to do, and what it answers; plain values that survive a pipe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.ingest.seen_items import Fresh
from bot.models import ParsedArticle, SourceKind
from bot.sources.feeds.entry import MOST_ITEMS, FeedLink


@dataclass(frozen=True, slots=True)
class ReadJob:
    """Read a body that came from `url`; kind None finds out what it is. `memory` is text."""

    url: str
    kind: SourceKind | None
    now: datetime
    charset: str | None = None
    memory: str | None = None
    most: int = MOST_ITEMS
    do: Literal["read"] = "read"


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed: what is fresh against the memory, and the memory to keep once that is stored."""

    title: str
    total: int
    fresh: tuple[Fresh, ...]
    memory: str
    dates: tuple[datetime, ...]
    wait: float | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a body turned out to be: a feed, an article, or a page that names feeds.

    `refused` says why it is neither feed nor article.
    """

    feed: FeedRead | None = None
    article: ParsedArticle | None = None
    links: tuple[FeedLink, ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class FolderJob:
    """Read what is new or changed in a folder."""

    path: str
    now: datetime
    max_bytes: int
    memory: str | None = None
    do: Literal["folder"] = "folder"


@dataclass(frozen=True, slots=True)
class FolderRead:
    """A folder's new articles; `more` says that others wait for the next look."""

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
    """What storing did."""

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
    """The job cannot be done, and why; `by_store` where the database is the reason."""

    reason: str
    by_store: bool = False


Job = ReadJob | FolderJob | StoreJob
Result = Read | FolderRead | Counts | Refused
