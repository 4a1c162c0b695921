"""Articles and the topics that they are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

UNDATED = datetime(1800, 1, 1, tzinfo=UTC)
"""Stands in `published_at` of an article without a known date: it is before every window."""


class Stored(StrEnum):
    """What storing an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class DatePrecision(StrEnum):
    """How exact the date of an article is."""

    TIME = "time"
    DAY = "day"
    UNKNOWN = "unknown"


class ArticleKind(StrEnum):
    """What an article is. Only news is told; the rest is stored and can be searched."""

    NEWS = "news"
    ADVERT = "advert"
    DEALS = "deals"
    HOROSCOPE = "horoscope"
    PRESS_RELEASE = "press_release"


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
    `threshold` is the share of the usual evidence that it requires. `languages` are the codes of
    those that a built-in topic has words in.
    """

    name: str
    title: str
    description: str
    terms: dict[str, float]
    exclusions: tuple[str, ...] = ()
    channel_id: int | None = None
    threshold: float = 1.0
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How much an article is about a topic: `score` in 0..1, and readable reasons.

    Only scores that reach the topic's threshold are ever stored on an article. `worth` in 0..3 is
    what the article alone is worth telling on the topic; None where it was not judged yet.
    """

    topic: str
    score: float
    reasons: tuple[str, ...] = ()
    worth: float | None = None


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
    date_precision: DatePrecision = DatePrecision.TIME
    date_stated: str | None = None
    kind: ArticleKind = ArticleKind.NEWS
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text as published.

    `id` is a stable hash of where it was published; `content_hash` changes with title or text.
    `text` is plain text in NFC with one blank line between paragraphs; citations count code points.
    `published_at` is UNDATED where the date is unknown, and midnight where only the day is known;
    `date_stated` is then the date as written, if there is any. `guid` is its feed's name for it.
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
    date_precision: DatePrecision = DatePrecision.TIME
    date_stated: str | None = None
    kind: ArticleKind = ArticleKind.NEWS
    guid: str | None = None

    @property
    def is_dated(self) -> bool:
        """Whether it is known when, or at least on which day, it was published."""
        return self.date_precision is not DatePrecision.UNKNOWN

    @property
    def has_time(self) -> bool:
        """Whether it is known at what time of its day it was published."""
        return self.date_precision is DatePrecision.TIME

    @property
    def is_tellable(self) -> bool:
        """Whether a briefing may tell it: news with a known date."""
        return self.is_dated and self.kind is ArticleKind.NEWS
