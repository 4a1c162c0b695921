"""Which stories matter now, and what each is to the channel that reads."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.models import Article, BulletStatus, Story, Told, Topic, Window
from summarizer.copies import independent
from summarizer.figures import figures
from summarizer.words import stems

_SEVERE = re.compile(
    r"\b(?:killed|dead|died|attack|blast|explosion|bomb|missile|emergency|blackout|outage|shutdown|"
    r"sanctions|war|invasion|fire|strike|cut|deal|record|billion|million)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story in the window with its weight, and what it is against what was told before."""

    story: Story
    score: float
    status: BulletStatus = BulletStatus.NEW
    change: str | None = None


def rank(
    stories: Sequence[Story], topic: Topic, window: Window, told: Mapping[str, Told]
) -> list[Ranked]:
    """Weigh the stories that have an article on the topic in the window, weightiest first."""
    inside = [_within(story, window) for story in stories]
    ranked = [
        _ranked(story, topic, window, told.get(story.id))
        for story in inside
        if any(_score(article, topic) for article in story.articles)
    ]
    return sorted(ranked, key=lambda each: (-each.score, each.story.id))


def _within(story: Story, window: Window) -> Story:
    inside = tuple(each for each in story.articles if each.published_at in window)
    return replace(story, articles=tuple(sorted(inside, key=lambda a: (a.published_at, a.id))))


def _score(article: Article, topic: Topic) -> float:
    return max((each.score for each in article.topics if each.topic == topic.name), default=0.0)


def _ranked(story: Story, topic: Topic, window: Window, told: Told | None) -> Ranked:
    about = [article for article in story.articles if _score(article, topic)]
    outlets = len(independent(about))
    age = window.until - max(article.published_at for article in about)
    span = max(window.until - window.since, timedelta(hours=1))
    lead = " ".join(f"{article.title} {article.text[:600]}" for article in about[:5])
    severity = len({found.lower() for found in _SEVERE.findall(lead)})
    score = (
        1.0 * math.log2(1 + outlets)
        + 1.0 * max(_score(article, topic) for article in about)
        + 0.6 * (1 - age / span)
        + 0.5 * min(1.0, severity / 4)
        + 0.2 * bool(_NUMBER.search(lead))
    )
    status, change = _status(story, told)
    weight = {BulletStatus.NEW: 1.0, BulletStatus.UPDATED: 0.95, BulletStatus.ONGOING: 0.6}[status]
    return Ranked(story, score * weight, status, change)


def _status(story: Story, told: Told | None) -> tuple[BulletStatus, str | None]:
    if told is None:
        return BulletStatus.NEW, None
    later = [article for article in story.articles if article.fetched_at > told.at]
    before = [article for article in story.articles if article.fetched_at <= told.at]
    known = " ".join([told.text, *(article.text for article in before)])
    change = _toll(known, " ".join(article.text for article in later))
    fresh = {word for article in later for word in stems(article.text)} - set(stems(known))
    if change or any(word[0].isdigit() for word in fresh) or len(fresh) > 15:
        return BulletStatus.UPDATED, change
    return BulletStatus.ONGOING, None


def _toll(known: str, later: str) -> str | None:
    before = [each.value for each in figures(known) if each.counted == "killed"]
    after = [each.value for each in figures(later) if each.counted == "killed"]
    if before and after and max(after) > max(before):
        return f"death toll rises to {max(after)} from {max(before)}"
    return None
