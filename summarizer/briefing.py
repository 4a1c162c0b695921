"""A briefing, step by step: rank, write, prove, keep what is proved."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.languages import ENGLISH, speaking
from bot.models import (
    NO_FILTER,
    Article,
    Briefing,
    Bullet,
    BulletStatus,
    Coverage,
    Dropped,
    Engine,
    NewsFilter,
    Section,
    Story,
    Told,
    Topic,
    Window,
)
from summarizer.engine import Summarizer
from summarizer.evidence.bullet_proof import unproved
from summarizer.homes import at_home, tells, with_pointers
from summarizer.judgements import Judgement
from summarizer.newsworthiness.scoring import Model
from summarizer.ranking import Ranked, Ranking, rank
from summarizer.silence import (
    as_told,
    going_on,
    new_or_changed,
    unread,
    with_silence,
    without_repetitions,
)
from summarizer.tastes import NO_TASTES, Tastes

_SPARE = 3
BELONGS = 0.35
"""The chance to be news on its topic from which a section without other news repeats a bullet."""

_PARTS = (BulletStatus.NEW, BulletStatus.UPDATED, BulletStatus.ONGOING)


Doubts = Callable[[Sequence[Bullet], Mapping[str, Article]], Mapping[int, str]]
"""Why bullets are refused, by their place, given the articles by id."""


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """What is asked for: `bullets` at most for each topic, days told in `timezone`.

    `new_only` leaves out what a digest told before, unless it was updated since. A `language` is
    that of a model's words; `engine` names what is to write, or is None for what there is.
    `tastes` are those of the channel's readers, and `filter` is what it is to be about.
    """

    topics: tuple[Topic, ...]
    window: Window
    bullets: int
    timezone: str
    new_only: bool = False
    language: str | None = None
    engine: str | None = None
    tastes: Tastes = NO_TASTES
    filter: NewsFilter = NO_FILTER


@dataclass(frozen=True, slots=True)
class TopicMaterial:
    """A topic, the stories scored on it, and others of the window that show what it is about.

    `filtered_out` counts the stories on the topic that the reader's filter kept out.
    """

    topic: Topic
    stories: tuple[Story, ...]
    context: tuple[Story, ...] = ()
    filtered_out: int = 0

    @property
    def all_stories(self) -> tuple[Story, ...]:
        """Both, each story once."""
        return tuple({each.id: each for each in (*self.context, *self.stories)}.values())


async def make_briefing(
    request: BriefingRequest,
    material: Sequence[TopicMaterial],
    told: Mapping[str, Told],
    coverage: Coverage,
    summarizer: Summarizer,
    now: datetime,
    judgements: Mapping[str, Judgement] = MappingProxyType({}),
    model: Model | None = None,
    doubts: Doubts | None = None,
) -> Briefing:
    """Write a section for each topic asked for; what is not proved is dropped.

    `judgements` are an editor's, by article id; articles without one are judged locally, by the
    weights of `model` or the shipped ones. `doubts` may refuse what is proved.
    """
    given = {each.topic.name: each for each in material}
    read_at = now.astimezone(ZoneInfo(request.timezone))
    sources = [given.get(topic.name, TopicMaterial(topic, ())) for topic in request.topics]
    ranked = [_ranked(request, each, told, judgements, model) for each in sources]
    found = [
        new_or_changed(each.events, told) if request.new_only else each.events for each in ranked
    ]
    write = partial(_write, request, summarizer, read_at, doubts)
    own = [topic.channel_id is not None for topic in request.topics]
    drafts = await _written(sources, found, at_home(found, request.bullets, own), write)
    sections = [
        Section(
            topic.name,
            _title(topic, request),
            draft.bullets,
            going_on=going_on(ranking.events, events),
            filtered_out=source.filtered_out,
        )
        for topic, source, ranking, events, draft in zip(
            request.topics, sources, ranked, found, drafts, strict=True
        )
    ]
    rankings = [
        replace(ranking, events=draft.events) for ranking, draft in zip(ranked, drafts, strict=True)
    ]
    dropped = [refused for draft in drafts for refused in draft.dropped]
    whole = sections
    sections = with_pointers(_without_repeats(sections, request.bullets), found)
    if request.new_only:
        sections = list(map(_parted, sections))
    sections = list(map(with_silence, sections, whole, rankings))
    sections = [
        replace(each, unread=unread(topic, given[topic.name].stories, coverage.languages))
        if topic.name in given
        else each
        for topic, each in zip(request.topics, sections, strict=True)
    ]
    return Briefing(
        id=_identity(request, sections, now),
        created_at=now,
        window=request.window,
        timezone=request.timezone,
        engine=Engine(summarizer.name, summarizer.version),
        sections=tuple(sections),
        coverage=replace(coverage, articles_used=articles_used(sections)),
        dropped=tuple(dropped),
        news_only=request.new_only,
        filter=request.filter.typed,
    )


def _ranked(
    request: BriefingRequest,
    material: TopicMaterial,
    told: Mapping[str, Told],
    judgements: Mapping[str, Judgement],
    model: Model | None,
) -> Ranking:
    """The events worth telling on a topic, whatever the other sections tell."""
    return rank(
        material.all_stories,
        material.topic,
        request.window,
        told,
        new_first=request.new_only,
        most=request.bullets + _SPARE,
        model=model,
        judgements=judgements,
        tastes=request.tastes,
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """The events that a section may tell, and the bullets that do; `dropped` are not proved."""

    events: tuple[Ranked, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    dropped: tuple[Dropped, ...] = ()


_Write = Callable[[TopicMaterial, Sequence[Ranked]], Awaitable[_Draft]]


async def _written(
    sources: Sequence[TopicMaterial],
    found: Sequence[tuple[Ranked, ...]],
    homes: Sequence[tuple[Ranked, ...]],
    write: _Write,
) -> list[_Draft]:
    """A draft of each section, of the events that are at home in it.

    What the section that should have told it did not tell stays here. A section that would be empty
    repeats a bullet of another one, if it tells no update, or tells other facts of the only article
    there is.
    """
    drafts = [_Draft()] * len(sources)
    for at, source in enumerate(sources):
        drafts[at] = await write(source, _beside(homes[at], drafts[:at]))
    for at, source in enumerate(sources):
        others = [each for n, each in enumerate(drafts) if n != at]
        told = [each for each in found[at] if any(tells(o.bullets, each) for o in others)]
        kept = [e for e in found[at] if e in homes[at] or e.only or e not in told]
        if len(kept) > len(homes[at]):
            drafts[at] = await write(source, _beside(kept, others))
        if not drafts[at].bullets and (again := _to_repeat(told, others)):
            drafts[at] = replace(drafts[at], bullets=(again,))
    return drafts


def _to_repeat(events: Sequence[Ranked], others: Sequence[_Draft]) -> Bullet | None:
    """The bullet of another section that belongs to this one too, and tells no update."""
    told = (
        bullet
        for event in events
        if event.sure >= BELONGS
        for other in others
        for bullet in tells(other.bullets, event)
    )
    return next((each for each in told if each.status is not BulletStatus.UPDATED), None)


def _beside(events: Sequence[Ranked], others: Sequence[_Draft]) -> list[Ranked]:
    """The events, each with what other sections say of its story first."""
    elsewhere: dict[str, tuple[str, ...]] = {}
    for draft in others:
        for bullet in _firsts(draft.bullets):
            elsewhere[bullet.story_id] = (*elsewhere.get(bullet.story_id, ()), bullet.text)
    return [replace(each, elsewhere=elsewhere.get(each.story.id, ())) for each in events]


async def _write(
    request: BriefingRequest,
    summarizer: Summarizer,
    read_at: datetime,
    doubts: Doubts | None,
    source: TopicMaterial,
    events: Sequence[Ranked],
) -> _Draft:
    """The draft of one section: its bullets written, proved and compared with what was told."""
    wanted = request.bullets + _SPARE
    written = await summarizer.bullets(source.topic, events, limit=wanted, read_at=read_at)
    proved, refused = _proved(written, source, doubts)
    proved, kept = as_told(proved, events), tuple(events)
    if request.new_only:
        kept, proved = without_repetitions(events, proved)
    return _Draft(kept, proved, tuple(refused))


def _parted(section: Section) -> Section:
    """The section with what is new before what changed; each bullet keeps its rank."""
    ranked = [replace(bullet, rank=place) for place, bullet in enumerate(section.bullets)]
    ordered = sorted(ranked, key=lambda bullet: _PARTS.index(bullet.status))
    return replace(section, bullets=tuple(ordered))


def _firsts(bullets: Sequence[Bullet]) -> list[Bullet]:
    """The first bullet of each story."""
    return list({bullet.story_id: bullet for bullet in reversed(bullets)}.values())


def _without_repeats(sections: Sequence[Section], limit: int) -> list[Section]:
    """Leave a further bullet of a story to the section where the same is the first; then cut."""
    firsts = [_firsts(section.bullets) for section in sections]
    kept = []
    for section, own in zip(sections, firsts, strict=True):
        others = {bullet.text for theirs in firsts if theirs is not own for bullet in theirs}
        bullets = [each for each in section.bullets if each in own or each.text not in others]
        kept.append(replace(section, bullets=tuple(bullets[:limit])))
    return kept


def _proved(
    written: Sequence[Bullet], material: TopicMaterial, doubts: Doubts | None
) -> tuple[tuple[Bullet, ...], list[Dropped]]:
    articles = {each.id: each for story in material.all_stories for each in story.articles}
    reasons = [unproved(bullet, articles) for bullet in written]
    if doubts is not None:
        proved = [at for at, reason in enumerate(reasons) if reason is None]
        for at, why in doubts([written[at] for at in proved], articles).items():
            reasons[proved[at]] = why
    judged = list(zip(written, reasons, strict=True))
    kept = tuple(bullet for bullet, reason in judged if reason is None)
    return kept, [Dropped(bullet.text, reason) for bullet, reason in judged if reason]


def articles_used(sections: Sequence[Section]) -> int:
    """How many articles the sections cite."""
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


def _title(topic: Topic, request: BriefingRequest) -> str:
    """Return the title that is stored, in English: each chat reads it in its own language."""
    with speaking(ENGLISH):
        return request.filter.after(topic.title)
