"""Up to 1,000 long articles of one JSONL file into the store, in batches and one after the other.

The processor time is that of this process; a round trip is a statement, a BEGIN or a COMMIT. The
peer reads the same articles and stores each with `IngestPipeline.add`.
"""

from __future__ import annotations

import asyncio
import itertools
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.report import Row
from bot.ingest.article_batches import ArticleBatches
from bot.ingest.pipeline import IngestPipeline
from bot.models import ParsedArticle
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import read_paths
from bot.store import Store
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

MOST = 1_000
LARGEST = 2_000_000


def rows_of(file: Path) -> list[Row]:
    """Measure the product, then the plain loop, each in a new SQLite database."""
    ours, peer = (asyncio.run(_measured(file, batches=each)) for each in (True, False))
    ours["times faster"] = peer["CPU, s"] / ours["CPU, s"]
    data = f"{file.stem}: long articles of one file"
    return [Row(data, "briefbot", ours), Row(data, "plain loop", peer)]


async def _measured(file: Path, *, batches: bool) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/ingest.db")
        try:
            await store.migrate()
            pipeline = IngestPipeline(store, TopicScorer(load_topics()))
            with _round_trips() as trips:
                start = time.process_time()
                number = await _stored(_articles(file), pipeline, batches=batches)
                seconds = time.process_time() - start
        finally:
            await store.close()
    return {
        "articles": float(number),
        "CPU, s": seconds,
        "trips each": sum(trips) / max(1, number),
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def _stored(
    articles: Sequence[ParsedArticle], pipeline: IngestPipeline, *, batches: bool
) -> int:
    now = datetime.now(UTC)
    if batches:
        await ArticleBatches(pipeline, None).add_all(articles, now)
    else:
        for each in articles:
            await pipeline.add(each, source=None, now=now)
    return len(articles)


def _articles(file: Path) -> list[ParsedArticle]:
    read = read_paths([file], ReadOptions(datetime.now(UTC), LARGEST))
    return list(itertools.islice((x for x in read if isinstance(x, ParsedArticle)), MOST))


@contextmanager
def _round_trips() -> Iterator[list[int]]:
    """Count what the databases of this process are asked; one number for each request."""
    trips: list[int] = []

    def count(*_: object) -> None:
        trips.append(1)

    names = ("before_cursor_execute", "begin", "commit")
    for name in names:
        event.listen(Engine, name, count)
    try:
        yield trips
    finally:
        for name in names:
            event.remove(Engine, name, count)
