"""What the API answers with; the OpenAPI file is made from these models."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.models import BulletStatus, CitedField, DatePrecision
from summarizer.casualties.counts import Counted


class Answer(BaseModel):
    """A model whose docstrings describe its fields."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class ArticleRef(Answer):
    """An article, without its text."""

    id: str
    title: str
    url: str | None
    """Its address, if it is a plain http or https one."""
    source: str
    published_at: datetime | None
    """UTC; null if it is unknown or the article is not stored any more."""
    date_precision: DatePrecision | None
    """Whether the instant, or only the day, of `published_at` is known."""
    language: str | None


class CitationAnswer(Answer):
    """The sentence that proves a bullet, word for word as its article has it."""

    quote: str
    field: CitedField
    """The part of the article that is quoted."""
    start: int
    """The place of the quote in that part, in Unicode code points."""
    end: int
    stands: bool
    """Whether the stored article still holds the quote at this place."""
    affiliation: str | None
    """Whose voice the source is, such as "state media", if that is known."""
    article: ArticleRef


class BulletAnswer(Answer):
    """A statement that its citations prove."""

    id: str
    """The same wherever the same statement on the same story is told."""
    topic: str
    text: str
    status: BulletStatus
    """Whether its channel had been told of the story before."""
    change: str | None
    """What an updated story adds, if that is known."""
    attribution: str | None
    """Whose account it is, where one side alone gives it."""
    language: str | None
    """The code of the language of the text; null for English."""
    engine: str
    """What wrote the text: "extractive" takes it from an article, a model rewords it."""
    published_at: datetime
    told_at: datetime
    """When the briefing with this bullet was made."""
    story_id: str
    sources: int
    """Outlets that report the story."""
    independent_sources: int | None
    """Of those, the ones whose text is not a copy of another's; null if it was not counted."""
    citations: tuple[CitationAnswer, ...]


class BulletPage(Answer):
    """Bullets, the newest first."""

    items: tuple[BulletAnswer, ...]
    """Each statement once; a later page may have it again, with the same id."""
    next: str | None
    """The `cursor` of the next page; null on the last one. A page may hold fewer than `limit`."""


class TopicAnswer(Answer):
    """A built-in topic."""

    name: str
    title: str
    description: str
    languages: tuple[str, ...]
    """The codes of the languages that it has words in."""


class TopicList(Answer):
    """The built-in topics."""

    items: tuple[TopicAnswer, ...]


class SearchHitAnswer(Answer):
    """A found article and the part of its text that has the words."""

    snippet: str
    story_id: str | None
    article: ArticleRef


class SearchAnswer(Answer):
    """The best articles, the best first."""

    items: tuple[SearchHitAnswer, ...]


class NumberAnswer(Answer):
    """A number of people that one article states; numbers of several articles do not add up."""

    counted: Counted
    value: int
    rounded: bool
    """Whether the article gives it as a round or estimated number."""
    sentence: str
    article_id: str


class StoryArticle(Answer):
    """An article of a story, with the beginning of its text."""

    opening: str
    article: ArticleRef


class StoryAnswer(Answer):
    """The articles on one event."""

    id: str
    headline: str
    first_seen: datetime
    last_seen: datetime
    articles: int
    sources: int
    numbers: tuple[NumberAnswer, ...]
    """What the newest articles say of people killed and injured, oldest first."""
    newest: tuple[StoryArticle, ...]
    """The newest articles, the newest first."""


class WithdrawnAnswer(Answer):
    """When a bullet was withdrawn, and why."""

    at: datetime
    reason: str


class DigestBullet(BulletAnswer):
    """A bullet with its number in the digest."""

    number: int
    withdrawn: WithdrawnAnswer | None
    """If it is not null, the bullet was withdrawn and must not be passed on as true."""


class GoingOnAnswer(Answer):
    """A story that was told before, of which later articles say nothing new."""

    story_id: str
    title: str
    source: str
    url: str | None
    told_at: datetime | None


class SectionAnswer(Answer):
    """One topic of a digest."""

    topic: str
    title: str
    bullets: tuple[DigestBullet, ...]
    still_going: tuple[GoingOnAnswer, ...]


class DigestAnswer(Answer):
    """A digest as its page shows it."""

    heading: str
    day: str
    """What the day was, in one line."""
    created_at: datetime
    since: datetime
    until: datetime
    timezone: str
    coverage: str
    """How many articles and sources it was made from, in words."""
    sections: tuple[SectionAnswer, ...]


class Problem(Answer):
    """What is wrong with a request, after RFC 9457."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    """The phrase of the status."""
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    """What is wrong, with the value."""
    parameter: str | None = None
    value: str | None = None
    """The value of the parameter, shortened."""
    remedy: str | None = None
    """What to send instead."""
