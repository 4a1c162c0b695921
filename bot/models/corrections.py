"""Bullets that an operator has withdrawn, and the channels that are to be told."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.models.briefings import Briefing, Bullet
from bot.models.channels import Channel


@dataclass(frozen=True, slots=True)
class Quote:
    """What a withdrawn bullet rested on: the words of an article, and the story it told of."""

    article_id: str
    text: str
    story_id: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A bullet that is not told any more: its story, text and quotations, and why."""

    id: int
    story_id: str
    text: str
    reason: str
    quotes: tuple[Quote, ...]
    at: datetime

    @property
    def mark(self) -> str:
        """The same for the same text on one story."""
        return bullet_mark(self.story_id, self.text)


@dataclass(frozen=True, slots=True)
class Correction:
    """A channel that got a withdrawn bullet, at `told_at`, and does not know it yet."""

    withdrawal: Withdrawal
    channel: Channel
    told_at: datetime


def bullet_mark(story_id: str, text: str) -> str:
    """Return what tells a bullet's statement from all others."""
    return sha256(f"{story_id}\0{text}".encode("utf-8", "replace")).hexdigest()


def withdrawal_of(bullet: Bullet, reason: str, at: datetime) -> Withdrawal:
    """Return the withdrawal of a bullet, yet without an id."""
    quotes = tuple(Quote(each.article_id, each.quote) for each in bullet.citations)
    return Withdrawal(0, bullet.story_id, bullet.text, reason, quotes, at)


def without(briefing: Briefing, withdrawn: Container[Bullet]) -> Briefing:
    """Return a briefing as if these bullets, and a model's line on one of their stories, were not.

    For what is said of the whole: the bullets that are left have other numbers.
    """
    taken_back = [each for each in briefing.bullets if each in withdrawn]
    gone = {each.story_id for each in taken_back}
    said = {words for each in taken_back for words in (each.text, *_quotes(each))}
    sections = tuple(
        replace(each, bullets=tuple(_untitled(b, said) for b in each.bullets if b not in withdrawn))
        for each in briefing.sections
    )
    lead = None if briefing.lead and briefing.lead.story_id in gone else briefing.lead
    return replace(briefing, sections=sections, lead=lead)


def _quotes(bullet: Bullet) -> tuple[str, ...]:
    return tuple(each.quote for each in bullet.citations)


def _untitled(bullet: Bullet, said: Container[str]) -> Bullet:
    """The bullet, without titles that say what was withdrawn."""
    if all(each.title not in said for each in bullet.citations):
        return bullet
    kept = (
        replace(each, title="" if each.title in said else each.title) for each in bullet.citations
    )
    return replace(bullet, citations=tuple(kept))
