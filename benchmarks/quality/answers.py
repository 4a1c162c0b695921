"""Questions with known answers, put to /ask as a person types them: right, missed or wrong.

A file of questions is TOML: `news` names a JSONL file of articles, and each `[[question]]` has what
it `asks` and the pattern `right` that the first answer must match. A question without `right` has
no stored answer. An answer that is neither right nor called only close is wrong.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Row
from bot.cli.context import opened
from bot.ingest.pipeline import IngestPipeline
from bot.models import Command, ParsedArticle, User
from bot.platforms.terminal import ADDRESS
from bot.render.text import reply_text
from bot.sources.files.options import ReadOptions
from bot.sources.files.reader import read_paths
from config.settings import Settings
from handlers.commands import ask
from handlers.services import Services

_FIGURE = re.compile(r"\(\d{1,2} [A-Z][a-z]{2}\)$")
"""How the line of a figure ends; the figure itself must then be right."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question over a file of articles, and the patterns of its answer."""

    asks: str
    news: Path
    right: str | None
    wrong: str | None


class Outcome(NamedTuple):
    """How a question fared: "right", "missed", "close" or "wrong"; and what was said."""

    case: Case
    mark: str
    said: str
    seconds: float


def run(files: list[Path]) -> list[Row]:
    """Ask every question of every file; each answer is printed on standard error."""
    if not files:
        raise ValueError("name at least one file of questions")
    return [_row(path, asyncio.run(_asked(read_cases(path)))) for path in files]


def read_cases(path: Path) -> list[Case]:
    """The questions of a file; raises ValueError if its articles are not there."""
    given = tomllib.loads(path.read_text("utf-8"))
    cases = [
        Case(
            each["asks"],
            Path(each.get("news", given.get("news"))),
            each.get("right"),
            each.get("wrong"),
        )
        for each in given["question"]
    ]
    for case in cases:
        re.compile(case.right or "")
        if not case.news.is_file():
            raise ValueError(f"{path}: there are no articles at {case.news}")
    return cases


def _row(path: Path, outcomes: Sequence[Outcome]) -> Row:
    for each in outcomes:
        print(f"\n[{each.mark}] {each.case.asks}\n{each.said}", file=sys.stderr)
    marks = Counter(each.mark for each in outcomes)
    times = sorted(each.seconds for each in outcomes)
    figures = {mark: float(marks[mark]) for mark in ("right", "missed", "wrong")}
    figures |= {"of": float(len(outcomes)), "ms, median": 1000 * times[len(times) // 2]}
    return Row(path.stem, "/ask", figures | {"ms, slowest": 1000 * times[-1]})


async def _asked(cases: Sequence[Case]) -> list[Outcome]:
    outcomes = []
    for news in dict.fromkeys(case.news for case in cases):
        async with _filled(news) as services:
            outcomes += [await _outcome(case, services) for case in cases if case.news == news]
    return outcomes


@asynccontextmanager
async def _filled(news: Path) -> AsyncIterator[Services]:
    """Services on a temporary store of a file's articles, one hour after the newest of them."""
    with tempfile.TemporaryDirectory(prefix="briefbot-") as folder:
        url = f"sqlite:///{Path(folder) / 'answers.db'}"
        async with opened(Settings(), url=url) as services:
            pipeline = IngestPipeline(services.store, services.scorer)
            newest = datetime.min.replace(tzinfo=UTC)
            now = datetime.now(UTC)
            read = read_paths([news], ReadOptions(max_bytes=2_000_000, now=now))
            articles = [each for each in read if isinstance(each, ParsedArticle)]
            await pipeline.add_many(articles, source=None, now=now)
            newest = max(each.published_at or newest for each in articles)
            yield replace(services, clock=lambda: newest + timedelta(hours=1))


async def _outcome(case: Case, services: Services) -> Outcome:
    started = time.perf_counter()
    reply = await ask.handle(Command("ask", case.asks, ADDRESS, User("1"), "benchmark"), services)
    seconds = time.perf_counter() - started
    said = reply_text(reply)
    answered = reply.title == ask.ANSWERED
    if not answered:
        return Outcome(case, "missed" if case.right else "right", said, seconds)
    head, *passages = said.split("\n\n")[1:3]
    first = head if _FIGURE.search(head) else "\n".join([head, *passages])
    right = case.right and re.search(case.right, first)
    wrong = case.wrong and re.search(case.wrong, first)
    return Outcome(case, "right" if right and not wrong else "wrong", said, seconds)
