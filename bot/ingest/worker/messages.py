"""Jobs for the worker and their results: plain serialisable values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.ingest.seen_items import FreshEntry
from bot.models import ParsedArticle, SourceKind
from bot.sources.feeds.entry import MOST_ITEMS, FeedLink

UNDATED_NAMED = 5
"""Undated articles that are named with the reason."""


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
    """The number of articles by outcome; some undated ones are named with the reason.

    `kept_named` names those whose new version states no readable date: their first date stays.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    undated: int = field(default=0, compare=False)
    undated_named: tuple[str, ...] = field(default=(), compare=False)
    kept_named: tuple[str, ...] = field(default=(), compare=False)

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.undated + other.undated,
            (self.undated_named + other.undated_named)[:UNDATED_NAMED],
            (self.kept_named + other.kept_named)[:UNDATED_NAMED],
        )


def why_undated(article: ParsedArticle) -> str:
    """Say why an article is undated: "Dam bursts: its date “soon” cannot be read"."""
    stated = article.date_stated
    why = f"its date “{stated}” cannot be read" if stated else "it states no date"
    return f"{article.title}: {why}"


@dataclass(frozen=True, slots=True)
class Refused:
    """The job failed with this reason; `by_store` marks a database error."""

    reason: str
    by_store: bool = False


Job = ReadJob | FolderJob | StoreJob
Result = Read | FolderRead | Counts | Refused
