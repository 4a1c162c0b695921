"""What a channel's readers said they want more and less of, as a factor of importance."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.models import Article
from summarizer.stories.muted_words import fold_word

STEP = 0.25
"""The effect of one vote; the factor of a sum of votes is e to the power of STEP times it."""

LEAST, MOST = 0.4, 2.5
"""Bounds of a factor, so that no vote hides or forces a story."""


@dataclass(frozen=True, slots=True)
class Tastes:
    """Sums of votes: by source name, and by folded word; both sorted."""

    sources: tuple[tuple[str, float], ...] = ()
    words: tuple[tuple[str, float], ...] = ()

    def factor(self, article: Article) -> float:
        """Return what an article's importance is to be multiplied by."""
        if not (self.sources or self.words):
            return 1.0
        title = set(fold_word(article.title).split())
        votes = sum(votes for name, votes in self.sources if name == article.source)
        votes += sum(votes for word, votes in self.words if word in title)
        return min(MOST, max(LEAST, math.exp(STEP * votes)))


NO_TASTES = Tastes()
