"""Time for the same work as a peer, and as the store grows.

Bullets are timed from the articles as the store has them (titles and texts as strings) to the
sentences chosen, with nothing kept from one cluster to the next but what each library keeps of
words: for briefbot splitting, its words and their stems, weighing, choosing and rewording
(`summarizer.extractive.story_summary.summarize`); for sumy all that its README shows
(`benchmarks.quality.lexrank`). Making
tokenizers and stemmers is timed for neither. "Bare" is sumy spared its parser and NLTK's words: it
is given briefbot's sentences and words by one regular expression. Twenty clusters at a time are put
to all in turn, and the medians of processor time count: on a busy machine the longer a call takes,
the likelier it has to wait, which would be to the peer's cost.
"""

from __future__ import annotations

import asyncio
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.quality.bullets import Cluster, System, lexrank, ours, read_clusters
from benchmarks.quality.lexrank import as_in_readme
from benchmarks.report import Row
from benchmarks.speed.store_filling import fill, made_up, one_more
from bot.cli.context import services_for
from bot.ingest.pipeline import IngestPipeline
from bot.models import Address, Command, ParsedArticle, Platform, User
from bot.store import Store
from config.settings import load_settings
from handlers import dispatch
from handlers.services import Services
from summarizer.topics.config import load_topics
from summarizer.topics.scorer import TopicScorer

SIZES = (1_000, 100_000)
REPEATS = 40
STARTS = 7
WARM_UP = BLOCK = 20
OURS, BARE = "briefbot", "sumy LexRank, bare"
Work = Callable[[], Awaitable[object]]
TERMINAL = Address(Platform.TERMINAL, "", "benchmark")


def run(files: list[Path]) -> list[Row]:
    """Bullets against LexRank on each file of clusters, starts, and a small and a large store."""
    rows = [row for file in files for row in _against_lexrank(file)]
    return rows + _starts() + asyncio.run(_growth())


def _starts() -> list[Row]:
    """Median processor time of starting the command line, in milliseconds."""
    options = ("--version", "--help", "doctor --help")
    return [Row("start", f"briefbot {each}", {"CPU ms": _start(each.split())}) for each in options]


def _start(arguments: list[str]) -> float:
    times = []
    for _ in range(STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-m", "bot", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1000 * statistics.median(times)


def _timed(system: System, cluster: Cluster) -> float:
    start = time.thread_time()
    list(system(cluster))
    return 1000 * (time.thread_time() - start)


def _against_lexrank(file: Path) -> list[Row]:
    clusters = read_clusters(file)
    peer, system = as_in_readme()
    systems = {OURS: ours, peer: system, BARE: lexrank}
    times: dict[str, list[float]] = {name: [] for name in systems}
    for each in systems.values():
        for cluster in clusters[:WARM_UP]:
            _timed(each, cluster)
    for block in (clusters[at : at + BLOCK] for at in range(0, len(clusters), BLOCK)):
        for name, own in times.items():
            own.extend(_timed(systems[name], cluster) for cluster in block)
    usual = {name: statistics.median(own) for name, own in times.items()}
    return [
        Row(
            f"{file.stem}, bullets",
            name,
            {"CPU ms a cluster": ms, "times briefbot's": ms / usual[OURS]},
        )
        for name, ms in usual.items()
    ]


async def _growth() -> list[Row]:
    """The same work in a small store and in a large one, alternating."""
    now = datetime.now(UTC)
    async with AsyncExitStack() as stack:
        stocked = [await stack.enter_async_context(_stocked(size, now)) for size in SIZES]
        kinds = [_work(services) for services in stocked]
        return [row for what in kinds[0] for row in await _rows(what, [k[what] for k in kinds])]


async def _rows(what: str, works: Sequence[Work]) -> list[Row]:
    usual = await _usual(works)
    return [
        Row("stored articles", f"{what}, {size:,}", {"ms": ms, "times the small": ms / usual[0]})
        for size, ms in zip(SIZES, usual, strict=True)
    ]


@asynccontextmanager
async def _stocked(size: int, now: datetime) -> AsyncIterator[Services]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(f"sqlite:///{folder}/speed.db")
        await store.migrate()
        print(f"filling a store with {size:,} articles …", file=sys.stderr, flush=True)
        await fill(store, list(made_up(size, now, TopicScorer(load_topics()))))
        try:
            yield services_for(load_settings({}), store, lambda: now)
        finally:
            await store.close()


def _work(services: Services) -> dict[str, Work]:
    search = _command("search", "pipeline leak")
    return {
        "one more article": _one_more(services),
        "/brief": lambda: dispatch.answer(services, _command("brief")),
        "/search": lambda: dispatch.answer(services, search),
    }


def _one_more(services: Services) -> Work:
    intake = IngestPipeline(services.store, services.scorer)
    chance = random.Random(7)

    async def put() -> None:
        at = services.clock() - timedelta(minutes=1)
        event = random.Random(chance.randrange(500))
        article = one_more(event, chance, at, services.scorer)
        parsed = ParsedArticle(article.title, article.text, url=article.url, published_at=at)
        await intake.add(parsed, source=None, now=services.clock())

    return put


async def _usual(works: Sequence[Work]) -> list[float]:
    """The median milliseconds of REPEATS alternating runs, after a warm-up."""
    times: list[list[float]] = [[] for _ in works]
    for repeat in range(REPEATS + 1):
        for own, work in zip(times, works, strict=True):
            start = time.perf_counter()
            await work()
            if repeat:
                own.append((time.perf_counter() - start) * 1000)
    return [statistics.median(own) for own in times]


def _command(name: str, args: str = "") -> Command:
    return Command(name, args, TERMINAL, User("benchmark", admin=True))
