"""What a story is to a channel that was told of it before: new, updated or ongoing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article, Bullet, BulletStatus, Story, Told
from summarizer.casualties.comparison import rise
from summarizer.language.content_words import stems

_LEAD = 350
_FRESH_WORDS, _FRESH_IN_BULLET = 12, 3
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Standing:
    """The status, what changed in words where it is known, and what the channel knows.

    `told` is the text that the channel read, `later` the ids of the articles that came after it.
    """

    status: BulletStatus = BulletStatus.NEW
    change: str | None = None
    told: str | None = None
    later: tuple[str, ...] = ()


def standing(story: Story, told: Told | None) -> Standing:
    """Compare a story with what a channel was told of it; New where it was told nothing."""
    if told is None:
        return Standing()
    later = _later(story.articles, told)
    known = [told.text, *(each.text for each in story.articles if each not in later)]
    status, change = _changed(known, later)
    return Standing(status, change, told.text, tuple(article.id for article in later))


def tells_the_change(bullet: Bullet, standing: Standing) -> bool:
    """Whether an updated story's bullet, or its mark, says what the channel did not know."""
    if standing.told is None or standing.change is not None:
        return True
    if not any(citation.article_id in standing.later for citation in bullet.citations):
        return False
    figures = set(_NUMBER.findall(bullet.text)) - set(_NUMBER.findall(standing.told))
    fresh = set(stems(bullet.text)) - set(stems(standing.told))
    return bool(figures) or len(fresh) >= _FRESH_IN_BULLET


def _later(articles: Sequence[Article], told: Told) -> list[Article]:
    """What came after the channel was told: fetched later or, if that says nothing, published."""
    fetched_before = any(article.fetched_at <= told.at for article in articles)
    return [
        article
        for article in articles
        if (article.fetched_at if fetched_before else article.published_at) > told.at
    ]


def _changed(known: Sequence[str], later: Sequence[Article]) -> tuple[BulletStatus, str | None]:
    """Updated where a later article's lead brings a figure or many words that were not known."""
    if change := rise(known, later):
        return BulletStatus.UPDATED, change
    said = " ".join(known)
    numbers, words = set(_NUMBER.findall(said)), set(stems(said))
    for article in later:
        lead = f"{article.title}. {article.text[:_LEAD]}"
        fresh = set(stems(lead)) - words
        if set(_NUMBER.findall(lead)) - numbers or len(fresh) >= _FRESH_WORDS:
            return BulletStatus.UPDATED, None
    return BulletStatus.ONGOING, None
