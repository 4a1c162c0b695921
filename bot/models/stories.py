"""Stories: the articles on one event, and what a channel was told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.models.articles import Article


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one event, oldest first; `headline` is its representative title."""

    id: str
    headline: str
    first_seen: datetime
    last_seen: datetime
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class StoryCandidate:
    """A story that a new article may belong to, with the `features` of its newest articles."""

    story_id: str
    first_seen: datetime
    last_seen: datetime
    features: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel was told of a story, a statement a line, the latest first, and when last."""

    story_id: str
    text: str
    at: datetime
    by_digest: bool
