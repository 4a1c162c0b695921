"""Which story an article belongs to, if any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from bot.models import Window
from summarizer.story_features import StoryFeatures

LOOK_BACK = timedelta(days=4)
LOOK_AHEAD = timedelta(days=2)
MEMBERS = 12
_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story that an article may join, with its newest members (at most 12)."""

    story_id: str
    first_seen: datetime
    last_seen: datetime
    members: tuple[StoryFeatures, ...]


def lookup_window(published_at: datetime) -> Window:
    """Where to look for an article's story; articles that come late look ahead as well."""
    return Window(published_at - LOOK_BACK, published_at + LOOK_AHEAD)


def choose(article: StoryFeatures, candidates: Sequence[Candidate]) -> str | None:
    """The id of the story that the article belongs to, or None where it starts its own."""
    scored = [(_likeness(article, one), one.story_id) for one in candidates if one.members]
    best, story_id = max(scored, default=(0.0, ""))
    return story_id if best >= _ALIKE else None


def _likeness(article: StoryFeatures, candidate: Candidate) -> float:
    return sum(_pair(article, member) for member in candidate.members) / len(candidate.members)


def _pair(one: StoryFeatures, other: StoryFeatures) -> float:
    shared = len(set(one.title) & set(other.title))
    title = shared / max(1.0, sqrt(len(one.title) * len(other.title)))
    return 0.6 * _cosine(one, other) + 0.4 * title


def _cosine(one: StoryFeatures, other: StoryFeatures) -> float:
    mine, theirs = dict(one.terms), dict(other.terms)
    dot = sum(weight * theirs.get(number, 0) for number, weight in mine.items())
    size = sqrt(sum(w * w for w in mine.values()) * sum(w * w for w in theirs.values()))
    return dot / size if size else 0.0
