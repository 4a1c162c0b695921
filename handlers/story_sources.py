"""How many outlets report a story, counted over all of its stored articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.models import Article
from bot.render.bullets import trust_text
from summarizer.stories.near_duplicates import independent, outlets


@dataclass(frozen=True, slots=True)
class Reporting:
    """The outlets of a story, and how many of them do not copy another one; None if not known."""

    outlets: int
    independent: int | None

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Reporting:
        """Count those of articles, which takes a moment where there are hundreds."""
        return cls(len(outlets(each.source for each in articles)), len(independent(articles)))

    @property
    def trust(self) -> str:
        """What follows their number: ": 3 independent outlets", "" for a single one."""
        return f": {trust_text(self.outlets, self.independent)}" if self.outlets > 1 else ""
