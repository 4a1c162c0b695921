"""Articles stored some at a time, in the order in which they come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.ingest.pipeline import IngestPipeline, Outcome
from bot.ingest.worker.messages import Counts, why_undated
from bot.models import ParsedArticle, Stored
from bot.models.identity import as_article

ARTICLES = 50
CHARACTERS = 2_000_000
"""The most that one batch holds."""


@dataclass
class Outcomes:
    """What became of articles."""

    counts: Counts = field(default_factory=Counts)

    def add(self, article: ParsedArticle, outcome: Outcome) -> None:
        """Count one article; one whose date was not read is named."""
        done = outcome.stored
        self.counts += Counts(done is Stored.NEW, done is Stored.CHANGED, done is Stored.UNCHANGED)
        if article.published_at is None and outcome.is_dated:
            kept = f"{why_undated(article)}, so its first date stays"
            self.counts += Counts(kept_named=(kept,))
        elif article.published_at is None:
            self.counts += Counts(undated=1, undated_named=(why_undated(article),))


@dataclass
class ArticleBatches:
    """Collects articles and stores them in batches, as if each were stored by itself.

    `source` is the outlet of articles that name none; `outcomes` are those of all of them.
    """

    pipeline: IngestPipeline
    source: str | None = None
    articles: int = ARTICLES
    outcomes: Outcomes = field(default_factory=Outcomes)
    _waiting: dict[str, tuple[ParsedArticle, Outcomes]] = field(default_factory=dict)
    _characters: int = 0

    async def add(
        self, article: ParsedArticle, now: datetime, outcomes: Outcomes | None = None
    ) -> None:
        """Take one article; a second version of one that waits is stored after it.

        Its outcome is added to `outcomes` if these are given.
        """
        identity = as_article(article, source=self.source, now=now).id
        if identity in self._waiting:
            await self.flush(now)
        self._waiting[identity] = article, outcomes or self.outcomes
        self._characters += len(article.text)
        if len(self._waiting) >= self.articles or self._characters >= CHARACTERS:
            await self.flush(now)

    async def add_all(
        self,
        articles: Iterable[ParsedArticle],
        now: datetime,
    ) -> None:
        """Take several, and store all that wait."""
        for article in articles:
            await self.add(article, now)
        await self.flush(now)

    async def flush(self, now: datetime) -> None:
        """Store what waits."""
        waiting, self._waiting, self._characters = list(self._waiting.values()), {}, 0
        if waiting:
            articles = [article for article, _ in waiting]
            done = await self.pipeline.store_many(articles, source=self.source, now=now)
            for (article, outcomes), outcome in zip(waiting, done, strict=True):
                outcomes.add(article, outcome)


def from_source(article: ParsedArticle, source: str | None) -> ParsedArticle:
    """The article with its outlet: the source that it came from, unless it names one."""
    return article if article.source or not source else replace(article, source=source)
