"""A briefing, step by step: rank, write, prove, keep what is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.models import (
    Briefing,
    BulletStatus,
    Coverage,
    Dropped,
    Engine,
    Section,
    Story,
    Told,
    Topic,
    Window,
)
from summarizer.base import Summarizer
from summarizer.proof import unproved
from summarizer.ranking import Ranked, rank

_SPARE = 3


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """What is asked for: `bullets` at most for each topic, days told in `timezone`.

    `new_only` leaves out what a digest told before, unless it was updated since.
    """

    topics: tuple[Topic, ...]
    window: Window
    bullets: int
    timezone: str
    new_only: bool = False


@dataclass(frozen=True, slots=True)
class TopicMaterial:
    """A topic and the stories that may matter to it."""

    topic: Topic
    stories: tuple[Story, ...]


async def make_briefing(
    request: BriefingRequest,
    material: Sequence[TopicMaterial],
    told: Mapping[str, Told],
    coverage: Coverage,
    summarizer: Summarizer,
    now: datetime,
) -> Briefing:
    """Write a section for each topic asked for; what is not proved is dropped."""
    given = {each.topic.name: each for each in material}
    made = [
        await _section(
            request, given.get(topic.name, TopicMaterial(topic, ())), told, summarizer, now
        )
        for topic in request.topics
    ]
    sections = tuple(section for section, _ in made)
    return Briefing(
        id=_identity(request, sections, now),
        created_at=now,
        window=request.window,
        timezone=request.timezone,
        engine=Engine(summarizer.name, summarizer.version),
        sections=sections,
        coverage=replace(coverage, articles_used=_used(sections)),
        dropped=tuple(each for _, dropped in made for each in dropped),
    )


async def _section(
    request: BriefingRequest,
    material: TopicMaterial,
    told: Mapping[str, Told],
    summarizer: Summarizer,
    now: datetime,
) -> tuple[Section, list[Dropped]]:
    topic = material.topic
    ranked = [
        each
        for each in rank(material.stories, topic, request.window, told)
        if not (request.new_only and _already_told(each, told))
    ]
    read_at = now.astimezone(ZoneInfo(request.timezone))
    written = await summarizer.bullets(
        topic, ranked, limit=request.bullets + _SPARE, read_at=read_at
    )
    articles = {article.id: article for story in material.stories for article in story.articles}
    judged = [(bullet, unproved(bullet, articles, read_at)) for bullet in written]
    proved = tuple(bullet for bullet, fault in judged if fault is None)[: request.bullets]
    dropped = [Dropped(bullet.text, fault) for bullet, fault in judged if fault is not None]
    return Section(topic.name, topic.title, proved), dropped


def _already_told(ranked: Ranked, told: Mapping[str, Told]) -> bool:
    before = told.get(ranked.story.id)
    return before is not None and before.by_digest and ranked.status is BulletStatus.ONGOING


def _used(sections: Sequence[Section]) -> int:
    return len(
        {
            citation.article_id
            for section in sections
            for bullet in section.bullets
            for citation in bullet.citations
        }
    )


def _identity(request: BriefingRequest, sections: Sequence[Section], now: datetime) -> str:
    said = repr((request.window, request.timezone, sections, now))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
