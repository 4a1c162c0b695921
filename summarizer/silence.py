"""What a section does not tell, and why: stories left out, told before, or not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.models import (
    Bullet,
    BulletStatus,
    GoingOn,
    LanguageCount,
    LeftOut,
    Section,
    Story,
    Told,
    Topic,
    Untold,
    UntoldReason,
)
from summarizer.ranking import Ranked, Ranking, on_topic
from summarizer.standing import Standing, shares_subject, tells_the_change

MOST_UNTOLD = 10
"""Untold stories that a section names; all of them are counted."""

MOST_GOING_ON = 5


def new_or_changed(events: Sequence[Ranked], told: Mapping[str, Told]) -> tuple[Ranked, ...]:
    """The events without those that a digest told before and that did not change since.

    A later report in a story that did not change is new where it shares no subject with what was
    told of it.
    """

    def kept(event: Ranked) -> Ranked | None:
        before = told.get(event.story.id)
        if before is None or not before.by_digest or event.status is not BulletStatus.ONGOING:
            return event
        best = event.best
        if best is None or best.id not in event.later or shares_subject(best.title, before.text):
            return None
        return replace(event, status=BulletStatus.NEW)

    return tuple(each for event in events if (each := kept(event)) is not None)


def as_told(bullets: Sequence[Bullet], events: Sequence[Ranked]) -> tuple[Bullet, ...]:
    """The bullets, updated only where they tell what changed; otherwise their story goes on.

    One that does not state the number that rose, new or old, is not marked with it.
    What has nothing in common with what was told of its story is new: another event of it.
    """
    standings: dict[str, Standing] = {}
    for event in events:
        known = standings.get(event.story.id, event.standing)
        later = tuple(dict.fromkeys((*known.later, *event.later)))
        standings[event.story.id] = replace(event.standing, later=later)

    def marked(bullet: Bullet) -> Bullet:
        standing = standings[bullet.story_id]
        if bullet.status is not BulletStatus.UPDATED:
            return bullet
        if standing.change and not standing.change.is_of(bullet.text):
            bullet = replace(bullet, change=None)
        if not tells_the_change(bullet, standing):
            return replace(bullet, status=BulletStatus.ONGOING)
        of_it = bullet.change is not None or shares_subject(bullet.text, standing.told or "")
        return bullet if of_it else replace(bullet, status=BulletStatus.NEW)

    return tuple(map(marked, bullets))


def without_repetitions(
    events: Sequence[Ranked], bullets: Sequence[Bullet]
) -> tuple[tuple[Ranked, ...], tuple[Bullet, ...]]:
    """Both without the bullets of updated stories that only repeat what was told.

    A story of many events may have a bullet that repeats one and another that tells the next.
    """
    changed = {each.story.id for each in events if each.status is BulletStatus.UPDATED}
    repeating = [
        each.story_id in changed and each.status is BulletStatus.ONGOING for each in bullets
    ]
    kept = tuple(each for each, again in zip(bullets, repeating, strict=True) if not again)
    silent = {each.story_id for each in bullets} - {each.story_id for each in kept}
    return tuple(event for event in events if event.story.id not in silent), kept


def going_on(events: Sequence[Ranked], kept: Sequence[Ranked]) -> tuple[GoingOn, ...]:
    """The first of the events that are left out as told before."""
    telling = {each.best.id for each in kept if each.best}
    left = [each for each in events if each.best and each.best.id not in telling]
    return tuple(
        GoingOn(each.story.id, each.best.title, each.best.source, each.best.url)
        for each in left[:MOST_GOING_ON]
        if each.best
    )


def with_silence(section: Section, whole: Section, ranking: Ranking) -> Section:
    """The section with the stories that it leaves out; `whole` has the spare bullets too."""
    untold = [*_chosen_but_untold(section, whole, ranking), *ranking.passed]
    counts = Counter(each.reason for each in untold)
    left_out = tuple(LeftOut(reason, counts[reason]) for reason in UntoldReason if counts[reason])
    return replace(section, untold=tuple(untold[:MOST_UNTOLD]), left_out=left_out)


def unread(
    topic: Topic, stories: Sequence[Story], languages: Sequence[LanguageCount]
) -> tuple[LanguageCount, ...]:
    """How many articles are in languages that a topic does not read, most first.

    It reads a language for which it has words, and one in which it found an article.
    """
    found = {article.language for story in stories for article in on_topic(story, topic)}
    read = {*topic.languages, *(code for code in found if code)}
    if topic.channel_id is not None and any(term.isascii() for term in topic.terms):
        read.add("en")
    counts = Counter[str]()
    for each in languages:
        counts[each.language.partition("-")[0]] += each.articles
    known = {code.partition("-")[0] for code in read}
    return tuple(LanguageCount(*each) for each in counts.most_common() if each[0] not in known)


def _chosen_but_untold(section: Section, whole: Section, ranking: Ranking) -> Iterator[Untold]:
    told = {bullet.story_id for bullet in section.bullets}
    written = {bullet.story_id for bullet in whole.bullets}
    for each in ranking.events:
        if each.best and each.story.id not in told:
            spare = each.story.id in written
            reason = UntoldReason.LESS if spare else UntoldReason.UNQUOTABLE
            yield Untold(each.best.title, each.best.source, each.best.url, reason)
