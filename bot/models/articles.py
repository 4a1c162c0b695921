"""Articles and the topics that they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stored(StrEnum):
    """What storing an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, `since` included and `until` not."""

    since: datetime
    until: datetime

    def __contains__(self, instant: datetime) -> bool:
        return self.since <= instant < self.until


@dataclass(frozen=True, slots=True)
class Topic:
    """What people ask about. `terms` maps a word or phrase to its weight.

    A word of 2 to 4 capitals ("IT", "US") matches only in capitals; all others match in any case
    and inflection. `exclusions` are phrases whose words count for nothing ("social security"); in a
    channel's own topic they keep an article out. `channel_id` is None for a built-in topic;
    `threshold` is the share of the usual evidence that it requires.
    """

    name: str
    title: str
    description: str
    terms: dict[str, float]
    exclusions: tuple[str, ...] = ()
    channel_id: int | None = None
    threshold: float = 1.0


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How much an article is about a topic: `score` in 0..1, and readable reasons.

    Only scores that reach the threshold of the topic are stored on an article.
    """

    topic: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """One text from a file, feed or page; cleaned, but neither scored nor stored.

    `key` is the publisher's own id or GUID, if there is one; `origin` is the file that it was read
    from, which distinguishes articles without key and address.
    """

    title: str
    text: str
    url: str | None = None
    key: str | None = None
    summary: str | None = None
    source: str | None = None
    category: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published.

    `id` is a stable hash of where it was published; `content_hash` changes with title or text.
    `text` is plain text in NFC with one blank line between paragraphs; citations count code points.
    """

    id: str
    title: str
    text: str
    source: str
    published_at: datetime
    fetched_at: datetime
    content_hash: str
    url: str | None = None
    category: str | None = None
    author: str | None = None
    summary: str | None = None
    language: str | None = None
    topics: tuple[TopicScore, ...] = ()
    story_id: str | None = None
