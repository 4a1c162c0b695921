"""Articles into stories, one event each: one pass in order of time, no look ahead.

The store keeps what `features` and `keys` give and finds candidates by the keys; `choose` decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.models import Article
from summarizer.stories.assignment import LOOK_AHEAD, LOOK_BACK, MEMBERS, choose, lookup_window
from summarizer.stories.features import KEYS, StoryFeatures, features, keys
from summarizer.stories.index import StoryIndex
from summarizer.stories.live_pages import is_roundup
from summarizer.stories.similarity import Candidate
from summarizer.stories.words import words

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

_WORDS, _TITLES = 60, 40
_COMMENT = re.compile(r"\s*(?:opinion|analysis|editorial|comment|explainer|watch|video)\b", re.I)


def features_of(article: Article) -> StoryFeatures:
    """The features of a stored article."""
    return features(article.title, article.text, article.published_at, article.url)


def headline(titles: Sequence[str]) -> str:
    """The title that speaks for a story: what it says most others say too; of equals the last.

    `titles` are those of its articles, oldest first. Round-ups, questions, comment, shouting and
    titles of one or two words speak only where nothing else does.
    """
    usable = [title for title in titles if title.strip()][-_TITLES:]
    said = [{word.stem for word in words(title, _WORDS)} for title in usable]
    best, chosen = -1.0, ""
    for title, mine in zip(usable, said, strict=True):
        shared = sum(_overlap(mine, other) for other in said) / len(said)
        fit = shared - _unfit(title, mine)
        if not chosen or fit >= best:
            best, chosen = fit, title
    return chosen


def _overlap(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _unfit(title: str, stems: set[str]) -> float:
    comment = bool(_COMMENT.match(title)) or title.rstrip().endswith("?")
    return float(is_roundup(title) + comment + title.isupper() + (len(stems) < 3))
