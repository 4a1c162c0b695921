"""What an editor says of a story: on which topics it is news, of what kind, how important."""

from __future__ import annotations

from dataclasses import dataclass

GENRES = (
    "news",
    "statement",
    "press_release",
    "analysis",
    "opinion",
    "feature",
    "explainer",
    "roundup",
    "live",
    "listicle",
    "transcript",
    "boilerplate",
    "advert",
)
"""The kinds of text that an editor tells apart."""

TOLD_GENRES = frozenset({"news", "statement", "press_release"})
"""Those that report something new."""

MOST_IMPORTANT = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """An editor's answer on one story.

    `topics` are the names of those on which it is news; `importance` is 0 (not to be told) to 3
    (among the first two of its topic that day); `article_id` is the article that the editor saw.
    """

    topics: frozenset[str]
    genre: str
    importance: int
    reason: str
    article_id: str = ""

    def fits(self, topic: str) -> bool:
        """Whether the story is news on this topic."""
        return topic in self.topics

    @property
    def is_news(self) -> bool:
        """Whether it reports something new, in the words of a reporter or of those concerned."""
        return self.genre in TOLD_GENRES
