"""Teasers made whole: their pages are asked for, some at a look, and a host that balks is left."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import FetchError, LeftForLater, RefusedInput
from bot.ingest.polite_client import PoliteClient
from bot.ingest.seen_items import Fresh, Mark
from bot.ingest.teasers import completed
from bot.ingest.worker.messages import ReadJob
from bot.ingest.worker.pool import WorkerPool
from bot.models import Article, ParsedArticle, SourceKind
from bot.sources.http.client import host_of

MOST_PAGES = 20
"""So many pages are asked for in one look at a source; the others wait for the next."""

MOST_FAILURES = 2
"""After so many failures a host's other pages are left alone until the next look."""

SECONDS = 120.0
"""Time for all pages of one look."""

_HTML = frozenset({"text/html", "application/xhtml+xml", None})


@dataclass(frozen=True, slots=True)
class Completed:
    """Articles as whole as they could be had; `postponed` marks those to be tried again."""

    articles: tuple[ParsedArticle, ...]
    postponed: tuple[Mark, ...]


class FullText:
    """Completes the teasers of one look at a source."""

    def __init__(
        self, asking: PoliteClient, worker_pool: WorkerPool, max_bytes: int, now: datetime
    ) -> None:
        self._asking = asking
        self._workshop = worker_pool
        self._max_bytes = max_bytes
        self._now = now
        self._asked = 0
        self._failures: dict[str, int] = {}
        self._until = asyncio.get_running_loop().time() + SECONDS

    async def complete(self, wanted: Sequence[tuple[Fresh, Article | None]]) -> Completed:
        """Give each its whole text; a stored article is not replaced by its teaser."""
        articles: list[ParsedArticle] = []
        postponed: list[Mark] = []
        for fresh, known in wanted:
            article = fresh.entry.article
            whole: ParsedArticle | None = article
            if fresh.entry.partial:
                whole, later = await self._whole(article)
                postponed += fresh.marks if later else ()
            if whole or known is None:
                articles.append(whole or article)
        return Completed(tuple(articles), tuple(postponed))

    async def _whole(self, teaser: ParsedArticle) -> tuple[ParsedArticle | None, bool]:
        """The whole article or None, and whether to try again at the next look."""
        if teaser.url is None:
            return None, False
        try:
            host = host_of(teaser.url)
        except FetchError:
            return None, False
        if self._is_enough(host):
            return None, True
        self._asked += 1
        try:
            return await self._page(teaser, teaser.url), False
        except (LeftForLater, RefusedInput) as error:
            return None, isinstance(error, LeftForLater)
        except FetchError as error:
            self._failures[host] = self._failures.get(host, 0) + _weight(error)
            return None, (error.status is None and not error.refused) or _is_passing(error)

    def _is_enough(self, host: str) -> bool:
        late = asyncio.get_running_loop().time() > self._until
        balks = self._failures.get(host, 0) >= MOST_FAILURES
        return late or balks or self._asked >= MOST_PAGES

    async def _page(self, teaser: ParsedArticle, url: str) -> ParsedArticle | None:
        async with self._asking.page(url, self._max_bytes) as fetched:
            if fetched.content_type not in _HTML:
                return None
            job = ReadJob(fetched.url, SourceKind.PAGE, self._now, fetched.charset)
            read = await self._workshop.read(job, fetched.body)
        return completed(teaser, read.article, fetched.url) if read.article else None


def _is_passing(error: FetchError) -> bool:
    return error.status is not None and (error.status == 429 or error.status >= 500)


def _weight(error: FetchError) -> int:
    """A host that asks to be left alone is left alone at once."""
    return MOST_FAILURES if error.status in {403, 429, 503} or error.retry_after else 1
