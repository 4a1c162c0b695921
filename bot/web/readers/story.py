"""A story: its sources side by side, its figures as they changed, and its course over time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from bot.models import Bullet, Chart, Column, Withdrawal
from bot.render.bullets import NumberedBullet, numbered
from bot.render.phrases import counted
from bot.store import TextPiece
from bot.web.layout import fitted
from bot.web.readers.article_days import day_of
from bot.web.readers.changes import changes
from bot.web.visits import NotThere, Visit, stories_of
from handlers.time_format import local_clock, local_day
from summarizer.casualties.counts import READ

ARTICLES = 60
"""The newest articles of a story, which its page shows."""

OPENING = 320
"""Characters of a text shown under its source's name."""

READ_FOR_FIGURES = 30
"""Articles of a story whose figures are followed on its page."""

COURSE_DAYS = range(4, 61)
"""Days of a story that has a chart: with fewer its bars would be too wide, with more too thin."""

SOURCES = 12
"""Sources shown side by side; the others stand in the time line."""


@dataclass(frozen=True, slots=True)
class Step:
    """An article in the time line; `day` is "" where it is that of the step before."""

    article: TextPiece
    day: str
    clock: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the digest says of the story."""

    bullet: NumberedBullet
    change: str | None
    withdrawn: Withdrawal | None


async def page(visit: Visit) -> str:
    """A story that the link opens, newest last."""
    story_id = visit.path["story"]
    told = await _told(visit, story_id)
    story = await visit.store.reading.story(story_id)
    if story is None or not story.articles:
        raise NotThere
    newest = await visit.store.reading.members(story_id, limit=ARTICLES, characters=READ)
    start = min(visit.number("from"), len(newest))
    zone = visit.channel.timezone
    return fitted(
        "story.html",
        _steps(list(reversed(newest)), zone)[start:],
        start=start,
        visit=visit,
        story=story,
        sources=_sources(newest)[:SOURCES],
        opening=OPENING,
        changes=await asyncio.to_thread(changes, newest[:READ_FOR_FIGURES], zone),
        course=_course(newest, zone),
        told=told,
        earlier=story.articles - len(newest),
        zone=zone,
    )


async def _told(visit: Visit, story_id: str) -> list[Told]:
    if visit.whole:
        return []
    briefing = await visit.briefing()
    if story_id not in stories_of(briefing):
        raise NotThere
    mine: list[tuple[int, Bullet]] = [
        (number, each)
        for number, each in enumerate(briefing.bullets, 1)
        if each.story_id == story_id
    ]
    withdrawn = await visit.store.withdrawals.among([each for _, each in mine])
    return [
        Told(numbered(number, each, briefing), each.change, withdrawn.get(each))
        for number, each in mine
    ]


def _sources(newest: Sequence[TextPiece]) -> list[TextPiece]:
    """The newest article of each source, in the order in which they reported first."""
    latest: dict[str, TextPiece] = {}
    for article in reversed(newest):
        latest[article.source] = article
    return list(latest.values())


def _steps(articles: Sequence[TextPiece], zone: str) -> list[Step]:
    steps = []
    for day, group in groupby(articles, lambda each: local_day(each.published_at, zone)):
        for place, article in enumerate(group):
            clock = local_clock(article.published_at, zone)
            steps.append(Step(article, "" if place else day, clock))
    return steps


def _course(newest: Sequence[TextPiece], zone: str) -> Chart | None:
    """The articles a day between the first and the last; None for a story of few or very many."""
    per_day = Counter(day_of(each, zone) for each in newest)
    first, last = min(per_day), max(per_day)
    length = (last - first).days + 1
    if length not in COURSE_DAYS:
        return None
    days = [first + timedelta(days=place) for place in range(length)]
    columns = tuple(Column(f"{each.day} {each:%b %Y}", per_day[each]) for each in days)
    peak = max(days, key=lambda each: per_day[each])
    told = (
        f"Articles a day from {first.day} {first:%B} to {last.day} {last:%B}: "
        f"most on {peak.day} {peak:%B} ({counted(per_day[peak], 'article')})."
    )
    return Chart("Articles a day", columns, told)
