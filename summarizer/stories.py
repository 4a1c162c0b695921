"""Articles into stories, one event each: one pass in order of time, no look ahead.

The store keeps what `features` and `keys` give and finds candidates by the keys; `choose` decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.models import Article
from summarizer.story_choice import (
    LOOK_AHEAD,
    LOOK_BACK,
    MEMBERS,
    choose,
    lookup_window,
)
from summarizer.story_evidence import Candidate
from summarizer.story_features import KEYS, StoryFeatures, features, keys
from summarizer.story_index import StoryIndex

__all__ = [
    "KEYS",
    "LOOK_AHEAD",
    "LOOK_BACK",
    "MEMBERS",
    "Candidate",
    "StoryFeatures",
    "StoryIndex",
    "choose",
    "features",
    "features_of",
    "headline",
    "keys",
    "lookup_window",
]


def features_of(article: Article) -> StoryFeatures:
    """The features of a stored article."""
    return features(article.title, article.text, article.published_at)


def headline(titles: Sequence[str]) -> str:
    """The title that speaks for a story, out of its articles' titles, oldest first."""
    usable = [title for title in titles if title.strip()]
    return min(usable, key=lambda title: abs(len(title) - 70), default="")
