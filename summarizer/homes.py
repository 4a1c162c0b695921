"""In which section an event is told that several sections could tell: where it is surest to belong.

"Saudi Arabia shoots down drones at its oilfield" is news on security and on energy. It is one
event, so one section tells it; the other has its place for another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.models import Bullet, BulletStatus, Section
from summarizer.ranking import Ranked

Events = tuple[Ranked, ...]


def at_home(sections: Sequence[Events], places: int, own: Sequence[bool]) -> list[Events]:
    """The events of each section without those that another section is to tell.

    That is the section where the event has the greatest chance to be news on the topic, the first
    of several, if it is among the first `places` there; otherwise the first where it is. The chance
    says nothing on a channel's `own` topic: there the place counts that the event has in a section.
    """
    kept = [list(events) for events in sections]
    for later in range(1, len(kept)):
        for earlier in range(later):
            for event in list(kept[earlier]):
                twin = next((each for each in kept[later] if is_same(event, each)), None)
                if twin is None:
                    continue
                here, there = kept[earlier].index(event), kept[later].index(twin)
                by_place = own[earlier] or own[later]
                surer = there < here if by_place else twin.sure > event.sure
                if there < places and (surer or here >= places):
                    kept[earlier].remove(event)
                else:
                    kept[later].remove(twin)
    return [tuple(events) for events in kept]


def is_same(one: Ranked, other: Ranked) -> bool:
    """Whether two sections have the same event: the best article of one is an article of both."""
    return _speaks_of(one, other) or _speaks_of(other, one)


def _speaks_of(one: Ranked, other: Ranked) -> bool:
    return one.best is not None and one.best.id in {each.id for each in other.about}


def with_pointers(sections: Sequence[Section], found: Sequence[Events]) -> list[Section]:
    """The sections; one without bullets names the topics that tell as news what it found."""
    news = [
        (
            section.topic,
            [each for each in section.bullets if each.status is not BulletStatus.ONGOING],
        )
        for section in sections
    ]
    return [
        section
        if section.bullets
        else replace(
            section,
            told_under=tuple(
                topic for topic, bullets in news if any(tells(bullets, event) for event in events)
            ),
        )
        for section, events in zip(sections, found, strict=True)
    ]


def tells(bullets: Sequence[Bullet], event: Ranked) -> list[Bullet]:
    """The bullets that cite an article of an event."""
    ids = {each.id for each in event.about}
    return [each for each in bullets if any(cited.article_id in ids for cited in each.citations)]
