"""What a channel was told before, as it matters to the next briefing; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.models import Bullet, BulletStatus, GoingOn, Section, Story, Told


def dated(sections: Sequence[Section], told: Mapping[str, Told]) -> tuple[Section, ...]:
    """Say of each story that was told before when that was."""

    def marked(bullet: Bullet) -> Bullet:
        before = told.get(bullet.story_id)
        if before is None or bullet.status is BulletStatus.NEW:
            return bullet
        return replace(bullet, told_at=before.at)

    def known(story: GoingOn) -> GoingOn:
        before = told.get(story.story_id)
        return replace(story, told_at=before.at) if before else story

    return tuple(
        replace(
            each,
            bullets=tuple(map(marked, each.bullets)),
            going_on=tuple(map(known, each.going_on)),
        )
        for each in sections
    )


def memory_key(story: Story, told: Mapping[str, Told]) -> tuple[object, ...]:
    """What a channel was told of a story, and how many of its articles were known then."""
    before = told.get(story.id)
    if before is None:
        return (story.id,)
    fetched = sum(each.fetched_at <= before.at for each in story.articles)
    published = sum(each.published_at <= before.at for each in story.articles)
    return (story.id, before.text, before.by_digest, fetched, published)
