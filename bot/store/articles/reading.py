"""What pages show of articles and stories: bounded pieces of their texts, never all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
)

from bot.models import DatePrecision, Report, Window
from bot.store.articles.rows import within
from bot.store.db.engine import Database
from bot.store.db.schema import article_topics, articles, stories
from bot.store.db.types import LONGEST_NAME, Json

TITLE = 400
"""Characters of a title that are read."""

AT_ONCE = 100
"""Pieces read in one statement."""

FARTHEST = 1_000_000_000
"""The largest place in a text that is asked for."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of an article's text from the code point `start` on, of `length` in all."""

    id: str
    title: str
    source: str
    url: str | None
    language: str | None
    published_at: datetime
    precision: DatePrecision
    story_id: str | None
    length: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story with how many articles and sources it has."""

    id: str
    headline: str
    first_seen: datetime
    last_seen: datetime
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class PieceWish:
    """Which characters of which article are wanted."""

    article_id: str
    start: int
    end: int


class Reading:
    """Reads pieces of stored texts; whatever is stored, a piece is as long as was asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._wished = _wished(database)

    async def pieces(self, wishes: Sequence[PieceWish]) -> dict[PieceWish, TextPiece]:
        """The wanted pieces; those of unknown articles are left out."""
        distinct = list(dict.fromkeys(wishes))
        found: dict[PieceWish, TextPiece] = {}
        async with self._database.reading() as connection:
            for at in range(0, len(distinct), AT_ONCE):
                some = distinct[at : at + AT_ONCE]
                given = [
                    [number, each.article_id[:LONGEST_NAME], *_place(each)]
                    for number, each in enumerate(some)
                ]
                rows = await connection.execute(self._wished, {"wishes": given})
                found |= {some[row["number"]]: _piece_of(row) for row in rows.mappings()}
        return found

    async def story(self, story_id: str) -> StoryHead | None:
        """A story, with its articles counted."""
        async with self._database.reading() as connection:
            row = (await connection.execute(_heads().where(stories.c.id == story_id))).first()
            return None if row is None else StoryHead(*row)

    async def members(self, story_id: str, *, limit: int, characters: int) -> list[TextPiece]:
        """The openings of a story's newest articles, newest first."""
        table = articles.c
        query = (
            _columns(literal(0), literal(characters), literal(0))
            .where(table.story_id == story_id)
            .order_by(table.published_at.desc(), table.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [_piece_of(row) for row in (await connection.execute(query)).mappings()]

    async def openings(
        self, story_ids: Sequence[str], window: Window, *, each: int, characters: int
    ) -> list[TextPiece]:
        """The openings of some stories' newest articles in a window, `each` of a story."""
        table = articles.c
        place = func.row_number().over(
            partition_by=table.story_id, order_by=(table.published_at.desc(), table.id)
        )
        ranked = (
            select(table.id, place.label("place"))
            .where(table.story_id.in_(story_ids), within(table.published_at, window))
            .subquery()
        )
        query = (
            _columns(literal(0), literal(characters), literal(0))
            .join(ranked, ranked.c.id == table.id)
            .where(ranked.c.place <= each)
            .order_by(table.published_at.desc(), table.id)
        )
        async with self._database.reading() as connection:
            return [_piece_of(row) for row in (await connection.execute(query)).mappings()]

    async def reports(
        self, topic: str, window: Window, *, limit: int, opening: int
    ) -> list[Report]:
        """The articles on the topic in the window, newest first, with their texts' openings."""
        table, scored = articles.c, article_topics.c
        query = (
            select(
                table.id,
                func.substr(table.title, 1, TITLE).label("title"),
                func.substr(table.text, 1, opening).label("opening"),
                func.substr(table.source, 1, TITLE).label("source"),
                table.url,
                table.published_at,
                table.story_id,
            )
            .join(article_topics, scored.article_id == table.id)
            .where(scored.topic == topic, within(scored.published_at, window))
            .order_by(scored.published_at.desc(), table.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [Report(*row) for row in await connection.execute(query)]

    async def oldest(self, window: Window) -> datetime | None:
        """When the oldest article of the window was published; None without any."""
        published = articles.c.published_at
        query = select(published).where(within(published, window)).order_by(published).limit(1)
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def headlines(self, topic: str, window: Window, limit: int) -> list[str]:
        """The headlines of the stories with an article on the topic in the window, newest first."""
        table = article_topics.c
        latest = func.max(table.published_at)
        query = (
            select(func.substr(stories.c.headline, 1, TITLE))
            .join(articles, articles.c.story_id == stories.c.id)
            .join(article_topics, table.article_id == articles.c.id)
            .where(table.topic == topic, within(table.published_at, window))
            .group_by(stories.c.id, stories.c.headline)
            .order_by(latest.desc(), stories.c.id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return [*(await connection.execute(query)).scalars()]

    async def on_topic(self, topic: str, window: Window, limit: int) -> list[StoryHead]:
        """The stories with an article on the topic in the window, those reported last first."""
        table = article_topics.c
        latest = func.max(table.published_at)
        found = (
            select(articles.c.story_id)
            .join(articles, articles.c.id == table.article_id)
            .where(table.topic == topic, within(table.published_at, window))
            .where(articles.c.story_id.is_not(None))
            .group_by(articles.c.story_id)
            .order_by(latest.desc(), articles.c.story_id)
            .limit(limit)
        )
        async with self._database.reading() as connection:
            ids = (await connection.execute(found)).scalars().all()
            rows = await connection.execute(_heads().where(stories.c.id.in_(ids)))
            heads = {row[0]: StoryHead(*row) for row in rows}
        return [heads[each] for each in ids if each in heads]

    async def stories_a_day(
        self, topics: Sequence[str], window: Window
    ) -> dict[str, dict[date, int]]:
        """How many stories had an article on each topic on each day (UTC); every day is named."""
        table = article_topics.c
        day = func.date(table.published_at if self._database.sqlite else _in_utc(table))
        query = (
            select(table.topic, day, func.count(articles.c.story_id.distinct()))
            .join(articles, articles.c.id == table.article_id)
            .where(table.topic.in_(topics), within(table.published_at, window))
            .group_by(table.topic, day)
        )
        days = {topic: dict.fromkeys(_days(window), 0) for topic in topics}
        async with self._database.reading() as connection:
            for topic, each, many in await connection.execute(query):
                days[topic][date.fromisoformat(str(each))] = many
        return days


def _in_utc(table: Any) -> ColumnElement[Any]:
    return func.timezone("UTC", table.published_at)


def _days(window: Window) -> Iterator[date]:
    day = window.since.date()
    while day <= (window.until - timedelta(microseconds=1)).date():
        yield day
        day += timedelta(days=1)


def _place(wish: PieceWish) -> tuple[int, int]:
    """Where a piece starts, and how many characters it has at most, as databases count."""
    start = min(max(0, wish.start), FARTHEST)
    return start, min(max(0, wish.end - start), FARTHEST)


def _wished(database: Database) -> Select[Any]:
    """The pieces that the parameter `wishes` lists as number, article, start and characters.

    One statement for any wishes: to make one of as many parts took longer than to run it.
    """
    given = database.rows_of(bindparam("wishes", type_=Json)).c.value

    def member(place: int) -> ColumnElement[str]:
        if database.sqlite:
            return func.json_extract(given, f"$[{place}]")
        return cast(given, JSON).op("->>")(place)

    start, characters = (cast(member(place), Integer) for place in (2, 3))
    columns = _columns(start, characters, cast(member(0), Integer))
    return columns.where(articles.c.id == cast(member(1), Text))


def _columns(
    start: ColumnElement[int], characters: ColumnElement[int], number: ColumnElement[int]
) -> Select[Any]:
    table = articles.c
    return select(
        table.id,
        func.substr(table.title, 1, TITLE).label("title"),
        func.substr(table.source, 1, TITLE).label("source"),
        table.url,
        table.language,
        table.published_at,
        table.date_precision,
        table.story_id,
        func.length(table.text).label("length"),
        start.label("start"),
        func.substr(table.text, start + 1, characters).label("text"),
        number.label("number"),
    )


def _piece_of(row: RowMapping) -> TextPiece:
    return TextPiece(
        id=row["id"],
        title=row["title"],
        source=row["source"],
        url=row["url"],
        language=row["language"],
        published_at=row["published_at"],
        precision=DatePrecision(row["date_precision"]),
        story_id=row["story_id"],
        length=row["length"],
        start=row["start"],
        text=row["text"],
    )


def _heads() -> Select[Any]:
    table = stories.c
    mine = articles.c.story_id == table.id
    many = select(func.count()).where(mine).correlate(stories).scalar_subquery()
    outlets = func.count(articles.c.source.distinct())
    sources = select(outlets).where(mine).correlate(stories).scalar_subquery()
    headline = func.substr(table.headline, 1, TITLE)
    return select(table.id, headline, table.first_seen, table.last_seen, many, sources)
