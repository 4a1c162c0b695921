"""Articles from files, stored some at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.ingest.pipeline import IngestPipeline
from bot.models import ParsedArticle, Stored
from bot.models.identity import as_article

ARTICLES = 50
CHARACTERS = 2_000_000
"""The most that one batch holds."""


@dataclass
class ArticleBatches:
    """Collects articles and stores them in batches, as if each were stored by itself."""

    pipeline: IngestPipeline
    source: str | None
    counts: Counter[Stored] = field(default_factory=Counter)
    _waiting: dict[str, ParsedArticle] = field(default_factory=dict)
    _characters: int = 0

    async def add(self, article: ParsedArticle, now: datetime) -> None:
        """Take one article; a second version of one that waits is stored after it."""
        identity = as_article(article, source=self.source, now=now).id
        if identity in self._waiting:
            await self.flush(now)
        self._waiting[identity] = article
        self._characters += len(article.text)
        if len(self._waiting) >= ARTICLES or self._characters >= CHARACTERS:
            await self.flush(now)

    async def add_all(self, articles: Iterable[ParsedArticle], now: datetime) -> None:
        """Take several, and store all that wait."""
        for article in articles:
            await self.add(article, now)
        await self.flush(now)

    async def flush(self, now: datetime) -> None:
        """Store what waits."""
        if self._waiting:
            done = await self.pipeline.add_many(
                list(self._waiting.values()), source=self.source, now=now
            )
            self.counts.update(done)
        self._waiting.clear()
        self._characters = 0
