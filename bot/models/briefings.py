"""Briefings: bullets with their evidence, and how they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.models.articles import Window


class BulletStatus(StrEnum):
    """The status of a bullet against what its channel received before."""

    NEW = "new"
    UPDATED = "updated"
    ONGOING = "ongoing"


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a bullet: `article.text[start:end] == quote`, always."""

    article_id: str
    title: str
    source: str
    url: str | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """One or two sentences on a story, proved by its citations.

    `change` says what an updated story adds ("death toll rises to 31 from 24"), if it is known.
    `told_at` is when a digest told the story before; it is None for a new one.
    """

    text: str
    story_id: str
    published_at: datetime
    sources_count: int
    citations: tuple[Citation, ...]
    status: BulletStatus = BulletStatus.NEW
    engine: str = "extractive"
    change: str | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A bullet that was not sent, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One topic's bullets, most important first."""

    topic: str
    title: str
    bullets: tuple[Bullet, ...]


@dataclass(frozen=True, slots=True)
class Engine:
    """What wrote the bullets, and the code of the requested language, if any."""

    name: str
    version: str
    model: str | None = None
    prompt_version: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the briefing was made from."""

    articles_considered: int
    articles_used: int
    sources: int
    sources_failing: tuple[str, ...]
    newest_article_at: datetime | None


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One request to a language model: its raw answer and its cost.

    `parameters` is JSON; `cost` is in millionths of a dollar; a `cached` answer cost nothing.
    `fault` is the reason if there is no answer.
    """

    subject: str
    model: str
    prompt_version: str
    parameters: str
    answer: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    seconds: float = 0.0
    cached: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """Sections of bullets for topics and a window; stored whole and never changed."""

    id: str
    created_at: datetime
    window: Window
    timezone: str
    engine: Engine
    sections: tuple[Section, ...]
    coverage: Coverage
    dropped: tuple[Dropped, ...] = ()
    calls: tuple[ModelCall, ...] = ()

    @property
    def bullets(self) -> tuple[Bullet, ...]:
        """Every bullet in reading order: bullet N of a chat is `bullets[N - 1]`."""
        return tuple(bullet for section in self.sections for bullet in section.bullets)
