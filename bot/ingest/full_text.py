"""Full text for teasers: fetch their pages, a limited number per poll; skip failing hosts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import FetchError, LeftForLater, RefusedInput
from bot.ingest.polite_client import PoliteClient
from bot.ingest.seen_items import FreshEntry, Mark
from bot.ingest.teasers import completed, revised
from bot.ingest.worker.messages import ReadJob
from bot.ingest.worker.pool import WorkerPool
from bot.models import Article, ParsedArticle, SourceKind
from bot.sources.http.client import host_of

MOST_PAGES = 20
"""Pages fetched in one poll of a source; the others wait for the next poll."""

MOST_FAILURES = 2
"""The number of failures after which a host's other pages wait for the next poll."""

SECONDS = 120.0
"""The time limit for all pages of one poll."""

_HTML = frozenset({"text/html", "application/xhtml+xml", None})


@dataclass(frozen=True, slots=True)
class Completed:
    """Articles with full text where available; `postponed` marks those to try again."""

    articles: tuple[ParsedArticle, ...]
    postponed: tuple[Mark, ...]


class FullText:
    """Fetch the full text of the teasers of one poll."""

    def __init__(
        self, client: PoliteClient, worker_pool: WorkerPool, max_bytes: int, now: datetime
    ) -> None:
        self._client = client
        self._worker_pool = worker_pool
        self._max_bytes = max_bytes
        self._now = now
        self._asked = 0
        self._failures: dict[str, int] = {}
        self._until = asyncio.get_running_loop().time() + SECONDS

    async def complete(self, wanted: Sequence[tuple[FreshEntry, Article | None]]) -> Completed:
        """Give each its full text; a stored text is not replaced by a teaser of it."""
        articles: list[ParsedArticle] = []
        postponed: list[Mark] = []
        for fresh, known in wanted:
            article = fresh.entry.article
            whole: ParsedArticle | None = article
            if fresh.entry.partial:
                whole, later = await self._whole(article)
                postponed += fresh.marks if later else ()
            articles.append(whole or (revised(article, known) if known else article))
        return Completed(tuple(articles), tuple(postponed))

    async def _whole(self, teaser: ParsedArticle) -> tuple[ParsedArticle | None, bool]:
        """The full article or None, and whether to try again at the next poll."""
        if teaser.url is None:
            return None, False
        try:
            host = host_of(teaser.url)
        except FetchError:
            return None, False
        if self._must_stop(host):
            return None, True
        self._asked += 1
        try:
            return await self._page(teaser, teaser.url), False
        except (LeftForLater, RefusedInput) as error:
            return None, isinstance(error, LeftForLater)
        except FetchError as error:
            self._failures[host] = self._failures.get(host, 0) + _weight(error)
            return None, (error.status is None and not error.refused) or _is_temporary(error)

    def _must_stop(self, host: str) -> bool:
        late = asyncio.get_running_loop().time() > self._until
        failing = self._failures.get(host, 0) >= MOST_FAILURES
        return late or failing or self._asked >= MOST_PAGES

    async def _page(self, teaser: ParsedArticle, url: str) -> ParsedArticle | None:
        async with self._client.page(url, self._max_bytes) as fetched:
            if fetched.content_type not in _HTML:
                return None
            job = ReadJob(fetched.url, SourceKind.PAGE, self._now, fetched.charset)
            read = await self._worker_pool.read(job, fetched.body)
        return completed(teaser, read.article, fetched.url) if read.article else None


def _is_temporary(error: FetchError) -> bool:
    return error.status is not None and (error.status == 429 or error.status >= 500)


def _weight(error: FetchError) -> int:
    """A host that asks clients to wait counts as failed at once."""
    return MOST_FAILURES if error.status in {403, 429, 503} or error.retry_after else 1
