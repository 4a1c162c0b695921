"""Store jobs that wait at the same time, in common batches: fewer statements and transactions."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence

from bot.errors import StoreError
from bot.ingest.article_batches import ArticleBatches, Outcomes, from_source
from bot.ingest.pipeline import IngestPipeline
from bot.ingest.worker.messages import Counts, StoreJob

ARTICLES = 100
"""Articles in one batch, unless a single job has more."""

AT_ONCE = 2
"""Batches at a time: one is judged while another is written."""

Waiting = tuple[StoreJob, asyncio.Future[Counts]]

log = logging.getLogger(__name__)


class StoreBatches:
    """Takes jobs; each caller waits until the articles of its job are stored."""

    def __init__(self, pipeline: IngestPipeline) -> None:
        self._pipeline = pipeline
        self._waiting: deque[Waiting] = deque()
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def add(self, job: StoreJob) -> Counts:
        """Store a job's articles; raises what storing them raises."""
        done: asyncio.Future[Counts] = asyncio.get_running_loop().create_future()
        self._waiting.append((job, done))
        async with self._turns:
            if any(future is done for _, future in self._waiting):
                await self._store_together(self._taken())
        return await done

    def _taken(self) -> list[Waiting]:
        """The jobs that have waited longest, as many as fit into one batch."""
        taken = [self._waiting.popleft()]
        articles = len(taken[0][0].articles)
        while self._waiting:
            articles += len(self._waiting[0][0].articles)
            if articles > ARTICLES:
                break
            taken.append(self._waiting.popleft())
        return taken

    async def _store_together(self, some: Sequence[Waiting]) -> None:
        """Store several jobs; if that fails, each by itself, unless the database failed."""
        try:
            results = await store([job for job, _ in some], self._pipeline)
        except Exception as error:
            if len(some) > 1 and not isinstance(error, StoreError):
                log.exception("a batch failed; its jobs are stored one by one")
                for each in some:
                    await self._store_together([each])
                return
            for _, done in some:
                done.set_exception(error)
        else:
            for (_, done), counts in zip(some, results, strict=True):
                done.set_result(counts)


async def store(jobs: Sequence[StoreJob], pipeline: IngestPipeline) -> list[Counts]:
    """Store the articles of several jobs in batches, one transaction each."""
    now = max(job.now for job in jobs)
    batches = ArticleBatches(pipeline, articles=ARTICLES)
    outcomes = [Outcomes() for _ in jobs]
    for job, each in zip(jobs, outcomes, strict=True):
        for article in job.articles:
            await batches.add(from_source(article, job.source), now, each)
    await batches.flush(now)
    return [each.counts for each in outcomes]
