"""Processor time of `briefbot brief` from start to end, on the articles of JSONL files.

The first 1,000 articles of all files together go into a new SQLite database, as `briefbot ingest`
stores them. Then `briefbot brief` runs in a process of its own, as often as STARTS says, over all
days, over the day with the most articles, and over days without any; the medians of user and system
time count.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

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
STARTS = 7
LARGEST = 2_000_000
EMPTY = ("1999-01-01", "1999-01-02")


def run(files: Sequence[Path]) -> list[Row]:
    """Measure on the articles of the files; raises ValueError without one that has a date."""
    articles = _articles(files)
    days = sorted(each.published_at.date().isoformat() for each in articles if each.published_at)
    if not days:
        raise ValueError("brief needs JSONL files of articles with a date")
    [(busiest, most)] = Counter(days).most_common(1)
    windows = {
        f"all days, {len(days)} articles": (days[0], days[-1]),
        f"a day, {most} articles": (busiest, busiest),
        "no articles": EMPTY,
    }
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/brief.db"
        asyncio.run(_store(articles, url))
        environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(Path.cwd())}
        return [
            Row("briefbot brief", name, {"CPU s": _usual(since, until, environment, folder)})
            for name, (since, until) in windows.items()
        ]


def _articles(files: Sequence[Path]) -> list[ParsedArticle]:
    read = read_paths(files, ReadOptions(datetime.now(UTC), LARGEST))
    return list(itertools.islice((x for x in read if isinstance(x, ParsedArticle)), MOST))


async def _store(articles: Sequence[ParsedArticle], url: str) -> None:
    store = Store.open(url)
    try:
        await store.migrate()
        pipeline = IngestPipeline(store, TopicScorer(load_topics()))
        await ArticleBatches(pipeline, None).add_all(articles, datetime.now(UTC))
    finally:
        await store.close()


def _usual(since: str, until: str, environment: Mapping[str, str], folder: str) -> float:
    command = [sys.executable, "-m", "bot", "brief", "--since", since, "--until", until]
    times = []
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)
