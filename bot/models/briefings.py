"""Briefings: bullets with their evidence, and how they were made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.languages import marked
from bot.models.articles import Article, Window


class BulletStatus(StrEnum):
    """The status of a bullet against what its channel received before."""

    NEW = "new"
    UPDATED = "updated"
    ONGOING = "ongoing"


class CitedField(StrEnum):
    """The part of an article that a citation quotes."""

    TEXT = "text"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of a bullet: `article[field][start:end] == quote`, always.

    `start` and `end` count code points of the field as stored. `affiliation` says whose voice the
    source is ("state media"), if it is known to be anyone's.
    """

    article_id: str
    title: str
    source: str
    url: str | None
    quote: str
    start: int
    end: int
    field: CitedField = CitedField.TEXT
    affiliation: str | None = None

    def is_verbatim(self, article: Article) -> bool:
        """Whether the article holds the quote where the citation says."""
        whole = article.title if self.field is CitedField.TITLE else article.text
        return whole[self.start : self.end] == self.quote


@dataclass(frozen=True, slots=True)
class Bullet:
    """One or two sentences on a story, proved by its citations.

    `change` says what an updated story adds ("death toll rises to 31 from 24"), if it is known.
    `sources_count` counts the outlets that report its event in the briefing's window,
    `independent_sources` those of them whose text is not a copy of another's. `attribution` says
    whose account it is where one side alone gives it; `language` is the code of the language of the
    text, where it is not English.
    `told_at` is when a digest told the story before; it is None for a new one. `rank` is the place
    by importance where a digest's section has another order.
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
    independent_sources: int | None = None
    attribution: str | None = None
    language: str | None = None
    rank: int = field(default=0, compare=False)


class UntoldReason(StrEnum):
    """Why a story on a section's topic got no bullet."""

    LESS = marked("matters less than what is told")
    NO_NEWS = marked("is no report of news: opinion, background, a list or the like")
    OFF_TOPIC = marked("is about something else")
    UNQUOTABLE = marked("has no plain sentence that can be quoted, or says what is told already")


@dataclass(frozen=True, slots=True)
class Untold:
    """A story on a section's topic that got no bullet, and why."""

    title: str
    source: str
    url: str | None
    reason: UntoldReason


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many stories on a section's topic got no bullet for one reason."""

    reason: UntoldReason
    stories: int


@dataclass(frozen=True, slots=True)
class LanguageCount:
    """How many articles are in a language, given by its code."""

    language: str
    articles: int


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A story that a digest told before, of which later articles say nothing new."""

    story_id: str
    title: str
    source: str
    url: str | None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A bullet that was not sent, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Section:
    """One topic's bullets, most important first, and the stories left untold, likewise.

    In a digest the new come before the changed. `untold` names the first of the stories that
    `left_out` counts; `unread` counts the articles in languages that the topic does not read.
    `filtered_out` counts the stories on the topic that the reader's filter kept out. A section
    without bullets names in `told_under` the topics whose sections tell its events.
    """

    topic: str
    title: str
    bullets: tuple[Bullet, ...]
    untold: tuple[Untold, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    going_on: tuple[GoingOn, ...] = ()
    unread: tuple[LanguageCount, ...] = ()
    filtered_out: int = 0
    told_under: tuple[str, ...] = ()


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
    """What the briefing was made from; `languages` counts articles whose language is known."""

    articles_considered: int
    articles_used: int
    sources: int
    sources_failing: tuple[str, ...]
    newest_article_at: datetime | None
    languages: tuple[LanguageCount, ...] = ()


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
    """Sections of bullets for topics and a window; stored whole and never changed.

    `news_only` says that stories which a digest told before are told only where they changed;
    `filter` is what the reader wants it to be about, as it can be typed. An `alert` is one
    bullet that is told at once, without what is said of a day.
    `lead` is a model's one line on the event of the day, if there is one.
    """

    id: str
    created_at: datetime
    window: Window
    timezone: str
    engine: Engine
    sections: tuple[Section, ...]
    coverage: Coverage
    dropped: tuple[Dropped, ...] = ()
    calls: tuple[ModelCall, ...] = ()
    news_only: bool = False
    filter: str = ""
    alert: bool = False
    lead: Bullet | None = None

    @property
    def leading(self) -> tuple[Bullet, ...]:
        """The most important bullet of each section, of those that are new or changed."""
        fresh = (
            [each for each in section.bullets if each.status is not BulletStatus.ONGOING]
            for section in self.sections
        )
        return tuple(min(some, key=lambda each: each.rank) for some in fresh if some)

    @property
    def bullets(self) -> tuple[Bullet, ...]:
        """Every bullet in reading order: bullet N of a chat is `bullets[N - 1]`."""
        return tuple(bullet for section in self.sections for bullet in section.bullets)
