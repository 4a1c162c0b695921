"""Which stories matter now, and what each is to the channel that reads."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.models import Article, BulletStatus, Story, Told, Topic, Window
from summarizer.casualties.comparison import count_in, rise
from summarizer.casualties.counts import Counted
from summarizer.language.content_words import stems
from summarizer.stories.near_duplicates import independent

OUTLETS, TOPIC, NEWNESS, SEVERITY = 1.0, 1.0, 0.8, 0.8
"""What counts for a story: who reports it, how much it is on the topic, when, how grave it is."""

TOLD = 0.5
"""What is left of the weight of a story that was told, where the new is to come first."""

_GRAVE = re.compile(
    r"\b(?:killed|dead|died|deadliest|attack\w*|blast|explosion|bomb\w*|missile|invasion|war|hostage|"
    r"emergency|blackout|outage|shutdown|embargo|sanctions|shortage|collapse\w*|record|billion)\b",
    re.IGNORECASE,
)
_GRAVE_WORDS, _GRAVE_TOLL = 4, 100
_READ = 800
_LEAD = 350
_FRESH_WORDS = 12
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story in the window with its weight, and what it is against what was told before.

    `told` is what the channel read of it, `later` the ids of the articles that came after;
    `elsewhere` is what another section of the same briefing says of it.
    """

    story: Story
    score: float
    status: BulletStatus = BulletStatus.NEW
    change: str | None = None
    told: str | None = None
    later: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


def rank(
    stories: Sequence[Story],
    topic: Topic,
    window: Window,
    told: Mapping[str, Told],
    *,
    new_first: bool = True,
) -> list[Ranked]:
    """Weigh the stories that have an article on the topic in the window, weightiest first.

    What was told before weighs less unless `new_first` is false, and is marked either way.
    """
    ranked = [
        _ranked(story, about, topic, window, told.get(story.id))
        for story in (_within(story, window) for story in stories)
        if (about := on_topic(story, topic))
    ]
    if new_first:
        ranked = [_behind(each) if each.status is BulletStatus.ONGOING else each for each in ranked]
    return sorted(ranked, key=lambda each: (-each.score, each.story.id))


def on_topic(story: Story, topic: Topic) -> tuple[Article, ...]:
    """The story's articles that were scored on a topic."""
    return tuple(article for article in story.articles if _score(article, topic) > 0)


def _within(story: Story, window: Window) -> Story:
    inside = (article for article in story.articles if article.published_at in window)
    return replace(story, articles=tuple(sorted(inside, key=lambda a: (a.published_at, a.id))))


def _score(article: Article, topic: Topic) -> float:
    return max((each.score for each in article.topics if each.topic == topic.name), default=0.0)


def _ranked(
    story: Story, about: Sequence[Article], topic: Topic, window: Window, told: Told | None
) -> Ranked:
    span = max(window.until - window.since, timedelta(hours=1))
    age = (window.until - max(article.published_at for article in about)) / span
    weight = (
        OUTLETS * math.log2(1 + len(independent(about)))
        + TOPIC * max(_score(article, topic) for article in about)
        + NEWNESS * (1 - age)
        + SEVERITY * _severity(about)
    )
    if told is None:
        return Ranked(story, weight)
    later = _later(story.articles, told.at)
    known = [told.text, *(each.text for each in story.articles if each not in later)]
    status, change = _standing(known, later)
    ids = tuple(article.id for article in later)
    return Ranked(story, weight, status, change, told.text, ids)


def _behind(ranked: Ranked) -> Ranked:
    return replace(ranked, score=ranked.score * TOLD)


def _severity(about: Sequence[Article]) -> float:
    lead = " ".join(f"{article.title} {article.text[:_READ]}" for article in about[-3:])
    grave = len({found.lower() for found in _GRAVE.findall(lead)}) / _GRAVE_WORDS
    counts = [found.value for each in about[-3:] if (found := count_in(each, Counted.KILLED))]
    toll = math.log1p(max(counts, default=0)) / math.log1p(_GRAVE_TOLL)
    return min(1.0, 0.5 * min(1.0, grave) + 0.7 * min(1.0, toll))


def _later(articles: Sequence[Article], told_at: datetime) -> list[Article]:
    """What came after the channel was told: fetched later or, if that says nothing, published."""
    fetched_before = any(article.fetched_at <= told_at for article in articles)
    return [
        article
        for article in articles
        if (article.fetched_at if fetched_before else article.published_at) > told_at
    ]


def _standing(known: Sequence[str], later: Sequence[Article]) -> tuple[BulletStatus, str | None]:
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
