"""The local engine: the headline or sentence that tells a story best, as its bullet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.models import Bullet, BulletStatus, Topic
from summarizer.extractive.bullets import write
from summarizer.extractive.candidates import (
    ContentWords,
    StoryMaterial,
    candidates,
)
from summarizer.extractive.further import further_bullets
from summarizer.ranking import Ranked

CERTAINLY_SAME, SAME, SAME_WITH_FIGURE = 0.8, 0.5, 0.35
"""Two bullets say the same if they share so much of the shorter one's words; so much, and a name or
number; or so much, and a number of three digits or more."""

ALONE = 1
"""A section with at most this many stories has room for further bullets from one article."""

SURELY = 0.75
"""The chance to be news on the topic from which an article's further facts may be told."""

NAME = "extractive"


class ExtractiveSummarizer:
    """Chooses and shortens passages; adds no word that its articles do not prove."""

    name = NAME
    version = "4"

    async def bullets(
        self, topic: Topic, stories: Sequence[Ranked], *, limit: int, read_at: datetime
    ) -> list[Bullet]:
        """One bullet a story; more from a single article where it is all that there is.

        What another section says already is said only where there is nothing else to say, and in
        the same words if they may be told here.
        """
        told: list[ContentWords] = []
        firsts: list[Bullet] = []
        again: list[Bullet] = []
        alone: StoryMaterial | None = None
        for ranked in stories:
            if len(firsts) == limit:
                break
            material = StoryMaterial.of(ranked, topic)
            found = candidates(material, topic, read_at)
            if not found or any(same(found[0].said, other) for other in told):
                continue
            if any(same(found[0].said, ContentWords.of(other)) for other in ranked.elsewhere):
                written = [write(material, each, read_at) for each in found]
                worded = (each for each in written if each.text in ranked.elsewhere)
                again.append(next(worded, written[0]))
                continue
            told.append(found[0].said)
            firsts.append(write(material, found[0], read_at))
            alone = material if len(firsts) <= ALONE else None
        if alone and _is_one_new_article(alone.ranked):
            firsts += further_bullets(alone, topic, told, read_at, limit - len(firsts))
        return firsts or again[:1]


def _is_one_new_article(ranked: Ranked) -> bool:
    new = ranked.status is BulletStatus.NEW and ranked.sure >= SURELY
    return ranked.only and new and len(ranked.story.articles) == 1


def same(one: ContentWords, other: ContentWords) -> bool:
    """Whether two bullets tell the same; what has only frequent words says nothing of its own."""
    overlap, shared = one.overlap(other), one.marks & other.marks
    figure = any(sum(map(str.isdigit, mark)) > 2 for mark in shared)
    needed = SAME_WITH_FIGURE if figure else SAME if shared else CERTAINLY_SAME
    return one == other or overlap >= needed
