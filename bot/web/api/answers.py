"""What each address of the API answers, from the readers that the pages have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bot.models import Briefing, Bullet, GoingOn, Topic, Withdrawal, without
from bot.render import wording as words
from bot.render.day_line import day_line
from bot.render.sanitize import clean, link
from bot.store import SearchHit, Store
from bot.web.api.bullets import bullet_page
from bot.web.api.queries import BulletQuery, NoQuery, SearchQuery
from bot.web.api.quotes import Pieces, article_of, bullet_values, pieces_of
from bot.web.api.schema import (
    ArticleRef,
    BulletPage,
    DigestAnswer,
    DigestBullet,
    GoingOnAnswer,
    NumberAnswer,
    SearchAnswer,
    SearchHitAnswer,
    SectionAnswer,
    StoryAnswer,
    StoryArticle,
    TopicAnswer,
    TopicList,
    WithdrawnAnswer,
)
from bot.web.layout import line
from bot.web.readers.changes import COUNTED, Number, numbers
from bot.web.readers.story import ARTICLES, OPENING
from bot.web.visits import NotThere, opened
from summarizer.casualties.counts import READ

_STORY = re.compile(r"[\w-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reader:
    """Where answers come from: the store and the built-in topics, at an instant."""

    store: Store
    topics: Mapping[str, Topic]
    now: datetime
    link_days: int = 0


async def topics(reader: Reader, _: str, __: NoQuery) -> TopicList:
    """The built-in topics."""
    return TopicList(
        items=tuple(
            TopicAnswer(
                name=each.name,
                title=each.title,
                description=each.description,
                languages=each.languages,
            )
            for each in reader.topics.values()
        )
    )


async def bullets(reader: Reader, _: str, query: BulletQuery) -> BulletPage:
    """A page of bullets."""
    return await bullet_page(query, reader.store, reader.topics, reader.now)


async def search(reader: Reader, _: str, query: SearchQuery) -> SearchAnswer:
    """The best articles for some words."""
    hits = await reader.store.search.find(clean(query.q).strip(), limit=query.limit)
    return SearchAnswer(items=tuple(map(_found, hits)))


def _found(hit: SearchHit) -> SearchHitAnswer:
    article = hit.article
    named = ArticleRef(
        id=article.id,
        title=article.title,
        url=link(article.url),
        source=article.source,
        published_at=article.published_at if article.is_dated else None,
        date_precision=article.date_precision,
        language=article.language,
    )
    return SearchHitAnswer(snippet=hit.snippet, story_id=article.story_id, article=named)


async def story(reader: Reader, story_id: str, _: NoQuery) -> StoryAnswer:
    """A story with its newest articles; raises NotThere."""
    reading = reader.store.reading
    head = await reading.story(story_id) if _STORY.fullmatch(story_id) else None
    if head is None or not head.articles:
        raise NotThere
    newest = await reading.members(story_id, limit=ARTICLES, characters=READ)
    return StoryAnswer(
        id=head.id,
        headline=head.headline,
        first_seen=head.first_seen,
        last_seen=head.last_seen,
        articles=head.articles,
        sources=head.sources,
        numbers=tuple(map(_number, numbers(newest[:COUNTED]))),
        newest=tuple(
            StoryArticle(opening=line(each.text, OPENING), article=article_of(each))
            for each in newest
        ),
    )


def _number(found: Number) -> NumberAnswer:
    return NumberAnswer(
        counted=found.counted,
        value=found.value,
        rounded=found.rounded,
        sentence=found.sentence,
        article_id=found.article.id,
    )


async def digest(reader: Reader, token: str, _: NoQuery) -> DigestAnswer:
    """The digest that a link is for; raises NotThere."""
    visit = await opened("d", token, reader.store, reader.topics, reader.now, reader.link_days)
    if visit is None:
        raise NotThere
    briefing = await visit.briefing()
    withdrawn = await reader.store.withdrawals.among(briefing.bullets)
    pieces = await pieces_of(briefing.bullets, reader.store)
    return DigestAnswer(
        heading=words.heading(briefing),
        day=day_line(without(briefing, withdrawn)),
        created_at=briefing.created_at,
        since=briefing.window.since,
        until=briefing.window.until,
        timezone=briefing.timezone,
        coverage=words.coverage(briefing),
        sections=tuple(_sections(briefing, pieces, withdrawn)),
    )


def _sections(
    briefing: Briefing, pieces: Pieces, withdrawn: Mapping[Bullet, Withdrawal]
) -> Iterator[SectionAnswer]:
    places = count(1)
    for section in briefing.sections:
        told = [
            DigestBullet.model_validate(
                bullet_values(each, section.topic, briefing, pieces)
                | {"number": next(places), "withdrawn": _withdrawn(withdrawn.get(each))}
            )
            for each in section.bullets
        ]
        yield SectionAnswer(
            topic=section.topic,
            title=section.title,
            bullets=tuple(told),
            still_going=tuple(_going_on(each) for each in section.going_on),
        )


def _withdrawn(found: Withdrawal | None) -> WithdrawnAnswer | None:
    return WithdrawnAnswer(at=found.at, reason=found.reason) if found else None


def _going_on(story: GoingOn) -> GoingOnAnswer:
    return GoingOnAnswer(
        story_id=story.story_id,
        title=story.title,
        source=story.source,
        url=link(story.url),
        told_at=story.told_at,
    )
