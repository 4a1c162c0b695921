"""What the coverage of a topic was in some days, against the days before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.languages import marked
from bot.models.articles import Topic


@dataclass(frozen=True, slots=True)
class Report:
    """An article as far as it is counted: its title, the opening of its text, and where it is."""

    id: str
    title: str
    opening: str
    source: str
    url: str | None
    published_at: datetime
    story_id: str | None


class RiserKind(StrEnum):
    """What rises."""

    STORY = marked("story")
    PLACE = marked("country")
    NAME = marked("name")


@dataclass(frozen=True, slots=True)
class Covered:
    """A country by its code and English name, with the articles that name it."""

    code: str
    title: str
    articles: int


@dataclass(frozen=True, slots=True)
class Riser:
    """A story, country or name that more articles are about than on the days before.

    `now` and `before` are articles; `ratio` is the measure in `summarizer/rising/burst.py`. The
    newest article about it is the `proof`. `key` is the story's id, the country's code or the name,
    and `title` its headline, its English name or the name.
    """

    kind: RiserKind
    key: str
    title: str
    now: int
    before: int
    sources: int
    ratio: float
    proof: Report


@dataclass(frozen=True, slots=True)
class Trend:
    """The coverage of a topic: stories a day, the countries named most, and what rises.

    `days` holds every day of the chat's zone, the days before first; from `since` on they are those
    asked for, and the last one is not over. `articles` and `earlier` are the articles of both.
    `begun` is the day of the oldest stored article, if it is among them: that day may be stored in
    part. `read` is how many articles were read, if more are stored of the days asked for.
    """

    topic: Topic
    days: tuple[tuple[date, int], ...]
    since: date
    articles: int
    earlier: int
    stories: int
    places: tuple[Covered, ...]
    rising: tuple[Riser, ...]
    begun: date | None = None
    read: int = 0

    @property
    def now(self) -> tuple[tuple[date, int], ...]:
        """The days asked for."""
        return tuple(each for each in self.days if each[0] >= self.since)

    @property
    def before(self) -> tuple[tuple[date, int], ...]:
        """The days before them; none where nothing older is stored."""
        return tuple(each for each in self.days if each[0] < self.since)

    @property
    def full(self) -> tuple[tuple[date, int], ...]:
        """Those of the days asked for that are over and stored whole."""
        begun = self.begun
        return tuple(each for each in self.now[:-1] if begun is None or each[0] > begun)
